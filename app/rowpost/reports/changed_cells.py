"""Cells that a person has changed in Rowpost: the copy holds the new value, and says what stood there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from rowpost.model.cells import column_letters
from rowpost.model.table import NO_EDITS, Cell, Table
from rowpost.reports.additions import CellMark, Link, Shown, Tone
from rowpost.reports.bare_workbook import sheet_name
from rowpost.shown import shown_text
from rowpost.shown.typed import typed
from rowpost.wording import Wording

Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Change:
    """What a cell held and holds: as Excel shows it, as a person typed it, as the file stores it."""

    before: str
    now: str
    cell: Cell


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
            yield place, change.now or wording.say("reports.changed.empty"), _comment(change, wording)


def listed(changed: ChangedCells, wording: Wording) -> Sequence[tuple[Shown, ...]]:
    """A block of lines for a page: the count, then each cell."""
    return [(), *changed.count_line(wording), *changed.lines(wording)] if changed.changes else []


def _change(table: Table, place: Place, text: str) -> Change:
    before = table.cell(*place)
    shown = shown_text(before, table.epoch_1904)
    return Change(before.stored if shown is None else shown, text, typed(text, before, table.epoch_1904))


def _comment(change: Change, wording: Wording) -> str:
    if not change.before:
        return wording.say("reports.changed.was_empty")
    return wording.say("reports.changed.was", {"before": change.before})
