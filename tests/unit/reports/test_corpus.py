"""Reports on workbooks that nobody here wrote: what was in them is in the copies."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity
from rowpost.reports.problem_workbook import write_problem_workbook
from rowpost.reports.results_workbook import write_results_workbook
from rowpost.reports.stamp import read_stamp
from rowpost.wording import Wording
from tests.support.runs import made_result, made_run
from tests.support.tables import table_of
from tests.unit.reports.test_copies import parts, well_formed

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "excel-shows"
EVERYDAY = 8
ROWS = (2, 3, 5, 70)
NEW = {"reports.new_workbook"}


def cells(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """What a reader finds: value (or formula) and number format of every cell with something in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it cannot keep; we do not save with it
        book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (str(getattr(cell.value, "text", cell.value)), cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def sheets_of(path: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from (sheet.title for sheet in openpyxl.load_workbook(path, read_only=True).worksheets)


def reported(source: Path, sheet: str, folder: Path) -> Iterator[Path]:
    """Make both reports on a sheet; yield those that are copies."""
    sha256, wording = hashlib.sha256(source.read_bytes()).hexdigest(), Wording("nb")
    run = made_run([made_result((row,), RowState.ACCEPTED) for row in ROWS], sheet=sheet, sha256=sha256)
    places = [(row, column) for row in ROWS for column in (1, 3, 40)]
    problems = [Problem("sheets.text_file", Severity.ERROR, (CellRef(sheet, *place),)) for place in places]
    results, marked = folder / "results.xlsx", folder / "problems.xlsx"
    lost = write_results_workbook(run, source, results, wording)
    also = write_problem_workbook(
        source, table_of([], sheet=sheet), 1, problems, marked, wording, sha256=sha256
    )
    for path, losses in ((results, lost), (marked, also)):
        assert read_stamp(path) is not None
        if not NEW & {loss.code for loss in losses}:
            yield path


def check(source: Path, folder: Path) -> int:
    """Compare every copy with its source; returns how many there were."""
    before, copies = cells(source), 0
    for sheet in sheets_of(source):
        for copy in reported(source, sheet, folder):
            copies += 1
            well_formed(copy)
            assert set(parts(source)) <= set(parts(copy)) | {"xl/vbaProject.bin"}
            after = cells(copy)
            assert {place: after.get(place) for place in before} == before, (source.name, sheet)
    return copies


def test_some_workbooks_of_others(tmp_path: Path) -> None:
    sources = sorted(CORPUS.glob("*.xls[xm]"), key=lambda path: path.stat().st_size)[:EVERYDAY]
    copies = sum(check(source, tmp_path) for source in sources)
    assert copies >= 2 * len(sources)


@pytest.mark.long
def test_all_workbooks_of_others(tmp_path: Path) -> None:
    sources = sorted(CORPUS.glob("*.xls[xm]"))
    copies = sum(check(source, tmp_path) for source in sources)
    assert copies >= 2 * len(sources)
