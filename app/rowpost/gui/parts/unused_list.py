"""The columns that are not sent: drag one to a field, or press Enter and pick the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from rowpost.gui.look.look import Look
from rowpost.gui.table.model import Index
from rowpost.gui.views.map_lines import MapGroup
from rowpost.gui.views.mapping import UnusedColumn

COLUMN_MIME = "application/x-rowpost-column"
_COLUMN, _SAMPLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class UnusedList(QListWidget):
    """One item a column; Enter, a click or the menu key asks for the field."""

    def __init__(self, look: Look, name: str, chosen: Callable[[str, int], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._shown: Sequence[UnusedColumn] = ()
        self._groups: Sequence[MapGroup] = ()
        self.setAccessibleName(name)
        self.setProperty("kind", "plain")
        self.setItemDelegate(_TwoLines(look, self))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def show_columns(self, columns: Sequence[UnusedColumn], groups: Sequence[MapGroup]) -> None:
        """Show the columns; `groups` are the fields that they can be used for."""
        self._groups = groups
        if columns == self._shown:
            return
        self._shown = columns
        self.clear()
        for one in columns:
            item = QListWidgetItem(one.heading)
            item.setData(_COLUMN, one.column)
            item.setData(_SAMPLE, one.sample)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, one.sample)
            item.setToolTip(f"{one.heading}\n{one.sample}".strip())
            self.addItem(item)

    def mimeTypes(self) -> list[str]:
        """What is dragged: a column's number."""
        return [COLUMN_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the number of the column that is dragged."""
        data = QMimeData()
        for item in items:
            data.setData(COLUMN_MIME, str(item.data(_COLUMN)).encode())
        return data

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the field."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._ask(item)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks for the field."""
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() is Qt.MouseButton.LeftButton:
            self._ask(item)

    def menu_for(self, column: int) -> QMenu:
        """Return the fields that a column can be used for: those that wait first, then all by group."""
        made = QMenu(self)
        free = [line for group in self._groups for line in group.lines if line.column == 0]
        waiting = [line for line in free if line.required]
        for line in waiting:
            made.addAction(line.label).triggered.connect(partial(self._chosen, line.key, column))
        if waiting:
            made.addSeparator()
        for group in self._groups:
            lines = [line for line in group.lines if line.column == 0 and not line.required]
            if lines:
                below = made.addMenu(group.title)
                for line in lines:
                    below.addAction(line.label).triggered.connect(partial(self._chosen, line.key, column))
        return made

    def _ask(self, item: QListWidgetItem) -> None:
        place = self.visualItemRect(item).bottomLeft()
        menu = self.menu_for(item.data(_COLUMN))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(QPoint(place.x(), place.y())))


class _TwoLines(QStyledItemDelegate):
    """The heading, and below it a first value."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        """Return room for two lines."""
        return QSize(0, 2 * option.fontMetrics.height() + self._look.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw both lines, shortened where there is no room."""
        look, edge = self._look, self._look.px(8)
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_chosen or is_under_mouse:
            painter.fillRect(option.rect, look.colour("accent_tint" if is_chosen else "hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), look.px(2)))
            painter.drawRect(option.rect.adjusted(*[look.px(1)] * 2, *[-look.px(1)] * 2))
        height = option.fontMetrics.height()
        top = option.rect.top() + look.px(6)
        room = option.rect.width() - 2 * edge
        strong = option.font
        for line, role, colour in ((0, Qt.ItemDataRole.DisplayRole, "text"), (1, _SAMPLE, "muted")):
            strong.setBold(line == 0)
            painter.setFont(strong)
            painter.setPen(look.colour(colour))
            text = painter.fontMetrics().elidedText(str(index.data(role)), Qt.TextElideMode.ElideRight, room)
            place = QRect(option.rect.left() + edge, top + line * height, room, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
