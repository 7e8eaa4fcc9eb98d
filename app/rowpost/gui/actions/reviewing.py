"""Review: change cells, see the rows judged again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtGui import QUndoStack

from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.history import Swap
from rowpost.model.table import NO_EDITS

Edits = Mapping[tuple[int, int], str]


class ReviewDeeds:
    """What can be done on the Review page."""

    def __init__(self, desk: Desk, undo: QUndoStack) -> None:
        self._desk = desk
        self._undo = undo

    def edit(self, row: int, column: int, text: str) -> None:
        """Change one cell."""
        self.edit_many({(row, column): text})

    def edit_many(self, changes: Edits) -> None:
        """Change cells in one step that can be undone in one."""
        before = self._desk.state.edits
        after = MappingProxyType({**before, **changes})
        put = partial(self._put, frozenset(row for row, _ in changes))
        self._undo.push(Swap("", before, after, put))

    def _put(self, rows: frozenset[int], edits: Edits) -> None:
        state = self._desk.state
        if state.opened is None or state.mapping is None or state.assessment is None:
            return
        judged = self._desk.session.recheck(
            state.opened,
            state.mapping,
            state.assessment,
            edits,
            rows,
            state.target,
            include_hidden=state.reading.include_hidden,
        )
        self._desk.store.update(edits=edits, assessment=judged)

    def forget_edits(self) -> None:
        """Take the workbook as it is."""
        if self._desk.state.edits:
            self.edit_many(NO_EDITS)
