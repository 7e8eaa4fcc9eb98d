"""Says how much room a cell would like; it is painted by the table itself (`painter.py`)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.table.model import TableModel


class CellDelegate(QStyledItemDelegate):
    """The delegate of every table in the window."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._air, self._sign = look.px(8), look.px(16)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room a cell would like: its text, up to a reasonable width."""
        model = index.model()
        if not isinstance(model, TableModel):
            return super().sizeHint(option, index)
        face = model.face(index.row(), index.column())
        metrics = option.fontMetrics
        extra = self._sign + self._air if face.symbol or face.tone is not None else 0
        return QSize(metrics.horizontalAdvance(face.text) + 2 * self._air + extra, self._look.px(28))
