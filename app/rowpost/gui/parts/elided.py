"""A line of text that gives way: it shortens itself with an ellipsis where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rowpost.gui.look.look import Look

_FEWEST = 7  # characters; fewer say nothing


class Elided(QLabel):
    """One line, on one line of writing with a title beside it; the whole of it is in the tooltip."""

    def __init__(
        self, look: Look, beside: QWidget | None = None, *, role: str = "", grows: bool = True, least: int = 0
    ) -> None:
        super().__init__()
        self._beside = beside or self
        self._least = least  # pixels that it keeps, if its text is so long
        self._where = Qt.TextElideMode.ElideRight if role else Qt.TextElideMode.ElideMiddle
        self._colour = QColor(look.tokens.text if role == "title" else look.tokens.muted)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        across = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Return room for an ellipsis."""
        metrics = self.fontMetrics()
        whole = super().sizeHint().width()
        return QSize(max(metrics.horizontalAdvance("…"), min(whole, self._least)), metrics.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        text = self.fontMetrics().elidedText(self.text(), self._where, self.width())
        if len(text) < min(_FEWEST, len(self.text())):
            return
        painter = QPainter(self)
        painter.setPen(self._colour)
        metrics = self._beside.fontMetrics()
        painter.drawText(0, (self.height() - metrics.height()) // 2 + metrics.ascent(), text)
        painter.end()
