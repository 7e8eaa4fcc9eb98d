"""Review: change cells, leave rows out, take both back; each deed is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack

from rowpost.catalog import FieldKind
from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.history import Swap
from rowpost.gui.actions.judging import JudgingDeeds
from rowpost.gui.actions.layering import Layering
from rowpost.gui.table.blocks import FEW_CELLS, Put
from rowpost.gui.views.entering import Entered, Layer, Told, Under, entered, laid_over
from rowpost.gui.views.open_facts import struck_rows

if TYPE_CHECKING:
    from rowpost.gui.views.proposal import Proposal
    from rowpost.gui.words import Words

Edits = Mapping[tuple[int, int], str]


class ReviewDeeds:
    """What can be done on the Review page. `name` is what Undo calls the deed."""

    def __init__(
        self, desk: Desk, undo: QUndoStack, judging: JudgingDeeds, words: Callable[[], Words]
    ) -> None:
        self.desk = desk
        self.undo = undo
        self._judging = judging
        self._words = words
        self.layering = Layering(desk)

    def edit(self, row: int, column: int, text: str, name: str = "") -> None:
        """Change one cell."""
        self.type_in({(row, column): text}, name)

    def type_in(self, texts: Edits, name: str) -> None:
        """Change a few cells to what a person has typed or pasted."""
        under = self.under()
        if under is None:
            return
        meant = ((row, column, under.meant(row, column, text)) for (row, column), text in texts.items())
        self._push(laid_over(meant, (), under, self._now(), _at_once), name)

    def put(self, block: Put, done: Callable[[Entered], str]) -> None:
        """Put texts into many cells, in one step; `done` names it."""
        under, now = self.under(), self._now()
        if under is None:
            return

        def found(made: Entered) -> None:
            name = done(made)
            if made.count:
                self._push(made.layer, name)

        self.layering.begin(block.size, lambda told: entered(block, under, now, told), found)

    def take(self, taken: Proposal, done: Callable[[], None]) -> None:
        """Do what was proposed, in one step."""
        under, now = self.under(), self._now()
        if under is None:
            return

        def work(told: Told) -> Layer:
            return laid_over(taken.edits(), taken.leave_out, under, now, told)

        def found(layer: Layer) -> None:
            self._push(layer, taken.name)
            done()

        if len(taken.changes) <= FEW_CELLS:
            found(work(_at_once))
        else:
            self.layering.begin(len(taken.changes), work, found)

    def under(self) -> Under | None:
        """The workbook's own cells, for what is entered over them; None where there is no sheet."""
        from rowpost.gui.table.review import columns_of_kind  # the first window does without it

        state = self.desk.state
        if state.opened is None or state.mapping is None:
            return None
        amounts = columns_of_kind(state.mapping, self.desk.session.catalog, FieldKind.AMOUNT)
        return Under(state.opened.table, self._words().habits, amounts)

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


def _at_once(_: int) -> None:
    """A few cells: nobody has to be told how far it is."""
