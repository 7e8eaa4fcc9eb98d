"""Paints the cells of a table in one go: tint, bar, mark and text; the mark survives the selection.

Qt's own way asks the model and the painter of every single cell a dozen questions, each a call from C++
into Python: a full table then takes three times as long, and each call waits while a thread is busy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.look.shares import draw_shares
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(Qt.TextFlag.TextSingleLine)
_MOST_TEXTS = 4_000  # more than a large screen shows


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column that is to be painted: its number in the model, where it begins, how wide it is."""

    number: int
    start: int
    size: int


class CellPainter:
    """Draws faces with the colours and sizes of a look."""

    def __init__(self, look: Look, font: QFont) -> None:
        tokens = look.tokens
        self._look = look
        self._tints = {tone: QColor(tokens.tint(tone)) for tone in Tone}
        self._signs = {tone: tokens.mark(tone) for tone in Tone}
        self._marks = {tone: QColor(mark) for tone, mark in self._signs.items()}
        self._text, self._quiet = QColor(tokens.text), QColor(tokens.muted)
        self._selected, self._accent = QColor(tokens.accent_tint), QColor(tokens.accent)
        self._ring, self._hairline = QPen(self._accent, look.px(2)), QColor(tokens.hairline)
        self._bar, self._air, self._sign = look.px(3), look.px(8), look.px(16)
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Write in this font from now on."""
        self._fonts = {False: font, True: QFont(font)}
        self._fonts[True].setWeight(QFont.Weight.DemiBold)
        self._metrics = {strong: QFontMetrics(font) for strong, font in self._fonts.items()}
        self._known: dict[tuple[str, bool, int], str] = {}

    def lines(self, painter: QPainter, rows: Sequence[Line], columns: Sequence[Line]) -> None:
        """Draw the hairlines after rows and columns."""
        right = max(line.start + line.size for line in columns) - 1
        bottom = max(line.start + line.size for line in rows) - 1
        painter.setPen(self._hairline)
        for row in rows:
            y = row.start + row.size - 1
            painter.drawLine(columns[0].start, y, right, y)
        for column in columns:
            x = column.start + column.size - 1
            painter.drawLine(x, rows[0].start, x, bottom)

    def cell(self, painter: QPainter, area: QRect, face: Face, *, selected: bool, focus: bool) -> None:
        """Draw one cell."""
        if selected or face.tone is not None or face.changed:
            self._ground(painter, area, face, selected=selected)
        if focus:
            painter.setPen(self._ring)
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        if face.shares:
            self._draw_shares(painter, area, face)
        elif face.text or face.symbol or face.tone is not None:
            self._write(painter, area, face)

    def _ground(self, painter: QPainter, area: QRect, face: Face, *, selected: bool) -> None:
        if selected:
            painter.fillRect(area, self._selected)
        elif face.tone is not None:
            painter.fillRect(area, self._tints[face.tone])
        if face.tone is not None:
            painter.fillRect(area.left(), area.top(), self._bar, area.height(), self._marks[face.tone])
        elif face.changed:
            painter.fillRect(area.left(), area.top(), self._bar, area.height(), self._accent)

    def _draw_shares(self, painter: QPainter, area: QRect, face: Face) -> None:
        """Draw counts side by side; what is there at all can be seen."""
        height = self._look.px(8)
        top = area.center().y() - height // 2
        room = QRectF(area.left() + self._air, top, area.width() - 2 * self._air, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_shares(painter, room, face.shares, self._look)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, face: Face) -> None:
        left, right = area.left() + self._air, area.right() - self._air
        if face.symbol:
            left = self._draw_sign(painter, area, face, left) + self._air // 2
        elif face.tone is not None:
            self._draw_dot(painter, area, face.tone)
            right -= self._air
        painter.setPen(self._quiet if face.quiet else self._text)
        painter.setFont(self._fonts[face.strong])
        text = self._fitted(face.text, face.strong, right - left)
        room = QRect(left, area.top(), right - left, area.height())
        painter.drawText(room, _RIGHT if face.right else _LEFT, text)

    def _fitted(self, text: str, strong: bool, room: int) -> str:
        """The text, cut short where it is too long: measured once, and again when the room changes."""
        known = self._known.get((text, strong, room))
        if known is None:
            if len(self._known) == _MOST_TEXTS:
                self._known.clear()
            metrics = self._metrics[strong]
            fits = metrics.horizontalAdvance(text) <= room
            known = text if fits else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self._known[text, strong, room] = known
        return known

    def _draw_sign(self, painter: QPainter, area: QRect, face: Face, left: int) -> int:
        ratio = painter.device().devicePixelRatioF()
        sign = pixmap(face.symbol, self._signs[face.sign], self._sign, ratio)
        painter.drawPixmap(left, area.center().y() - self._sign // 2, sign)
        return left + self._sign

    def _draw_dot(self, painter: QPainter, area: QRect, tone: Tone) -> None:
        size = self._look.px(7)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._marks[tone])
        painter.drawEllipse(area.right() - self._air - size // 2, area.center().y() - size // 2, size, size)
        painter.restore()
