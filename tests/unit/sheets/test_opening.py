"""Opening through the child process: what comes back, and what may go wrong on the way."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest

from rowpost.model.cells import Kind
from rowpost.model.outside import Progress
from rowpost.model.table import Cell
from rowpost.model.trouble import Stopped, Trouble
from rowpost.model.workbook import Reading
from rowpost.sheets import handover, open_workbook, preview
from tests.support.catalogs import invoice_catalog
from tests.support.hostile import GOOD, good
from tests.support.workbook_bytes import parts_of, read_here, sheet_xml, simple, table_rows, zipped

CATALOG = invoice_catalog()


def test_every_cell_comes_through_the_child_as_it_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "fakturaer.xlsx"
    path.write_bytes(good())
    opened = open_workbook(path, Reading(), CATALOG)
    assert opened.table.cell(2, 2) == Cell(Kind.TEXT, "Bjørn")
    assert Decimal(opened.table.cell(3, 3).stored) == Decimal("200.5")
    assert opened.layout.header_row == 1
    assert opened.layout.headings == ("Fakturanr", "Navn", "Beløp")
    assert opened.file_name == "fakturaer.xlsx"
    assert len(opened.sha256) == 64
    assert opened.size == path.stat().st_size


def test_what_was_opened_outlives_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good())
    tables = [open_workbook(path, Reading(), CATALOG).table for _ in range(2)]
    path.unlink()
    assert [table.cell(2, 2).stored for table in tables] == ["Bjørn", "Bjørn"]


def test_the_preview_stops_after_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(simple(table_rows([["Fakturanr", "Navn"], *(["F", "N"] for _ in range(5_000))])))
    opened = preview(path, Reading(), CATALOG, rows=50)
    assert opened.table.row_count == 50
    assert opened.sha256 == ""


def test_cancel_comes_at_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(simple(table_rows([["Fakturanr", *range(20)] for _ in range(40_000)])))
    stop = threading.Event()
    told: list[Progress] = []
    asked = 0.0

    def on_progress(progress: Progress) -> None:
        nonlocal asked
        told.append(progress)
        if not stop.is_set():
            asked = time.monotonic()
            stop.set()

    with pytest.raises(Stopped):
        open_workbook(path, Reading(), CATALOG, stop=stop, progress=on_progress)
    assert time.monotonic() - asked < 1.0  # the benchmark holds it to 0.2 s on a quiet machine
    assert told


@pytest.mark.parametrize("code", ["sheets.no_file", "sheets.is_folder"])
def test_what_cannot_be_opened_is_named(tmp_path: Path, code: str) -> None:
    path = tmp_path if code == "sheets.is_folder" else tmp_path / "nowhere.xlsx"
    with pytest.raises(Trouble) as caught:
        open_workbook(path, Reading(), CATALOG)
    assert caught.value.code == code


def locked(password: str) -> bytes:
    out = BytesIO()
    large = zipped(
        {**parts_of({"A": sheet_xml(table_rows(GOOD))}), "xl/media/x.bin": random.Random(1).randbytes(9_000)}
    )
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(large)).encrypt(password, out)
    return out.getvalue()


def test_a_password_opens_its_workbook_only(tmp_path: Path) -> None:
    content = locked("blåbær")
    for password, code in ((None, "sheets.password_needed"), ("rips", "sheets.password_wrong")):
        with pytest.raises(Trouble) as caught:
            read_here(tmp_path, content, password=password)
        assert caught.value.code == code
    assert read_here(tmp_path, content, password="blåbær").table.cell(2, 2).stored == "Bjørn"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["test.xlsx"]


def test_excels_own_password_is_not_asked_for(tmp_path: Path) -> None:
    assert read_here(tmp_path, locked("VelvetSweatshop")).table.cell(2, 2).stored == "Bjørn"


def test_the_hand_over_gives_back_what_it_got(tmp_path: Path) -> None:
    opened = read_here(tmp_path, good())
    head = handover.decode(handover.encode(handover.head_of(opened)))
    memory = memoryview(bytearray(handover.size_of(head)))
    handover.lay_out(opened.table, memory)
    back = handover.pick_up(head, memory)
    assert replace(back, table=opened.table) == opened
    cells = [(row, column) for row in range(1, 5) for column in range(1, 5)]
    assert [back.table.cell(*place) for place in cells] == [opened.table.cell(*place) for place in cells]
    with pytest.raises(ValueError, match=r"^$"):
        handover.pick_up(head, memory[:8])


def test_a_sheet_is_found_by_name_number_or_content(tmp_path: Path) -> None:
    notes = sheet_xml(table_rows([["Notater"], ["hei"]]))
    content = zipped(
        parts_of({"Notat": notes, "Fakturaer": sheet_xml(table_rows([["Fakturanr", "Navn"], ["F1", "A"]]))})
    )
    assert read_here(tmp_path, content).table.sheet == "Fakturaer"
    assert read_here(tmp_path, content, reading=Reading(sheet="notat")).table.sheet == "Notat"
    assert read_here(tmp_path, content, reading=Reading(sheet="1")).table.sheet == "Notat"
    with pytest.raises(Trouble) as caught:
        read_here(tmp_path, content, reading=Reading(sheet="Mai"))
    assert caught.value.code == "sheets.no_such_sheet"


def test_a_strict_workbook_is_read_like_any_other(tmp_path: Path) -> None:
    transitional, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    parts = {
        name: content.decode()
        .replace(f"{transitional}spreadsheetml/2006/main", f"{strict}spreadsheetml/main")
        .replace(f"{transitional}officeDocument/2006/relationships", f"{strict}officeDocument/relationships")
        .encode()
        for name, content in parts_of({"Ark1": sheet_xml(table_rows(GOOD))}).items()
    }
    assert read_here(tmp_path, zipped(parts)).table.cell(2, 2).stored == "Bjørn"


def test_a_sheet_that_says_a_wrong_size_is_read_whole(tmp_path: Path) -> None:
    lying = sheet_xml(table_rows(GOOD), before='<dimension ref="A1:A1"/>')
    assert read_here(tmp_path, zipped(parts_of({"Ark1": lying}))).table.row_count == 3
