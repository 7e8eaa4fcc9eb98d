"""Changes that are proposed, as a value: every cell before and after, and what the deed is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rowpost.checks import Change, Fix, safe_fixes
from rowpost.gui.state import Corrected
from rowpost.gui.views.entering import Told, Under
from rowpost.gui.views.finding import cell_text, shown
from rowpost.gui.views.places import Kind
from rowpost.gui.views.review_index import ReviewIndex
from rowpost.gui.views.unread import unread_sentence
from rowpost.gui.words import Words
from rowpost.model.cells import Kind as CellKind
from rowpost.model.cells import column_letters
from rowpost.model.lazy import Lazy
from rowpost.model.table import VALUE, Cell, Table, edited_cell
from rowpost.shown import Habits, serial_date
from rowpost.shown.serial import iso_serial

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One cell as it is and as it would be; column 0: the row would be left out."""

    row: int
    column: int
    before: str
    after: str
    edit: str = ""  # where it is not `after` that is to be entered, but a value that is shown so

    @property
    def address(self) -> str:
        """The cell as people call it; the row alone where the whole row is meant."""
        return f"{column_letters(self.column)}{self.row}" if self.column else str(self.row)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be done in one step; `name` is what Undo calls it."""

    title: str
    sentence: str
    do: str
    name: str
    changes: Sequence[Proposed]

    def edits(self) -> Iterator[tuple[int, int, str]]:
        """The cells that would change: row, column, what is entered."""
        return ((one.row, one.column, one.edit or one.after) for one in self.changes if one.column)

    @property
    def leave_out(self) -> Sequence[int]:
        """The rows that would be left out."""
        return [one.row for one in self.changes if not one.column]


def fixes_of(index: ReviewIndex, kinds: Iterable[Kind], told: Told) -> Sequence[Fix]:
    """Find the safe fixes of some kinds of problems."""
    every = (problem for kind in kinds for problem in index.problems_of_kind(kind))
    return safe_fixes(_each_told(every, told))


def of_fixes(fixes: Sequence[Fix], table: Table, words: Words, told: Told) -> Proposal:
    """Propose all safe fixes together."""
    proposed = (one for fix in fixes for one in fix.changes)
    changes = [_change(one, table, words) for one in _each_told(proposed, told)]
    out = words("review.will_be_left_out")
    changes += [Proposed(row, 0, "", out) for fix in fixes for row in fix.leave_out]
    changes.sort(key=lambda one: (one.row, one.column))
    count = len(changes)
    return Proposal(
        words("review.fix.title", count=count),
        words("review.fix.sentence"),
        words("review.fix.do", count=count),
        words("review.fix.name", count=count),
        changes,
    )


def _each_told(items: Iterable[T], told: Told) -> Iterator[T]:
    for number, item in enumerate(items):
        told(number)
        yield item


def _change(change: Change, table: Table, words: Words) -> Proposed:
    """Show the cell as the table does, unless that hides what the fix is about."""
    row, column = change.cell.row, change.cell.column
    cell = table.cell(row, column)
    day = iso_serial(change.after, table.epoch_1904) if cell.kind is CellKind.DATE else None
    before = cell_text(cell, table, words.habits)
    if day is None:
        return Proposed(row, column, change.before if before == change.after else before, change.after)
    edit = f"{VALUE}{day.normalize():f}"
    after = cell_text(edited_cell(edit, cell), table, words.habits)
    return Proposed(row, column, _moment(cell, table, words) if before == after else before, after, edit)


def _moment(cell: Cell, table: Table, words: Words) -> str:
    """The day and the time of day, of which the cell itself shows only the day."""
    moment = serial_date(cell.stored, table.epoch_1904)
    return words.wording.write(moment) if moment else cell.stored


class _Replaced(Lazy[Proposed]):
    """The cells of a column that hold a value, each made when it is looked at."""

    def __init__(self, rows: Sequence[int], column: int, under: Under, value: str, new: str) -> None:
        self._rows, self._column, self._under = rows, column, under
        self._value, self._new = value, new

    def __len__(self) -> int:
        return len(self._rows)

    def _make(self, index: int) -> Proposed:
        row, column = self._rows[index], self._column
        return Proposed(row, column, self._value, self._new, self._under.meant(row, column, self._new))


def of_value(rows: Sequence[int], column: int, under: Under, value: str, new: str, words: Words) -> Proposal:
    """Propose another value for every cell of a column that holds this one."""
    count = len(rows)
    return Proposal(
        words("review.replace.title", count=count, value=value, new=new),
        words("review.fix.sentence"),
        words("review.replace.do", count=count),
        words("review.replace.name", value=value, new=new),
        _Replaced(rows, column, under, value, new),
    )


class _CopiedBack(Lazy[Proposed]):
    """What was corrected in a copy, cell by cell, each made when it is looked at."""

    def __init__(self, changes: Sequence[tuple[int, int, str]], table: Table, habits: Habits) -> None:
        self._changes, self._table, self._habits = changes, table, habits

    def __len__(self) -> int:
        return len(self._changes)

    def _make(self, index: int) -> Proposed:
        (row, column, edit), table, habits = self._changes[index], self._table, self._habits
        after = cell_text(edited_cell(edit, table.under(row, column)), table, habits)
        return Proposed(row, column, shown(table, row, column, habits), after, edit)


def of_copy(copy: Corrected, table: Table, words: Words) -> Proposal:
    """Propose what has been corrected in a copy of the workbook."""
    count = len(copy.changes)
    said = words("review.merge.sentence", file=copy.file_name), unread_sentence(copy.unread, words)
    return Proposal(
        words("review.merge.title", count=count),
        " ".join(part for part in said if part),
        words("review.merge.do", count=count),
        words("review.merge.name", count=count),
        _CopiedBack(copy.changes, table, words.habits),
    )
