"""Runs: what is written down before anything is sent, and how a run's target is reached again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.model.attempts import RunMeta
from rowpost.model.books import RowState
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.results import RowResult, RunResult, RunStatus, RunSummary
from rowpost.model.targets import Target

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment
    from rowpost.model.workbook import Opened


def meta(opened: Opened, assessment: Assessment, target: Target, who: str) -> RunMeta:
    """Say what the run is about, as it is written down."""
    return RunMeta(
        target=target,
        file_name=opened.file_name,
        file_path=str(Path(opened.path).absolute()),
        file_sha256=opened.sha256,
        sheet=assessment.sheet,
        header_row=assessment.header_row,
        rows=assessment.books.rows,
        amounts=assessment.books.amounts,
        by_whom=who,
        follows=opened.again.run if opened.again else "",
    )


def unsent(opened: Opened, assessment: Assessment, target: Target, now: datetime) -> RunResult:
    """Tell of a workbook of which nothing was sent, in the form of a run; it is in no ledger."""
    summary = RunSummary(
        run="",
        created_at=now,
        file_name=opened.file_name,
        file_path=opened.path,
        file_sha256=opened.sha256,
        sheet=assessment.sheet,
        header_row=assessment.header_row,
        target=target,
        status=RunStatus.STOPPED if assessment.ready else RunStatus.DONE,
        books=assessment.books,
    )
    rows = [_row(entry, entry.state, entry.code) for entry in assessment.staying]
    rows += [_row(invoice, RowState.WAITING) for invoice in assessment.ready]
    return RunResult(summary, sorted(rows, key=lambda row: row.rows[0]))


def _row(entry: ReadyInvoice | StayingRow, state: RowState, code: str = "") -> RowResult:
    return RowResult(
        rows=entry.rows,
        invoice_number=entry.invoice_number,
        source_id=entry.source_id,
        state=state,
        currency=entry.currency,
        amount=entry.amount,
        code=code,
    )
