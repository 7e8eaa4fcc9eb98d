"""What a person has changed in Rowpost stands in the copy, marked, and what stood there is said."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from rowpost.model.books import RowState
from rowpost.model.cells import CellRef, Kind
from rowpost.model.outside import no_progress
from rowpost.model.problems import Problem, Severity
from rowpost.model.table import VALUE
from rowpost.model.workbook import Opened, Reading
from rowpost.reports.problem_workbook import write_problem_workbook
from rowpost.reports.results_workbook import write_results_workbook
from rowpost.session.corrected import Corrections, corrections
from rowpost.sheets import open_workbook
from rowpost.wording import LANGUAGES, Wording
from tests.support.catalogs import invoice_catalog
from tests.support.runs import made_result, made_run
from tests.unit.reports.workbooks import changed, rich_workbook

SHEET = "Åpne poster"
EN = Wording("en", invoice_catalog())
EDITS = {
    (4, 1): "0042",
    (5, 2): "2026-12-24",
    (6, 3): "1234,5",
    (6, 4): "=HYPERLINK(1)",
    (7, 1): "",
    (8, 5): "99.90",
    (11, 4): "Ny <kunde>",  # no cell there
    (9, 3): "1.234",  # twelve hundred or one and a bit
}
WRONG = Problem("sheets.text_file", Severity.ERROR, (CellRef(SHEET, 6, 3),))


def opened(path: Path, edits: Mapping[tuple[int, int], str] | None = None) -> Opened:
    reading = Reading(SHEET, 3)
    found = open_workbook(path, reading, invoice_catalog(), stop=threading.Event(), progress=no_progress)
    return replace(found, table=found.table.with_edits(edits or {}))


def problem_copy(book: Opened, out: Path, *problems: Problem, wording: Wording = EN) -> Worksheet:
    lost = write_problem_workbook(Path(book.path), book.table, 3, problems, out, wording, sha256=book.sha256)
    assert lost == ()
    for content in parts(out).values():
        if content.startswith(b"<"):
            ET.fromstring(content)
    found = openpyxl.load_workbook(out)[SHEET]
    assert isinstance(found, Worksheet)
    return found


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def comment(sheet: Worksheet, cell: str) -> str:
    found = sheet[cell].comment
    return found.text if found else ""


def test_every_changed_cell_holds_its_new_value_in_its_old_style(tmp_path: Path) -> None:
    source = rich_workbook(tmp_path / "own.xlsx")
    was = openpyxl.load_workbook(source)[SHEET]
    now = problem_copy(opened(source, EDITS), tmp_path / "out.xlsx", WRONG)
    values = {cell: now[cell].value for cell in ("A4", "B5", "C6", "D6", "A7", "E8", "D11", "C9")}
    assert values == {
        "A4": "0042",
        "B5": datetime(2026, 12, 24),
        "C6": 1234.5,
        "D6": "=HYPERLINK(1)",
        "A7": None,
        "E8": "99.90",
        "D11": "Ny <kunde>",
        "C9": "1.234",
    }
    assert "<f>HYPERLINK" not in parts(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"].decode()
    for cell in ("A4", "B5", "C6", "A7", "E8", "C9"):
        assert now[cell].number_format == was[cell].number_format
        assert repr(now[cell].fill) == repr(was[cell].fill)
    others = {c.coordinate: c.value for row in was.iter_rows() for c in row if c.coordinate not in values}
    assert {cell: now[cell].value for cell in others} == others


def test_every_change_is_told_with_what_stood_there(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    sheet = problem_copy(opened(rich_workbook(tmp_path / "own.xlsx"), EDITS), out, WRONG)
    assert comment(sheet, "B5").endswith("The workbook had: 05.09.2026")
    assert comment(sheet, "D11").endswith("It was empty in the workbook.")
    problem, change = comment(sheet, "C6").split("\n")
    assert problem.startswith("Must fix")
    assert change.endswith("The workbook had: 52.50")
    assert "Ring denne kunden" in comment(sheet, "A4"), "a person's own comment stays"
    page = openpyxl.load_workbook(out)["Problems"]
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    assert lines[2][0] == (
        "8 cells were changed in Rowpost. "
        "They hold their new values here, are tinted blue and name the old ones."
    )
    assert lines[3][0] == "Severity"
    assert [line[1] for line in lines if line[0] == "Changed"] == [
        *("A4", "B5", "C6", "D6", "A7", "E8", "C9", "D11"),
    ]
    assert any("The workbook had: 003" in str(line[4]) for line in lines)


def test_formulas_are_worked_out_anew_and_the_rest_stays_to_the_byte(tmp_path: Path) -> None:
    source, out = rich_workbook(tmp_path / "own.xlsx"), tmp_path / "out.xlsx"
    problem_copy(opened(source, EDITS), out)
    assert b'fullCalcOnLoad="1"' in parts(out)["xl/workbook.xml"]
    was, now = parts(source), parts(out)
    kept = [name for name in was if "sheet2" in name or "chart" in name or "media" in name or "table" in name]
    assert len(kept) > 3
    assert {name: now[name] for name in kept} == {name: was[name] for name in kept}


def test_results_hold_them_as_well(tmp_path: Path) -> None:
    book = opened(rich_workbook(tmp_path / "own.xlsx"), EDITS)
    run = made_run(
        [made_result((row,), RowState.ACCEPTED) for row in range(4, 16)],
        sheet=SHEET,
        header_row=3,
        sha256=book.sha256,
    )
    out = tmp_path / "out.xlsx"
    assert write_results_workbook(run, Path(book.path), out, EN, table=book.table) == ()
    found = openpyxl.load_workbook(out)
    assert found[SHEET]["C6"].value == 1234.5
    assert found[SHEET]["F6"].value == "Accepted"
    said = [cell.value for row in found["Summary"].iter_rows() for cell in row if cell.value]
    assert any(str(text).startswith("8 cells were changed") for text in said)
    assert {"C6", "1234,5"} <= set(map(str, said))
    again = tmp_path / "again.xlsx"
    copy = opened(out)
    assert copy.table.cell(6, 3).kind is Kind.NUMBER
    renewed = made_run(list(run.rows), sheet=SHEET, header_row=3, sha256=copy.sha256)
    write_results_workbook(renewed, out, again, EN)
    assert openpyxl.load_workbook(again)[SHEET]["C6"].value == 1234.5


def test_a_copy_that_comes_back_holds_nothing_but_what_was_corrected_in_it(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    book = opened(rich_workbook(tmp_path / "own.xlsx"), EDITS)
    problem_copy(book, out, WRONG)
    assert corrections(book, opened(out)) == Corrections(())
    without = replace(book, table=book.table.with_edits({}))
    assert [(row, column) for row, column, _ in corrections(without, opened(out)).changes] == sorted(EDITS)
    later = replace(book, table=book.table.with_edits({**EDITS, (10, 1): "said after the copy was saved"}))
    assert corrections(later, opened(out)) == Corrections(())
    mended = openpyxl.load_workbook(out)
    mended[SHEET]["C6"] = 77
    mended.save(out)
    found = corrections(book, opened(out))  # openpyxl saves formulas without their results
    assert found.changes == ((6, 3, VALUE + "77"),)
    assert {column for _, column in found.unread} == {5}, "no formula is taken for an emptied cell"


def test_a_formula_that_others_share_is_never_cut_out(tmp_path: Path) -> None:
    def shared(name: str, data: bytes) -> bytes:
        master = b'<f t="shared" ref="E4:E5" si="0">C4*2</f>'
        return data.replace(b"<f>C4*2</f>", master).replace(b"<f>C5*2</f>", b'<f t="shared" si="0"/>')

    source = changed(rich_workbook(tmp_path / "own.xlsx"), tmp_path / "shared.xlsx", shared)
    book, out = opened(source, {(4, 5): "5.55"}), tmp_path / "out.xlsx"
    lost = write_problem_workbook(source, book.table, 3, [], out, EN, sha256=book.sha256)
    assert [loss.code for loss in lost] == ["reports.new_workbook"]
    assert openpyxl.load_workbook(out)[SHEET]["E4"].value == 5.55


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(tmp_path: Path, language: str) -> None:
    book = opened(rich_workbook(tmp_path / "own.xlsx"), EDITS)
    problem_copy(book, tmp_path / "out.xlsx", wording=Wording(language, invoice_catalog()))
    assert hashlib.sha256(Path(book.path).read_bytes()).hexdigest() == book.sha256
