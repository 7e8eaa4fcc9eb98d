"""What is remembered of earlier runs, and how it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rowpost.model.results import RowResult, RunSummary
from rowpost.model.targets import Target


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for: a text, and what else it may mean.

    `amounts` are in major units, more than one where "1.234" can mean two; `days` are the first
    moment and the one after the last, both with their zone, None where the text is no date.
    """

    text: str
    amounts: tuple[Decimal, ...] = ()
    days: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found, and when, from which file, by whom and where it was sent."""

    run: str
    created_at: datetime
    file_name: str
    by_whom: str
    target: Target
    forgotten: bool  # its personal data has been erased
    row: RowResult


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: runs by name, file or day, and rows; `more` of the rows were left out."""

    text: str
    runs: Sequence[RunSummary] = ()
    hits: Sequence[Hit] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Personal:
    """What is personal in a run, and what of the run is still open.

    `invoices` are those whose debtors are still known here. Of the open rows, `waiting` were never
    sent and can be given up; `unsettled` may be at the agency and cannot.
    """

    run: str
    invoices: int
    waiting: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class Ledgerful:
    """Everything the ledger knows, row by row, oldest first. `rows` counts them, `chain_head` proves them."""

    rows: int
    chain_head: str
    hits: Iterator[Hit]
