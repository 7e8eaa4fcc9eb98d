"""What this program has written, this program reads again."""

from __future__ import annotations

import threading
from pathlib import Path

from rowpost.catalog import LANGUAGES
from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.outside import no_progress
from rowpost.model.problems import Problem, Severity
from rowpost.model.workbook import Opened, Reading
from rowpost.reports.make_templates import SAMPLE
from rowpost.reports.problem_workbook import write_problem_workbook
from rowpost.reports.results_workbook import write_results_workbook
from rowpost.reports.sample import HEADINGS, sample_rows
from rowpost.reports.sample_workbook import HEADER_ROW
from rowpost.reports.stamp import read_stamp
from rowpost.sheets import open_workbook
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog
from tests.support.runs import made_result, made_run

CATALOG = invoice_catalog()
TEMPLATES = Path(__file__).parents[3] / "templates"
NB = Wording("nb", CATALOG)


def opened(path: Path) -> Opened:
    return open_workbook(path, Reading(), CATALOG, stop=threading.Event(), progress=no_progress)


def test_the_sample_is_found_below_its_title() -> None:
    sample = opened(TEMPLATES / SAMPLE)
    assert sample.layout.header_row == HEADER_ROW
    assert sample.layout.headings == HEADINGS
    assert (sample.layout.first_row, sample.layout.last_row) == (
        HEADER_ROW + 1,
        HEADER_ROW + len(sample_rows()),
    )


def test_templates_are_found_empty() -> None:
    for language in LANGUAGES:
        template = opened(TEMPLATES / f"invoices-{language}.xlsx")
        assert template.layout.header_row == 1
        assert template.layout.last_row <= 1
        assert not template.layout.title_rows


def test_reports_on_the_sample_are_read_as_the_sample_itself(tmp_path: Path) -> None:
    source, results, marked = TEMPLATES / SAMPLE, tmp_path / "r.xlsx", tmp_path / "p.xlsx"
    sample = opened(source)
    rows = range(sample.layout.first_row, sample.layout.last_row + 1)
    run = made_run(
        [made_result((row,), RowState.ACCEPTED) for row in rows],
        sheet=sample.table.sheet,
        header_row=HEADER_ROW,
        sha256=sample.sha256,
    )
    assert write_results_workbook(run, source, results, NB) == ()
    problems = [Problem("x", Severity.ERROR, (CellRef(sample.table.sheet, 12, 2),))]
    assert write_problem_workbook(source, sample.table, HEADER_ROW, problems, marked, NB) == ()
    for path in (results, marked):
        again = opened(path)
        assert again.table.sheet == sample.table.sheet == (read_stamp(path) or {})["sheet"]
        assert again.layout.headings[: len(HEADINGS)] == HEADINGS
        assert (again.layout.header_row, again.layout.last_row) == (HEADER_ROW, sample.layout.last_row)
        for row in rows:
            for column in range(1, len(HEADINGS) + 1):
                assert again.table.cell(row, column) == sample.table.cell(row, column)
    said = opened(results).table
    assert {said.cell(row, len(HEADINGS) + 1).stored for row in rows} == {NB.say("state.accepted")}
