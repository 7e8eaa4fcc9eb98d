"""Runs that were like this workbook: the same content under another name, or the same totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rowpost.checks import Content, EarlierRun, KnownClaims, earlier_runs_like
from rowpost.mapping import normalized_number
from rowpost.model.books import READY_STATES, Books, RowState

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment
    from rowpost.model.invoices import StayingRow
    from rowpost.model.problems import Problem
    from rowpost.model.results import RunSummary
    from rowpost.model.targets import Target
    from rowpost.model.workbook import Opened

# what keeps a row that would be fit, had it not been sent
SENT_BEFORE = frozenset(
    {
        "duplicate.sent_before",
        "duplicate.number_sent_before",
        "duplicate.waiting",
        "duplicate.not_known",
    }
)


def runs_like(
    opened: Opened,
    assessment: Assessment,
    target: Target,
    runs: Sequence[RunSummary],
    ask: Callable[[], KnownClaims],
) -> tuple[Problem, ...]:
    """Tell of the runs of the same organisation that were like this workbook, the latest first.

    A run of which everything was rejected is like nothing: its rows may be sent again.
    `ask` gets what was sent before; it is called only where that matters.
    """
    mine = (target.environment, target.organization_id)
    earlier = [
        EarlierRun(run.run, run.created_at.astimezone().date(), run.file_name, _content(run))
        for run in runs
        if (run.target.environment, run.target.organization_id) == mine and _holds_anything(run.books)
    ]
    if not earlier:
        return ()
    again = [row for row in assessment.staying if row.code in SENT_BEFORE]
    here = Content(_sheet(opened.sha256, assessment.sheet), *_worth(assessment, again))
    held = Counter(_held(again, ask())) if again else {}
    return tuple(earlier_runs_like(here, held, earlier))


def _sheet(sha256: str, sheet: str) -> str:
    return f"{sha256} {sheet}"


def _held(again: Sequence[StayingRow], known: KnownClaims) -> Iterator[str]:
    """The run that has sent the same invoice for the same amount, once for each of its rows."""
    for row in again:
        sent = known.by_source_id(row.source_id) or known.by_number(normalized_number(row.invoice_number))
        if sent and sent.amount == row.amount:
            yield from [sent.run] * len(row.rows)


def _worth(assessment: Assessment, again: Sequence[StayingRow]) -> tuple[int, dict[str, Decimal]]:
    """Rows and totals of all that can be sent, or could if it had not been sent before."""
    rows, totals = assessment.books.ready, _totals(assessment.books)
    for row in again:
        rows += len(row.rows)
        totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.amount
    return rows, totals


def _content(run: RunSummary) -> Content:
    return Content(_sheet(run.file_sha256, run.sheet), run.books.ready, _totals(run.books))


def _totals(books: Books) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for currency, states in books.amount_by_state.items():
        amount = _sum(states)
        if amount:
            totals[currency] = amount
    return totals


def _sum(states: Mapping[RowState, Decimal]) -> Decimal:
    return sum((states.get(state, Decimal(0)) for state in READY_STATES), Decimal(0))


def _holds_anything(books: Books) -> bool:
    return any(books.by_state.get(state) for state in READY_STATES if state is not RowState.REJECTED)
