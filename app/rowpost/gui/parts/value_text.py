"""A value beside its name: broken into lines where there is no room, never cut, and copied as it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from rowpost.gui.parts.build import label

_SHORT = 20  # characters that any panel has room for


def value_text(name: str, value: str) -> QWidget:
    """Make the widget of a value; `name` is what a screen reader says of one that can be gone to."""
    longest = max(map(len, value.split()), default=0)
    return label(value, wrap=True, selectable=True) if longest <= _SHORT else LongText(name, value)


class LongText(QTextEdit):
    """Text without a place to be broken at: an address, a reference. It is broken anywhere."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.setProperty("kind", "value")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        for bars in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setPlainText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at a width."""
        copy = self.document().clone()
        copy.setTextWidth(width - 2 * self.frameWidth())
        return round(copy.size().height()) + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.toPlainText()), metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for some letters of one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * _SHORT // 2, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as this width needs."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))
