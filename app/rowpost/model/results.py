"""What became of a run, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from rowpost.model.books import Books, RowState
from rowpost.model.targets import Target


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
    there is none. `person` is the latest release or closing.
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
class RunResult:
    """A run with all its rows."""

    summary: RunSummary
    rows: Sequence[RowResult]
