"""A picker: a choice out of a list, which shortens itself with an ellipsis where there is no room."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look

_FRAME = 32  # design pixels around the texts of the list
_WIDEST = 520
_LEAST = 112


class Picker(QComboBox):
    """A choice with our own arrow, which the mouse wheel does not change by accident."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        if sys.platform != "win32":  # there Qt tells what it holds instead of its name
            self.setAccessibleDescription(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: a word or two."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._look.px(_LEAST)), hint.height())

    def showPopup(self) -> None:
        """Open the list as high and as wide as its items need: Qt forgets the frame of ours."""
        view = self.view()
        view.setAccessibleName(self.accessibleName())
        widest = view.sizeHintForColumn(0) + self._look.px(_FRAME)
        view.setMinimumWidth(min(widest, self._look.px(_WIDEST)))
        super().showPopup()
        rows = range(min(self.count(), self.maxVisibleItems()))
        needed = sum(map(view.sizeHintForRow, rows))
        self._grow(needed - view.viewport().height() + self._look.px(_FRAME))  # the arrows go
        self._grow(needed - view.viewport().height())  # and leave their room

    def _grow(self, pixels: int) -> None:
        """Make the list higher, or lower, within the screen."""
        window, room = self.view().window(), self.screen().availableGeometry()
        place = window.geometry().adjusted(0, 0, 0, pixels)
        place.moveBottom(min(place.bottom(), room.bottom()))
        window.setGeometry(place.intersected(room))
        if layout := window.layout():
            layout.activate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead."""
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten what has no room, with an ellipsis; the whole of it is in the tooltip."""
        super().initStyleOption(option)
        text = self.currentText()
        room = (
            self.style()
            .subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            .width()
        )
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        option.currentText = shown
        cut_off = text if shown != text else ""
        if self.toolTip() != cut_off:
            self.setToolTip(cut_off)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice, and the arrow that the style sheet has taken away."""
        super().paintEvent(event)
        size, tokens = self._look.px(14), self._look.tokens
        colour = tokens.text if self.isEnabled() else tokens.muted
        painter = QPainter(self)
        place = self.width() - size - self._look.px(8), (self.height() - size) // 2
        painter.drawPixmap(*place, pixmap("down", colour, size, self.devicePixelRatioF()))
        painter.end()
