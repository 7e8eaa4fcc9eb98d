"""Buttons that are pressed by whatever a person presses with: mouse, Space, Enter, a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QRadioButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

if TYPE_CHECKING:
    _Base = QAbstractButton  # what it is mixed into
else:
    _Base = object


class _Heard(_Base):
    """A screen reader *toggles* what can be checked; Qt then changes the mark, but calls it no click."""

    _by_us = False

    def setChecked(self, checked: bool) -> None:
        """Set the mark by program: nobody has pressed."""
        before, self._by_us = self._by_us, True
        super().setChecked(checked)
        self._by_us = before

    def nextCheckState(self) -> None:
        """Qt itself sets the mark, and tells of a click afterwards."""
        before, self._by_us = self._by_us, True
        super().nextCheckState()
        self._by_us = before

    def _toggled(self, checked: bool) -> None:
        group = self.group()
        one_of_several = self.autoExclusive() or (group is not None and group.exclusive())
        if not self._by_us and (checked or not one_of_several):
            self.clicked[bool].emit(checked)  # type: ignore[index]  # the one with a value


_RING, _INSIDE = 2, 4  # pixels: the focus ring of a coloured button, and how far inside it lies


class PushButton(_Heard, QPushButton):
    """Pressed by Enter as well as by Space, as on Windows; but once, however long the key is held."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.toggled.connect(self._toggled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter."""
        if event.key() not in _ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button; one that is all in colour has its focus ring inside."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlightedText().color(), _RING))
            area = QRectF(self.rect()).adjusted(_INSIDE, _INSIDE, -_INSIDE, -_INSIDE)
            painter.drawRoundedRect(area, _INSIDE, _INSIDE)
            painter.end()


class RadioButton(_Heard, QRadioButton):
    """One of several."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.toggled.connect(self._toggled)
