"""What becomes of the cells that a person types, pastes or fills: pure, and cell by cell, however many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from rowpost.gui.views.finding import cell_text
from rowpost.model.table import Table, edited_cell
from rowpost.shown import Habits
from rowpost.shown.meant import meant, says_nothing_new

Edits = Mapping[tuple[int, int], str]
Change = tuple[int, int, str]  # row, column, what is entered
Told = Callable[[int], None]  # called with the number of every cell; may raise Stopped


class Cells(Protocol):
    """New texts for cells; a row or column that is none of the workbook's (0 or less) takes nothing."""

    def cells(self) -> Iterator[Change]:
        """Row, column and text of every cell."""
        ...


@dataclass(frozen=True, slots=True)
class Layer:
    """What a person has laid over the workbook."""

    edits: Edits
    left_out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Under:
    """The workbook's own cells, how the window shows them, and which columns give amounts."""

    table: Table
    habits: Habits
    amounts: frozenset[int] = frozenset()

    def meant(self, row: int, column: int, text: str) -> str:
        """Return what a text means that is typed over a cell, in the form in which the cell is shown."""
        table = self.table
        before, is_amount = table.cell(row, column), column in self.amounts
        return meant(text, before, table.epoch_1904, self.habits, amount=is_amount)

    def is_new(self, row: int, column: int, edit: str) -> bool:
        """Whether an edit makes the cell another one than the workbook's."""
        table = self.table
        return not says_nothing_new(edit, table.cell(row, column), table.epoch_1904, self.habits)

    def shows(self, row: int, column: int, edits: Edits) -> str:
        """Return the text of a cell as the window shows it under these edits."""
        cell, edit = self.table.cell(row, column), edits.get((row, column))
        return cell_text(cell if edit is None else edited_cell(edit, cell), self.table, self.habits)


@dataclass(frozen=True, slots=True)
class Entered:
    """The layer as it is then; how many cells have changed, the first of them, how many found no room."""

    layer: Layer
    count: int
    first: tuple[int, int] = (0, 0)
    cut_off: int = 0


def entered(block: Cells, under: Under, now: Layer, told: Told) -> Entered:
    """Put texts into cells as if they were typed there one by one."""
    edits, count, first, cut_off = dict(now.edits), 0, (0, 0), 0
    for number, (row, column, text) in enumerate(block.cells()):
        told(number)
        if row < 0:
            cut_off += 1
        elif column and text != under.shows(row, column, now.edits):
            count, first = count + 1, first if count else (row, column)
            edit = under.meant(row, column, text)
            if edit == text and (row, column) not in now.edits:
                edits[row, column] = edit  # another text than the workbook's is new without looking closer
            else:
                _lay(edits, under, row, column, edit)
    return Entered(Layer(MappingProxyType(edits), now.left_out), count, first, cut_off)


def laid_over(
    changes: Iterable[Change], leave_out: Iterable[int], under: Under, now: Layer, told: Told
) -> Layer:
    """Lay edits over cells, and leave rows out."""
    edits = dict(now.edits)
    for number, (row, column, edit) in enumerate(changes):
        told(number)
        _lay(edits, under, row, column, edit)
    return Layer(MappingProxyType(edits), now.left_out | frozenset(leave_out))


def _lay(edits: dict[tuple[int, int], str], under: Under, row: int, column: int, edit: str) -> None:
    """Lay an edit over a cell; one that leaves it as it is in the workbook is none."""
    if under.is_new(row, column, edit):
        edits[row, column] = edit
    else:
        edits.pop((row, column), None)
