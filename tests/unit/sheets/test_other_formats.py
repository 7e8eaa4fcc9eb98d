"""Formats read by the library: values as they are, and what is lost is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from rowpost.model.cells import Kind
from rowpost.sheets.other_formats import CellValue, stored_form
from tests.support.workbook_bytes import read_here, zipped

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def _cell(value_type: str, shown: str, attribute: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{value_type}" {attribute}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _row(*cells: str) -> str:
    """A row that begins in column B."""
    return f"<table:table-row><table:table-cell/>{''.join(cells)}</table:table-row>"


def open_document() -> bytes:
    headings = (_cell("string", text) for text in ("Fakturanr", "Navn", "Restbeløp", "Forfallsdato"))
    values = (
        _cell("string", "0150"),
        _cell("string", "Åse"),
        _cell("float", "12,5", 'office:value="12.5"'),
        _cell("date", "15.1.", 'office:date-value="2024-01-15"'),
    )
    rows = f"<table:table-row/>{_row(*headings)}{_row(*values)}"
    names = f'xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:text="{TEXT}"'
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Ark1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": mimetype, "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


def test_an_open_document_is_read_in_its_places(tmp_path: Path) -> None:
    opened = read_here(tmp_path, open_document(), "liste.ods")
    assert opened.layout.header_row == 2
    cells = [opened.table.cell(3, column) for column in range(1, 6)]
    assert [cell.kind for cell in cells] == [Kind.EMPTY, Kind.TEXT, Kind.TEXT, Kind.NUMBER, Kind.DATE]
    assert [cell.stored for cell in cells] == ["", "0150", "Åse", "12.5", "45306"]
    assert "sheets.no_formats" in {fact.code for fact in opened.facts}


@pytest.mark.parametrize(
    ("value", "kind", "stored"),
    [
        ("0150", Kind.TEXT, "0150"),
        (150.0, Kind.NUMBER, "150"),
        (0.1, Kind.NUMBER, "0.1"),
        (True, Kind.BOOLEAN, "1"),
        (date(2024, 1, 15), Kind.DATE, "45306"),
        (datetime(2024, 1, 15, 18), Kind.DATE, "45306.75"),
        (time(12), Kind.DATE, "0.5"),
        (timedelta(hours=36), Kind.DATE, "1.5"),
    ],
)
def test_values_become_what_excel_would_store(value: CellValue, kind: Kind, stored: str) -> None:
    assert stored_form(value)[:2] == (kind, stored)
