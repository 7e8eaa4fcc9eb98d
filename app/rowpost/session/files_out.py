"""Files that tell: a copy of the workbook with its problems, or with what became of every row."""

from __future__ import annotations

import csv
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.model.outside import no_progress
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import Reading

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment
    from rowpost.model.problems import Problem
    from rowpost.model.results import RunResult
    from rowpost.model.table import Table
    from rowpost.model.workbook import Opened
    from rowpost.session.door import Session

_COPIED = {".xlsx", ".xlsm"}  # formats of which a copy can be made that keeps everything


def write_results(session: Session, result: RunResult, out: Path) -> tuple[Problem, ...]:
    """Save what became of every row beside the rows; return what could not be kept."""
    from rowpost.reports.results_workbook import write_results_workbook

    source = Path(result.summary.file_path)
    if not source.is_file():
        return write_results_workbook(result, None, out, session.wording)
    edits = session.setup(result.summary.run).edits
    needed = edits or source.suffix.lower() not in _COPIED
    table = _read_again(session, source, result) if needed else None
    table = table.with_edits(edits) if table else None
    return write_results_workbook(result, source, out, session.wording, table=table)


def results_losses(result: RunResult, out: Path) -> tuple[Problem, ...]:
    """Say what the results workbook will not keep of the workbook that was sent."""
    from rowpost.reports.results_workbook import losses

    source = Path(result.summary.file_path)
    return losses(result, source if source.is_file() else None, out)


def refuse_places(source: Path | None, results: Path | None, receipt: Path | None) -> None:
    """Trouble where results or a receipt could not be saved: better before anything is sent."""
    from rowpost.reports.keeping import check_name
    from rowpost.reports.receipt import check_ending
    from rowpost.reports.save import try_place

    if results is not None:
        check_name(source, results)
        try_place(results)
    if receipt is not None:
        check_ending(receipt)
        try_place(receipt)


def write_cells(opened: Opened, out: Path) -> None:
    """Save every cell of the sheet as Excel shows it, as CSV in UTF-8."""
    from rowpost.reports.save import whole_file
    from rowpost.shown.sheet_csv import shown_rows

    with whole_file(out) as new, new.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(shown_rows(opened.table))


def _read_again(session: Session, source: Path, result: RunResult) -> Table | None:
    """Read a text file or an old workbook once more; without it the report is a list of the invoices."""
    reading = Reading(result.summary.sheet, result.summary.header_row)
    try:
        opened = session.open(source, reading, stop=threading.Event(), progress=no_progress)
    except Trouble:
        return None
    return opened.table if opened.sha256 == result.summary.file_sha256 else None


def problems_losses(opened: Opened, out: Path) -> tuple[Problem, ...]:
    """Say what the problem workbook will not keep of the workbook that was read."""
    from rowpost.reports.problem_workbook import losses

    return losses(Path(opened.path), out, opened.sha256)


def write_problems(
    session: Session, opened: Opened, assessment: Assessment, out: Path
) -> tuple[Problem, ...]:
    """Save a copy of the workbook with every problem at its cell; return what could not be kept."""
    from rowpost.reports.problem_workbook import write_problem_workbook

    return write_problem_workbook(
        Path(opened.path),
        opened.table,
        assessment.header_row,
        assessment.problems,
        out,
        session.wording,
        sha256=opened.sha256,
    )
