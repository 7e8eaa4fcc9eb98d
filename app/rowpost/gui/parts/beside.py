"""A text with its buttons: beside it where there is room for both, below it where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QWidget

from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.item_layout import ItemLayout


class Beside(ItemLayout):
    """Two items: the text, which takes what room there is, and the buttons, which wrap if they must."""

    def __init__(self, text: QLayout, buttons: Sequence[QWidget], *, gap: int, least: int) -> None:
        super().__init__(gap=gap)
        self._least = least  # of the text, in pixels, beside the buttons
        self._text, self._buttons = text, Flow(*buttons, gap=gap)
        for part in (self._text, self._buttons):
            self.addChildLayout(part)
            self.addItem(part)

    def expandingDirections(self) -> Qt.Orientation:
        """Take all the width there is."""
        return Qt.Orientation.Horizontal

    def heightForWidth(self, width: int) -> int:
        """Return how high text and buttons are at a width."""
        beside = self._beside(width)
        if beside:
            return max(
                self._text_height(width - beside - self.spacing()), self._buttons.heightForWidth(beside)
            )
        below = self._buttons.heightForWidth(width)
        return self._text_height(width) + (self.spacing() + below if below else 0)

    def setGeometry(self, rect: QRect) -> None:
        """Place text and buttons."""
        super().setGeometry(rect)
        width, gap = rect.width(), self.spacing()
        beside = self._beside(width)
        if beside:
            height = self._buttons.heightForWidth(beside)
            self._text.setGeometry(QRect(rect.x(), rect.y(), width - beside - gap, rect.height()))
            top = rect.y() + max(0, (rect.height() - height) // 2)
            self._buttons.setGeometry(QRect(rect.right() + 1 - beside, top, beside, height))
            return
        alone = not self._buttons.heightForWidth(width)
        height = rect.height() if alone else self._text_height(width)  # alone it stands in the middle
        self._text.setGeometry(QRect(rect.x(), rect.y(), width, height))
        below = QRect(rect.x(), rect.y() + height + gap, width, max(0, rect.height() - height - gap))
        self._buttons.setGeometry(below)

    def sizeHint(self) -> QSize:
        """Return room for the text beside the buttons."""
        return self.minimumSize() + QSize(self._least, 0)

    def minimumSize(self) -> QSize:
        """Return the least room: the wider of the two, one below the other."""
        text, buttons = self._text.minimumSize(), self._buttons.minimumSize()
        return QSize(max(text.width(), buttons.width()), max(text.height(), buttons.height()))

    def _beside(self, width: int) -> int:
        """The width of all buttons in one line where the text has enough left, else 0."""
        hints = [
            item.sizeHint().width()
            for item in map(self._buttons.itemAt, range(self._buttons.count()))
            if item and not item.isEmpty()
        ]
        wanted = sum(hints) + self.spacing() * max(0, len(hints) - 1)
        return wanted if hints and width - wanted - self.spacing() >= self._least else 0

    def _text_height(self, width: int) -> int:
        return (
            self._text.heightForWidth(width)
            if self._text.hasHeightForWidth()
            else self._text.sizeHint().height()
        )
