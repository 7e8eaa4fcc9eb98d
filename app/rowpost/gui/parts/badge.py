"""The target badge: how much in earnest this is, in a word, a colour and a shape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.model.targets import Environment

TONES = {
    Environment.PRACTICE: Tone.PRACTICE,
    Environment.STAGING: Tone.TEST,
    Environment.PRODUCTION: Tone.LIVE,
}
_STRIPE = 12.0  # design pixels from one stripe to the next


class Badge(QWidget):
    """Word and shape on a tint: circle for practice, triangle for test, full square for live."""

    def __init__(
        self, look: Look, environment: Environment, word: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._environment = environment
        self._word = word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the shape, the word and air around them."""
        words = QFontMetrics(self._bold_font()).horizontalAdvance(self._word)
        return QSize(words + self._look.px(44), self._look.px(28))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the badge."""
        tone = TONES[self._environment]
        live = self._environment is Environment.PRODUCTION
        mark, tint = (QColor(c) for c in (self._look.tokens.mark(tone), self._look.tokens.tint(tone)))
        ground, ink = (mark, QColor(self._look.tokens.base)) if live else (tint, mark)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mark, self._look.px(1)))
        painter.setBrush(QBrush(ground))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(ink))
        self._shape(painter, QPointF(area.left() + self._look.px(16), area.center().y()))
        painter.setPen(ink)
        painter.setFont(self._bold_font())
        painter.drawText(area.adjusted(self._look.px(28), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()

    def _shape(self, painter: QPainter, centre: QPointF) -> None:
        half = float(self._look.px(5))
        if self._environment is Environment.PRACTICE:
            painter.drawEllipse(centre, half, half)
        elif self._environment is Environment.STAGING:
            x, y = centre.x(), centre.y()
            corners = [QPointF(x, y - half), QPointF(x + half, y + half), QPointF(x - half, y + half)]
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.drawRect(QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half))

    def _bold_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font


class Band(QWidget):
    """A narrow band across the window, striped while nothing is in earnest."""

    def __init__(self, look: Look, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._environment = environment
        self.setFixedHeight(look.px(4))
        self.setVisible(environment is not Environment.PRODUCTION)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the stripes."""
        tone = TONES[self._environment]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._look.tokens.tint(tone)))
        step, height = _STRIPE * self._look.scale, float(self.height())
        painter.setPen(QPen(QColor(self._look.tokens.mark(tone)), step / 2.5))
        for number in range(-1, int(self.width() / step) + 2):
            painter.drawLine(QPointF(number * step, height + 2), QPointF(number * step + height + 4, -2))
        painter.end()
