"""What became of a run, row by row."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from rowpost.model.books import Books, RowState
from rowpost.model.lazy import Lazy
from rowpost.model.targets import Target

RELEASED = "row.released"


class RunStatus(StrEnum):
    """done: nothing is open; paused, stopped: rows wait; not_known: some outcomes are open."""

    DONE = "done"
    PAUSED = "paused"
    STOPPED = "stopped"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class PersonsWord:
    """What a person decided of a row after looking: who, when, why."""

    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """One invoice (or one row that made none) and what is known of it.

    `code` is a wording code for our sentence; `reason_raw` is the agency's own text, '' where
    there is none. `person` is the latest release or closing. `debtor` names who owes where that is
    known on this machine: '' in searches and after the run was forgotten; never in what is printed.
    """

    rows: tuple[int, ...]
    invoice_number: str
    source_id: str
    state: RowState
    currency: str = ""
    amount: Decimal = Decimal(0)
    batch_id: str = ""
    invoice_id: str = ""
    case_id: str = ""
    code: str = ""
    reason_raw: str = ""
    decided_at: datetime | None = None
    person: PersonsWord | None = None
    debtor: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line of the history.

    `cause` is the wording code of what holds the run, '' for nothing; `follows` the run whose
    rejected rows this one sends again, '' for none; `followed_by` are the runs that did so with this
    one's; `forgotten_at` is when its personal data was erased.
    """

    run: str
    created_at: datetime
    file_name: str
    file_path: str
    file_sha256: str
    sheet: str
    header_row: int
    target: Target
    status: RunStatus
    books: Books
    by_whom: str = ""
    cause: str = ""
    follows: str = ""
    followed_by: tuple[str, ...] = ()
    forgotten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where in the rows of a run what stands, in ascending order.

    `again` are the rows that can be sent again; `with_case` the states of which a row has a case.
    """

    by_state: Mapping[RowState, Sequence[int]]
    again: Sequence[int] = ()
    with_case: frozenset[RowState] = frozenset()


class PlacedRows(Lazy[RowResult]):
    """Rows at scale: made one by one when they are looked at, with their places known beforehand."""

    places: RowPlaces


@dataclass(frozen=True)
class RunResult:
    """A run with all its rows, in the order of the workbook."""

    summary: RunSummary
    rows: Sequence[RowResult]

    @cached_property
    def places(self) -> RowPlaces:
        """Where among the rows what stands."""
        return self.rows.places if isinstance(self.rows, PlacedRows) else places_of(self.rows)

    def row_at(self, first_row: int) -> RowResult | None:
        """The invoice whose first row in the workbook this is."""
        at = bisect_left(range(len(self.rows)), first_row, key=lambda place: self.rows[place].rows[0])
        found = self.rows[at] if at < len(self.rows) else None
        return found if found is not None and found.rows[0] == first_row else None


def places_of(rows: Iterable[RowResult]) -> RowPlaces:
    """Look through rows once."""
    by_state = {state: array("I") for state in RowState}
    again, with_case = array("I"), set()
    for place, row in enumerate(rows):
        by_state[row.state].append(place)
        if goes_again(row.state, row.code):
            again.append(place)
        if row.case_id:
            with_case.add(row.state)
    return RowPlaces(by_state, again, frozenset(with_case))


def goes_again(state: RowState, code: str) -> bool:
    """Whether a row was rejected, or released by a person."""
    return state is RowState.REJECTED or (state is RowState.WAITING and code == RELEASED)
