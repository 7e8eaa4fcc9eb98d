"""A line of text that gives way: it shortens itself with an ellipsis where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rowpost.gui.look.look import Look


class Elided(QWidget):
    """Muted text, on one line of writing with a title beside it; the whole of it is in the tooltip."""

    def __init__(self, look: Look, beside: QWidget | None = None) -> None:
        super().__init__()
        self._beside = beside or self
        self._colour = QColor(look.tokens.muted)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show a text."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text), metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for an ellipsis."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("…"), metrics.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        painter = QPainter(self)
        painter.setPen(self._colour)
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())
        metrics = self._beside.fontMetrics()
        painter.drawText(0, (self.height() - metrics.height()) // 2 + metrics.ascent(), text)
        painter.end()
