"""The target badge: how much in earnest this is, in a word, a colour and a shape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.model.targets import Environment

TONES = {
    Environment.PRACTICE: Tone.PRACTICE,
    Environment.STAGING: Tone.TEST,
    Environment.PRODUCTION: Tone.LIVE,
}
_STRIPE = 12.0  # design pixels from one stripe to the next
_AROUND = 44  # design pixels: the shape, and air around the word
_ARROW = 14


class Drawing:
    """Word and shape on a tint: circle for practice, triangle for test, full square for live."""

    def __init__(self, look: Look, environment: Environment, word: str, font: QFont) -> None:
        self._look = look
        self._environment = environment
        self._word = word
        self._font = QFont(font)
        self._font.setBold(True)
        live, marks = environment is Environment.PRODUCTION, look.tokens
        self.mark, tint = marks.mark(TONES[environment]), marks.tint(TONES[environment])
        self._ground, self.ink = (self.mark, marks.base) if live else (tint, self.mark)

    def size(self) -> QSize:
        """Return room for the shape, the word and air around them."""
        words = QFontMetrics(self._font).horizontalAdvance(self._word)
        return QSize(words + self._look.px(_AROUND), self._look.px(28))

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Draw it into an area."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.mark), self._look.px(1)))
        painter.setBrush(QBrush(QColor(self._ground)))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(self.ink)))
        self._shape(painter, QPointF(area.left() + self._look.px(16), area.center().y()))
        painter.setPen(QColor(self.ink))
        painter.setFont(self._font)
        painter.drawText(area.adjusted(self._look.px(28), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)

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


class BadgeSign(QWidget):
    """The badge in a list."""

    def __init__(self, look: Look, environment: Environment, word: str) -> None:
        super().__init__()
        self._drawing = Drawing(look, environment, word, self.font())
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room it needs."""
        return self._drawing.size()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        self._drawing.paint(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class Badge(QAbstractButton):
    """The badge at the top of the window; pressing it offers the targets."""

    def __init__(self, look: Look, environment: Environment, word: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._drawing = Drawing(look, environment, word, self.font())
        self.setText(word)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the badge, its arrow and its focus ring."""
        size = self._drawing.size()
        return QSize(size.width() + self._look.px(_ARROW + 8), size.height() + self._look.px(6))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the badge, the arrow, and the ring while it has the keyboard."""
        ring, arrow = self._look.px(3), self._look.px(_ARROW)
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(ring, ring, -ring, -ring)
        self._drawing.paint(painter, area)
        picture = pixmap("down", self._drawing.ink, arrow, self.devicePixelRatioF())
        painter.drawPixmap(
            round(area.right()) - arrow - self._look.px(8), (self.height() - arrow) // 2, picture
        )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent"), self._look.px(2)))
            around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)
        painter.end()


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
