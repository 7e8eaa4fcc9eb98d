"""What the loop tells while it works. Frozen values; `OnEvent` is called in the loop's own thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rowpost.model.answers import Cause
from rowpost.model.attempts import RowChange
from rowpost.model.results import RunStatus


@dataclass(frozen=True, slots=True)
class PartStarted:
    """A part is being posted: its number and how many invoices it holds."""

    number: int
    rows: int


@dataclass(frozen=True, slots=True)
class RowsChanged:
    """Rows have another state; those in the same state for the same code come together."""

    changes: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing to do for that many seconds; `code` says what for."""

    seconds: float
    code: str


@dataclass(frozen=True, slots=True)
class TroubleSeen:
    """Something did not go as wished; the work goes on unless `RunEnded` follows."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Nothing more will be done now; `cause` is what holds the run, None where nothing does."""

    status: RunStatus
    cause: Cause | None = None


Event = PartStarted | RowsChanged | Waiting | TroubleSeen | RunEnded
OnEvent = Callable[[Event], None]


def no_event(_: Event) -> None:
    """Tell nobody."""
