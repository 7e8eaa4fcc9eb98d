"""Paints a cell in one go: tint, bar, mark and text; the mark survives the selection."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.look.shares import draw_shares
from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.model import TableModel

_SELECTED = QStyle.StateFlag.State_Selected.value
_FOCUS = QStyle.StateFlag.State_HasFocus.value
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(Qt.TextFlag.TextSingleLine)


class CellDelegate(QStyledItemDelegate):
    """The painter of every table in the window."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = look.tokens
        self._look = look
        self._tints = {tone: QColor(tokens.tint(tone)) for tone in Tone}
        self._marks = {tone: QColor(tokens.mark(tone)) for tone in Tone}
        self._text, self._quiet = QColor(tokens.text), QColor(tokens.muted)
        self._selected, self._accent = QColor(tokens.accent_tint), QColor(tokens.accent)
        self._bar, self._air, self._sign = look.px(3), look.px(8), look.px(16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        model = index.model()
        if not isinstance(model, TableModel):
            return
        face = model.face(index.row(), index.column())
        area: QRect = option.rect
        state: int = option.state.value
        self._ground(painter, area, face, selected=bool(state & _SELECTED))
        if state & _FOCUS:
            painter.setPen(QPen(self._accent, self._look.px(2)))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        if face.shares:
            self._draw_shares(painter, area, face)
        else:
            self._write(painter, option, area, face)

    def _draw_shares(self, painter: QPainter, area: QRect, face: Face) -> None:
        """Draw counts side by side; what is there at all can be seen."""
        height = self._look.px(8)
        top = area.center().y() - height // 2
        room = QRectF(area.left() + self._air, top, area.width() - 2 * self._air, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_shares(painter, room, face.shares, self._look)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, face: Face, *, selected: bool) -> None:
        if selected:
            painter.fillRect(area, self._selected)
        elif face.tone is not None:
            painter.fillRect(area, self._tints[face.tone])
        if face.tone is not None:
            painter.fillRect(area.left(), area.top(), self._bar, area.height(), self._marks[face.tone])
        elif face.changed:
            painter.fillRect(area.left(), area.top(), self._bar, area.height(), self._accent)

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, face: Face) -> None:
        left, right = area.left() + self._air, area.right() - self._air
        if face.symbol:
            left = self._draw_sign(painter, area, face, left) + self._air // 2
        elif face.tone is not None:
            self._draw_dot(painter, area, face.tone)
            right -= self._air
        room = QRect(left, area.top(), right - left, area.height())
        metrics = option.fontMetrics
        text = face.text
        if metrics.horizontalAdvance(text) > room.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self._quiet if face.quiet else self._text)
        painter.setFont(self._font(option, face))
        painter.drawText(room, _RIGHT if face.right else _LEFT, text)

    def _font(self, option: QStyleOptionViewItem, face: Face) -> QFont:
        font: QFont = option.font
        if face.strong:
            font = QFont(font)
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def _draw_sign(self, painter: QPainter, area: QRect, face: Face, left: int) -> int:
        sign = pixmap(
            face.symbol, self._marks[face.sign].name(), self._sign, painter.device().devicePixelRatioF()
        )
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

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room a cell would like: its text, up to a reasonable width."""
        model = index.model()
        if not isinstance(model, TableModel):
            return super().sizeHint(option, index)
        face = model.face(index.row(), index.column())
        metrics = option.fontMetrics
        extra = self._sign + self._air if face.symbol or face.tone is not None else 0
        return QSize(metrics.horizontalAdvance(face.text) + 2 * self._air + extra, self._look.px(28))
