"""A run that stands still, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rowpost.model.answers import Cause
    from rowpost.model.results import RunSummary


@dataclass(frozen=True, slots=True)
class Hold:
    """A run that has paused and can go on: this one, whatever the window shows meanwhile.

    `cause` is None where a person has paused it; `seconds` counts down to the next try, 0: it waits
    for a person.
    """

    run: RunSummary
    cause: Cause | None = None
    seconds: float = 0
