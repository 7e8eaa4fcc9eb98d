"""Looking through a sheet: texts, values, fixes; behind the page, and only the newest question counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from rowpost.gui.actions.desk import Desk
from rowpost.gui.background import Job, Work
from rowpost.gui.views.finding import rows_with_text, rows_with_value
from rowpost.gui.views.values import Values, values_of
from rowpost.model.outside import Progress
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

if TYPE_CHECKING:
    from rowpost.checks import Fix
    from rowpost.gui.views.places import Kind
    from rowpost.gui.views.review_index import ReviewIndex

T = TypeVar("T")
_LANE = "look"


class LookingDeeds:
    """Questions about the rows of the sheet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: dict[str, Job] = {}

    def text(
        self, table: Table, columns: Sequence[int], text: str, done: Callable[[bytearray], None]
    ) -> None:
        """Flag the rows that hold a text in one of the columns."""
        self._ask("text", lambda stop, _: rows_with_text(table, columns, text, stop), done)

    def value(self, table: Table, column: int, value: str, done: Callable[[bytearray], None]) -> None:
        """Flag the rows that show a value in a column."""
        self._ask("value", lambda _stop, _: rows_with_value(table, column, value), done)

    def values(self, table: Table, layout: Layout, column: int, done: Callable[[Values], None]) -> None:
        """List the values of a column, the most frequent first."""
        self._ask("values", lambda _stop, _: values_of(table, layout, column), done)

    def fixes(self, index: ReviewIndex, kinds: Sequence[Kind], done: Callable[[Sequence[Fix]], None]) -> None:
        """Find the safe fixes of some kinds of problems."""
        self._ask("fixes", lambda _stop, _: _fixes(index, kinds), done)

    def _ask(self, about: str, work: Work[Progress, T], done: Callable[[T], None]) -> None:
        earlier = self._jobs.get(about)
        if earlier is not None:
            earlier.stop()

        def answer(found: T) -> None:
            if self._jobs.get(about) is job:
                done(found)

        job = self._jobs[about] = self._desk.quietly(work, answer, lane=_LANE)


def _fixes(index: ReviewIndex, kinds: Sequence[Kind]) -> Sequence[Fix]:
    from rowpost.checks import safe_fixes

    return safe_fixes(problem for kind in kinds for problem in index.problems_of_kind(kind))
