"""A run that stands still, and why."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.model.answers import Cause


@dataclass(frozen=True, slots=True)
class Hold:
    """A run that has paused and can go on.

    `cause` is None where a person has paused it; `seconds` counts down to the next try, 0: it waits
    for a person.
    """

    cause: Cause | None = None
    seconds: float = 0
