"""A row of widgets that goes on in the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayoutItem, QWidget

from rowpost.gui.parts.item_layout import ItemLayout


class Flow(ItemLayout):
    """Sets widgets side by side, from left to right and then downwards, like words on a page."""

    def __init__(
        self, *widgets: QWidget, gap: int, centred: bool = False, fills: QWidget | None = None
    ) -> None:
        super().__init__(gap=gap)
        self._centred = centred
        self._fills = fills  # takes the room that is left in its line
        for widget in widgets:
            self.addWidget(widget)

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than is given."""
        return Qt.Orientation(0)

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at a width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the room for the widest item."""
        hints = [item.sizeHint() for item in self._shown()]
        return QSize(max((hint.width() for hint in hints), default=0), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        """Return the least room: as wide as the widest item at its narrowest."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(QSize(item.minimumSize().width(), item.sizeHint().height()))
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Place the items line by line, each centred in its line; return how high all lines are."""
        top = rect.y()
        for line in self._lines(rect.width()):
            height, spare = max(item.sizeHint().height() for item in line), self._spare(line, rect.width())
            left = rect.x() + (spare // 2 if self._centred else 0)
            for item in line:
                size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
                if self._fills is not None and item.widget() is self._fills:
                    size.setWidth(size.width() + spare)
                if place:
                    item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()
        return max(0, top - self.spacing() - rect.y())

    def _spare(self, line: list[QLayoutItem], width: int) -> int:
        used = sum(min(item.sizeHint().width(), width) for item in line) + self.spacing() * (len(line) - 1)
        return max(0, width - used)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = min(item.sizeHint().width(), width)
            if not lines or used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wide + self.spacing()
        return lines


class RoomForLines(QWidget):
    """A part of a splitter, which by itself would not see that a flow in it needs another line."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for as much height as this width needs."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Follow what comes and goes."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))
