"""What the History page is about at one moment: the list, an answer, a question, a difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from rowpost.model.difference import Difference
    from rowpost.model.history import Found, Personal


@dataclass(frozen=True, slots=True)
class Past:
    """Part of the window's state.

    `found` answers a search, None while all runs are listed; `forgetting` asks whether a run's
    personal data may go; `difference` takes the place of the list; `since` compares what is about to be
    sent with the last run; `forgotten` counts the runs whose
    personal data was erased at this start.
    `as_of` is when the runs were read, `found_as_of` when the answer was, None where nobody else writes,
    so that they hold; `under_way` is the run that was being sent then.
    """

    found: Found | None = None
    forgetting: Personal | None = None
    difference: Difference | None = None
    since: Difference | None = None
    forgotten: int = 0
    as_of: datetime | None = None
    found_as_of: datetime | None = None
    under_way: str = ""

    @property
    def shown_as_of(self) -> datetime | None:
        """When what is listed was read, None where it holds."""
        return self.as_of if self.found is None else self.found_as_of
