"""A label of several lines that remembers how tall it is at which width.

Qt measures such a text anew whenever anything in the same layout changes, several times over: with a page
full of them that is most of the time that a change takes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel


class Wrapped(QLabel):
    """Plain text that is broken into lines. Everything that its height depends on is forgotten together."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._heights: dict[int, int] = {}
        self.setWordWrap(True)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text at a width, measured once."""
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = super().heightForWidth(width)
        return known

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self._heights.clear()
            super().setText(text)

    def setContentsMargins(self, left: int, top: int, right: int, bottom: int) -> None:  # type: ignore[override]
        """Leave room around the text."""
        self._heights.clear()
        super().setContentsMargins(left, top, right, bottom)

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style makes another height."""
        self._heights.clear()
        super().changeEvent(event)
