"""A number to leaf with, with our own arrows."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSpinBox

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look

_ARROW = 10  # design pixels
_EDGE = 6


class Stepper(QSpinBox):
    """Up and Down, the wheel and a click on an arrow go on by one."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setMinimum(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the number, and the arrows that the style sheet has taken away."""
        super().paintEvent(event)
        size, colour = self._look.px(_ARROW), self._look.tokens.text
        left, middle = self.width() - size - self._look.px(_EDGE), self.height() // 2
        painter = QPainter(self)
        for symbol, top in (("up", middle - size), ("down", middle)):
            painter.drawPixmap(left, top, pixmap(symbol, colour, size, self.devicePixelRatioF()))
        painter.end()
