"""The table of the Open page: Enter or a double click makes a row the one that names the columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from rowpost.gui.look.look import Look
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.preview import PreviewGrid
from rowpost.gui.table.view import TableView


class PreviewView(TableView):
    """Whole rows are chosen here, not cells."""

    def __init__(self, look: Look, name: str, grid: PreviewGrid, use: Callable[[], None]) -> None:
        super().__init__(look, name, TableModel(grid))
        self._use = use
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda _: use())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._use()
            event.accept()
            return
        super().keyPressEvent(event)

    def show_cell(self, row: int, column: int) -> None:
        """Go to a cell of the preview."""
        index = self.table_model.index(row, max(column, 0))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
