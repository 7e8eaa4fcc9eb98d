"""Review: change cells, leave rows out, take both back; each deed is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack

from rowpost.catalog import FieldKind
from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.history import Swap
from rowpost.gui.actions.judging import JudgingDeeds
from rowpost.gui.views.open_facts import struck_rows
from rowpost.shown.meant import meant, says_nothing_new

if TYPE_CHECKING:
    from rowpost.gui.words import Words

Edits = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Layer:
    """What a person has laid over the workbook."""

    edits: Edits
    left_out: frozenset[int]


class ReviewDeeds:
    """What can be done on the Review page. `name` is what Undo calls the deed."""

    def __init__(
        self, desk: Desk, undo: QUndoStack, judging: JudgingDeeds, words: Callable[[], Words]
    ) -> None:
        self.desk = desk
        self.undo = undo
        self._judging = judging
        self._words = words

    def edit(self, row: int, column: int, text: str, name: str = "") -> None:
        """Change one cell."""
        self.type_in({(row, column): text}, name)

    def type_in(self, texts: Edits, name: str) -> None:
        """Change cells to what a person has typed or pasted."""
        self.change(self.meant(texts), name=name)

    def meant(self, texts: Edits) -> Edits:
        """Return what texts mean that a person has typed, in the form in which the window shows the cells."""
        from rowpost.gui.table.review import columns_of_kind  # the first window does without it

        state = self.desk.state
        if state.opened is None or state.mapping is None:
            return texts
        table, habits = state.opened.table, self._words().habits
        amounts = columns_of_kind(state.mapping, self.desk.session.catalog, FieldKind.AMOUNT)
        return {
            (row, column): meant(
                text, table.cell(row, column), table.epoch_1904, habits, amount=column in amounts
            )
            for (row, column), text in texts.items()
        }

    def change(self, changes: Edits, leave_out: Iterable[int] = (), *, name: str = "") -> None:
        """Change cells and leave rows out, in one step."""
        now = self._now()
        edits = {**now.edits, **changes}
        for cell in self._as_in_the_workbook(changes):
            del edits[cell]
        self._push(Layer(MappingProxyType(edits), now.left_out | frozenset(leave_out)), name)

    def take_back(self, cells: Iterable[tuple[int, int]], name: str) -> None:
        """Take the workbook's own values again."""
        now, gone = self._now(), set(cells)
        kept = {cell: text for cell, text in now.edits.items() if cell not in gone}
        self._push(Layer(MappingProxyType(kept), now.left_out), name)

    def leave_out(self, rows: Iterable[int], name: str) -> None:
        """Leave rows out; they stay in the books as such."""
        now = self._now()
        self._push(Layer(now.edits, now.left_out | frozenset(rows)), name)

    def take_in(self, rows: Iterable[int], name: str) -> None:
        """Take rows back that a person has left out."""
        now = self._now()
        self._push(Layer(now.edits, now.left_out - frozenset(rows)), name)

    def leave_out_struck(self, name: str) -> None:
        """Leave out the rows that are struck through in the workbook."""
        if self.desk.state.opened is not None:
            self.leave_out(struck_rows(self.desk.state.opened), name)

    def take_in_struck(self, name: str) -> None:
        """Take those rows back."""
        if self.desk.state.opened is not None:
            self.take_in(struck_rows(self.desk.state.opened), name)

    def _as_in_the_workbook(self, changes: Edits) -> list[tuple[int, int]]:
        opened = self.desk.state.opened
        if opened is None:
            return []
        table, habits = opened.table, self._words().habits
        return [
            cell
            for cell, edit in changes.items()
            if says_nothing_new(edit, table.cell(*cell), table.epoch_1904, habits)
        ]

    def _now(self) -> Layer:
        state = self.desk.state
        return Layer(state.edits, state.left_out)

    def _push(self, after: Layer, name: str) -> None:
        before = self._now()
        if (after.edits, after.left_out) != (before.edits, before.left_out):
            self.undo.push(Swap(name, before, after, self._put))

    def _put(self, layer: Layer) -> None:
        self.desk.store.update(edits=layer.edits, left_out=layer.left_out)
        self._judging.follow()
