"""Review: change cells, see the rows judged again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QUndoStack

from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.history import Swap
from rowpost.gui.actions.matching import MatchingDeeds
from rowpost.model.table import NO_EDITS

Edits = Mapping[tuple[int, int], str]


class ReviewDeeds:
    """What can be done on the Review page."""

    def __init__(self, desk: Desk, undo: QUndoStack, matching: MatchingDeeds) -> None:
        self._desk = desk
        self._matching = matching
        self._undo = undo

    def edit(self, row: int, column: int, text: str) -> None:
        """Change one cell."""
        self.edit_many({(row, column): text})

    def edit_many(self, changes: Edits) -> None:
        """Change cells in one step that can be undone in one."""
        before = self._desk.state.edits
        after = MappingProxyType({**before, **changes})
        self._undo.push(Swap("", before, after, self._put))

    def _put(self, edits: Edits) -> None:
        self._desk.store.update(edits=edits)
        self._matching.check_again()

    def forget_edits(self) -> None:
        """Take the workbook as it is."""
        if self._desk.state.edits:
            self.edit_many(NO_EDITS)
