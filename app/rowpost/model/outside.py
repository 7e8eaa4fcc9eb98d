"""What comes in from outside the pure core: time, a wish to stop, a place to report progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class StopToken(Protocol):
    """Says whether the work should end soon; `threading.Event` is one."""

    def is_set(self) -> bool:
        """True once somebody wants the work to end."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait up to `timeout` seconds; True as soon as the wish is there."""
        ...


Hurries = Callable[[], int]
"""How often a person has wished so far that the agency is asked at once."""


def no_hurry() -> int:
    """Nobody wishes that."""
    return 0


class Clock(Protocol):
    """Time. The real one is in `host`; tests bring a virtual one."""

    def now(self) -> datetime:
        """The time of day, in UTC, with its zone."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        ...

    def sleep(self, seconds: float, stop: StopToken) -> bool:
        """Wait, or until stopped; True if stopped."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is. `stage` is a wording code; `total` is 0 while not known."""

    stage: str
    done: int
    total: int = 0


OnProgress = Callable[[Progress], None]


def no_progress(_: Progress) -> None:
    """Report nothing."""
