"""A new workbook that holds nothing but the cells of a table; additions are put into it as into any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from rowpost.model.cells import Kind, column_letters
from rowpost.model.table import Table
from rowpost.reports.styles import bare_styles
from rowpost.reports.xml_edits import escaped

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_ROWS_A_PIECE = 200


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet; a name from a workbook stays as it is."""
    return _NOT_IN_A_NAME.sub("_", name).strip("'")[:31] or "Sheet1"


def write_bare(path: Path, name: str, table: Table | None) -> None:
    """Write a workbook with one sheet; without a table it is empty."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for part, text in _frame(sheet_name(name), epoch_1904=bool(table and table.epoch_1904)).items():
            archive.writestr(part, _HEAD + text)
        archive.writestr("xl/styles.xml", bare_styles(table.number_formats if table else ()))
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for piece in _rows(table) if table else ():
                sheet.write(piece)
            sheet.write(b"</sheetData></worksheet>")


def _frame(name: str, *, epoch_1904: bool) -> dict[str, str]:
    properties = '<workbookPr date1904="1"/>' if epoch_1904 else ""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{_RELATIONS}"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>'
        ),
        "_rels/.rels": _relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">{properties}'
            "<bookViews><workbookView/></bookViews>"
            f'<sheets><sheet name="{escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relationships(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
        ),
    }


def _relationships(*related: tuple[str, str]) -> str:
    every = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{every}</Relationships>'


def _rows(table: Table) -> Iterator[bytes]:
    letters = [column_letters(column) for column in range(1, table.column_count + 1)]
    piece: list[str] = []
    for row in range(1, table.row_count + 1):
        cells = "".join(_cells(table, row, letters))
        if cells:
            piece.append(f'<row r="{row}">{cells}</row>')
        if len(piece) == _ROWS_A_PIECE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join(piece).encode()


def _cells(table: Table, row: int, letters: list[str]) -> Iterator[str]:
    """The cells as they were read; what a person has changed is put in as into a copy."""
    pool = table.pool
    for place, column in enumerate(table.columns):
        index = row - column.first_row
        if 0 <= index < len(column.kinds) and (kind := column.kinds[index]):
            write = _WRITERS[kind]
            yield write(
                f'r="{letters[place]}{row}" s="{column.formats[index] + 1}"', pool[column.refs[index]]
            )


def _text(where: str, stored: str) -> str:
    return f'<c {where} t="inlineStr"><is><t xml:space="preserve">{escaped(stored)}</t></is></c>'


def _number(where: str, stored: str) -> str:
    """Exactly the characters that the file had: no digit is lost on the way."""
    return f"<c {where}><v>{escaped(stored)}</v></c>"


def _boolean(where: str, stored: str) -> str:
    return f'<c {where} t="b"><v>{int(stored.lower() in ("1", "true"))}</v></c>'


def _error(where: str, stored: str) -> str:
    return f'<c {where} t="e"><v>{escaped(stored)}</v></c>'


def _blank(where: str, _: str) -> str:
    return f"<c {where}/>"


_WRITERS: dict[int, Callable[[str, str], str]] = {
    Kind.EMPTY: _blank,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _number,
    Kind.BOOLEAN: _boolean,
    Kind.ERROR: _error,
    Kind.NO_VALUE: _blank,
}
