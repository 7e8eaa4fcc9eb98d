"""A picker that arrow keys open instead of changing: nothing is chosen in passing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from rowpost.gui.parts.picker import Picker

_OPENING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})


class CarefulPicker(Picker):
    """Arrows and letters open the list; Enter takes what is marked there, Escape leaves all as it was."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list for keys that would otherwise choose at once."""
        if event.key() in _OPENING or (event.text().strip() and not event.modifiers()):
            self.showPopup()
            event.accept()
            return
        super().keyPressEvent(event)
