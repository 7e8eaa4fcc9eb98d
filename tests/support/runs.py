"""Runs with made-up outcomes, for tests of what is done with results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from rowpost.model.books import BookLine, RowState, amounts_of, balance
from rowpost.model.results import RowResult, RunResult, RunStatus, RunSummary
from rowpost.model.targets import Environment, Target

AT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
PRACTICE = Target(
    "practice",
    Environment.PRACTICE,
    "http://127.0.0.1:1/api",
    "http://127.0.0.1:1/token",
    "1b4e28ba-2fa1-4d1b-8f4a-000000000001",
    "client",
    "Riverside AS",
)


def made_result(
    rows: tuple[int, ...], state: RowState, amount: str = "100.00", code: str = "", raw: str = ""
) -> RowResult:
    """One invoice that stands on these rows."""
    number = str(10_000 + rows[0])
    accepted = state is RowState.ACCEPTED
    return RowResult(
        rows,
        number,
        f"src-{number}",
        state,
        "NOK",
        Decimal(amount),
        batch_id="batch-1" if accepted or raw else "",
        invoice_id=f"inv-{number}" if accepted else "",
        case_id=f"case-{number}" if accepted else "",
        code=code,
        reason_raw=raw,
        decided_at=AT if accepted or raw else None,
    )


def made_run(
    rows: Sequence[RowResult], *, sheet: str, header_row: int = 1, file: str = "a.xlsx", sha256: str = ""
) -> RunResult:
    """A finished run of these rows, with books that balance."""
    lines = [BookLine(row.state, len(row.rows), row.currency, row.amount) for row in rows]
    books = balance(sum(line.rows for line in lines), amounts_of(lines), lines)
    summary = RunSummary(
        run="2026-11-21-0001",
        created_at=AT,
        file_name=file,
        file_path=f"/nowhere/{file}",
        file_sha256=sha256,
        sheet=sheet,
        header_row=header_row,
        target=PRACTICE,
        status=RunStatus.DONE,
        books=books,
        by_whom="Kari Nordvik",
    )
    return RunResult(summary, rows)
