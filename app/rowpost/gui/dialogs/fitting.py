"""A dialog that is as high as its texts need at its width, and scrolls where the screen is too small."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from rowpost.gui.parts.build import column, scrolled

_OF_SCREEN = 0.92  # that a dialog may take
_FRAME = 48  # pixels that the desktop draws around a dialog


class FittingDialog(QDialog):
    """Shows a layout; `fit` is called again when what it shows has changed."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self._wanted = width
        self._inside: QLayout | None = None

    def fill(self, content: QLayout) -> None:
        """Show this, from now on."""
        self._inside = content
        self.setLayout(column(scrolled(content)))

    def fit(self) -> None:
        """Be as wide as wanted and as high as that needs, within the screen."""
        if self._inside is None:
            return
        room = self.screen().availableSize()
        least = self._inside.totalMinimumSize().width()
        width = min(max(self._wanted, least), round(room.width() * _OF_SCREEN))
        height = self._inside.totalHeightForWidth(width)
        if height < 0:
            height = self._inside.totalSizeHint().height()
        self.setMinimumWidth(width)
        self.resize(width, min(height, room.height() - _FRAME))

    def showEvent(self, event: QShowEvent) -> None:
        """Find the right size, now that the style is known."""
        self.fit()
        super().showEvent(event)
