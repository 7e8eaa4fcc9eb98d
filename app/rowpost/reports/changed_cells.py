"""Cells that a person has changed in Rowpost: the copy holds the new value, and says what stood there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from rowpost.model.cells import column_letters
from rowpost.model.table import NO_EDITS, VALUE, Cell, Table
from rowpost.reports.additions import CellMark, Link, Shown, Tone
from rowpost.reports.bare_workbook import sheet_name
from rowpost.shown import habits_of, shown_text
from rowpost.shown.typed import typed
from rowpost.wording import Wording

Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Change:
    """What a cell held and holds, in the workbook and in the copy, and what a person typed ('': a value)."""

    before: Cell
    text: str
    cell: Cell
    epoch_1904: bool

    def now(self, wording: Wording) -> str:
        """What the cell holds now: as a person typed it, or as Excel shows the value that was entered."""
        return self.text or self.shown(self.cell, wording)

    def shown(self, cell: Cell, wording: Wording) -> str:
        """One of the two as Excel shows it to people of this language."""
        text = shown_text(cell, self.epoch_1904, habits_of(wording.language))
        return cell.stored if text is None else text


@dataclass(frozen=True, slots=True)
class ChangedCells:
    """All of them, in the order of rows."""

    sheet: str
    changes: Mapping[Place, Change]

    @classmethod
    def of(cls, table: Table | None) -> Self:
        """The edits over a table, each as a cell of the workbook."""
        if table is None:
            return cls("", {})
        bare = table.with_edits(NO_EDITS)
        changes = {place: _change(bare, place, text) for place, text in sorted(table.edits.items())}
        return cls(table.sheet, changes)

    @property
    def cells(self) -> dict[Place, Cell]:
        """What the sheet's cells hold now."""
        return {place: change.cell for place, change in self.changes.items()}

    def marked(self, marks: Mapping[Place, CellMark], wording: Wording) -> dict[Place, CellMark]:
        """The marks, and one for each changed cell; a cell that has one keeps its tint."""
        every = dict(marks)
        for place, change in self.changes.items():
            said, there = _comment(change, wording), every.get(place)
            text = f"{there.comment}\n{said}".strip() if there else said
            every[place] = CellMark(there.tone if there else Tone.CHANGED, text)
        return every

    def count_line(self, wording: Wording) -> list[tuple[Shown, ...]]:
        """How many there are, if there are any."""
        count = len(self.changes)
        return [(wording.say("reports.changed.count", {"count": count}),)] if count else []

    def lines(self, wording: Wording) -> Iterator[tuple[Shown, ...]]:
        """Every changed cell on a line: where, what it holds, what it held."""
        for (row, column), change in self.changes.items():
            place = Link(sheet_name(self.sheet), f"{column_letters(column)}{row}")
            yield (
                place,
                change.now(wording) or wording.say("reports.changed.empty"),
                _comment(change, wording),
            )


def listed(changed: ChangedCells, wording: Wording) -> Sequence[tuple[Shown, ...]]:
    """A block of lines for a page: the count, then each cell."""
    return [(), *changed.count_line(wording), *changed.lines(wording)] if changed.changes else []


def _change(table: Table, place: Place, text: str) -> Change:
    before, epoch = table.cell(*place), table.epoch_1904
    return Change(before, "" if text.startswith(VALUE) else text, typed(text, before, epoch), epoch)


def _comment(change: Change, wording: Wording) -> str:
    before = change.shown(change.before, wording)
    if not before:
        return wording.say("reports.changed.was_empty")
    return wording.say("reports.changed.was", {"before": before})
