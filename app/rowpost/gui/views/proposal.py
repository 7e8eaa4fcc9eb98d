"""Changes that are proposed, as a value: every cell before and after, and what the deed is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rowpost.checks import Change, Fix
from rowpost.gui.state import Corrected
from rowpost.gui.views.finding import cell_text, shown
from rowpost.gui.views.unread import unread_sentence
from rowpost.gui.words import Words
from rowpost.model.cells import Kind, column_letters
from rowpost.model.table import VALUE, Cell, Table, edited_cell
from rowpost.shown import Habits, serial_date
from rowpost.shown.serial import iso_serial


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
    changes: tuple[Proposed, ...]

    @property
    def edits(self) -> Mapping[tuple[int, int], str]:
        """The cells that would change."""
        return {(one.row, one.column): one.edit or one.after for one in self.changes if one.column}

    @property
    def leave_out(self) -> Sequence[int]:
        """The rows that would be left out."""
        return [one.row for one in self.changes if not one.column]


def of_fixes(fixes: Iterable[Fix], table: Table, words: Words) -> Proposal:
    """Propose all safe fixes together."""
    changes = [_change(one, table, words) for fix in fixes for one in fix.changes]
    out = words("review.will_be_left_out")
    changes += [Proposed(row, 0, "", out) for fix in fixes for row in fix.leave_out]
    changes.sort(key=lambda one: (one.row, one.column))
    count = len(changes)
    return Proposal(
        words("review.fix.title", count=count),
        words("review.fix.sentence"),
        words("review.fix.do", count=count),
        words("review.fix.name", count=count),
        tuple(changes),
    )


def _change(change: Change, table: Table, words: Words) -> Proposed:
    """Show the cell as the table does, unless that hides what the fix is about."""
    row, column = change.cell.row, change.cell.column
    cell = table.cell(row, column)
    day = iso_serial(change.after, table.epoch_1904) if cell.kind is Kind.DATE else None
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


def of_value(edits: Mapping[tuple[int, int], str], value: str, new: str, words: Words) -> Proposal:
    """Propose another value for every cell of a column that holds this one; `edits` are what it means."""
    changes = tuple(Proposed(row, column, value, new, edit) for (row, column), edit in edits.items())
    count = len(changes)
    return Proposal(
        words("review.replace.title", count=count, value=value, new=new),
        words("review.fix.sentence"),
        words("review.replace.do", count=count),
        words("review.replace.name", value=value, new=new),
        changes,
    )


def of_copy(copy: Corrected, table: Table, words: Words) -> Proposal:
    """Propose what has been corrected in a copy of the workbook."""
    found = tuple(_corrected(*change, table, words.habits) for change in copy.changes)
    count = len(found)
    said = words("review.merge.sentence", file=copy.file_name), unread_sentence(copy.unread, words)
    return Proposal(
        words("review.merge.title", count=count),
        " ".join(part for part in said if part),
        words("review.merge.do", count=count),
        words("review.merge.name", count=count),
        found,
    )


def _corrected(row: int, column: int, edit: str, table: Table, habits: Habits) -> Proposed:
    after = cell_text(edited_cell(edit, table.under(row, column)), table, habits)
    return Proposed(row, column, shown(table, row, column, habits), after, edit)
