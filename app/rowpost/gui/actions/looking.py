"""Looking through a sheet: texts and values; behind the page, and only the newest question counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rowpost.gui.actions.desk import Desk
from rowpost.gui.background import Job, Work
from rowpost.gui.views.finding import Searched, text_in, value_in
from rowpost.gui.views.values import Values, values_in
from rowpost.gui.words import Words
from rowpost.model.outside import Progress
from rowpost.model.workbook import Opened

T = TypeVar("T")
_LANE = "look"


class LookingDeeds:
    """Questions about the rows of the sheet."""

    def __init__(self, desk: Desk, words: Callable[[], Words]) -> None:
        self._desk = desk
        self._words = words
        self._jobs: dict[str, Job] = {}

    def text(self, sheet: Opened, searched: Searched, text: str, done: Callable[[bytearray], None]) -> None:
        """Flag the rows that hold a text in one of the columns."""
        self._ask("text", self._about(sheet, text_in, searched, text, self._words().habits), done)

    def value(self, sheet: Opened, column: int, value: str, done: Callable[[bytearray], None]) -> None:
        """Flag the rows that show a value in a column."""
        self._ask("value", self._about(sheet, value_in, column, value, self._words().habits), done)

    def values(self, sheet: Opened, column: int, done: Callable[[Values], None]) -> None:
        """List the values of a column, the most frequent first."""
        self._ask("values", self._about(sheet, values_in, column, self._words().habits), done)

    def _about(self, sheet: Opened, task: Callable[..., T], *args: object) -> Work[Progress, T]:
        session = self._desk.session
        return lambda stop, _: session.about(sheet, task, *args, stop=stop)

    def _ask(self, about: str, work: Work[Progress, T], done: Callable[[T], None]) -> None:
        earlier = self._jobs.get(about)
        if earlier is not None:
            earlier.stop()

        def answer(found: T) -> None:
            if self._jobs.get(about) is job:
                done(found)

        job = self._jobs[about] = self._desk.quietly(work, answer, lane=_LANE)
