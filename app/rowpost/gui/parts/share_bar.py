"""Bars drawn with a painter: one share of a whole, or several side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.look.shares import draw_shares
from rowpost.gui.look.tokens import Tone


class SharesBar(QWidget):
    """Counts side by side, each in the colour of its meaning."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._shares: tuple[tuple[int, Tone], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a low, wide bar."""
        return QSize(self._look.px(200), self._look.px(10))

    def show_shares(self, shares: Sequence[tuple[int, Tone]], description: str) -> None:
        """Show counts with their meanings; `description` says the same in words."""
        self._shares = tuple(shares)
        self.setAccessibleDescription(description)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setClipPath(path)
        painter.fillRect(area, QColor(self._look.tokens.window))
        draw_shares(painter, area, self._shares, self._look)
        painter.end()


class ShareBar(SharesBar):
    """How much of a whole is done."""

    def show_share(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        rest = max(0, total - done)
        self.show_shares(((done, Tone.INFO), (rest, Tone.PLAIN)), f"{done} / {total}")
