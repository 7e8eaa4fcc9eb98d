"""Sending again: which invoices of an earlier run may go once more, and why all others stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rowpost.model.books import RowState
from rowpost.model.results import RowResult, RunResult, goes_again


@dataclass(frozen=True, slots=True)
class Again:
    """What of `run` may be sent again.

    `sent_again` are the keys (source ids) of what was rejected, or released by a person;
    `stays` says of every other key of the run why it stays (a wording code). `rows` are the
    workbook's rows of what was rejected, where the workbook is known to have the same rows as then:
    there a key may have been mended. `released` are the keys among `sent_again` whose claim the run
    still holds, `released_rows` their rows: under another key such an invoice would go twice, once
    by each run.
    """

    run: str
    sent_again: frozenset[str]
    released: frozenset[str]
    stays: Mapping[str, str]
    rows: frozenset[int] = frozenset()
    released_rows: frozenset[int] = frozenset()

    def why_not(self, source_id: str, first_row: int) -> str:
        """Return why an invoice stays, '' if it may be sent again."""
        if source_id in self.sent_again:
            return ""
        reason = self.stays.get(source_id)
        if reason is not None:
            return reason
        if first_row in self.released_rows:
            return "again.key_changed"
        return "" if first_row in self.rows else "again.not_of_the_run"


def again(result: RunResult, *, same_rows: bool) -> Again:
    """Say what of a run may be sent again. `same_rows`: the workbook still has the rows that it had."""
    mended = [result.rows[place] for place in result.places.again]
    others = (row for row in result.rows if row.source_id and not goes_again(row.state, row.code))
    return Again(
        result.summary.run,
        frozenset(row.source_id for row in mended),
        frozenset(row.source_id for row in mended if row.state is RowState.WAITING),
        {row.source_id: f"again.{row.state}" for row in others},
        _first_rows(mended, RowState.REJECTED) if same_rows else frozenset(),
        _first_rows(mended, RowState.WAITING) if same_rows else frozenset(),
    )


def _first_rows(rows: Iterable[RowResult], state: RowState) -> frozenset[int]:
    return frozenset(row.rows[0] for row in rows if row.rows and row.state is state)
