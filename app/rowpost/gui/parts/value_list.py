"""The values of a column, under its heading: search, choose one to see its rows, or replace it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.views.finding import with_one_blank
from rowpost.gui.views.values import ValuesView
from rowpost.gui.words import Words

_VALUE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ValueDeeds:
    """What can be done with a value of a column (Excel's number)."""

    show: Callable[[int, str], object]
    replace: Callable[[int, str, str], object]


class ValueList(QFrame):
    """A panel under a heading; goes away with Escape or a click beside it."""

    def __init__(self, look: Look, words: Words, deeds: ValueDeeds, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._words = words
        self._deeds = deeds
        self._view = ValuesView(0, "", "", (), "")
        self.setProperty("kind", "card")
        room = self.screen().availableSize()
        self.setFixedSize(min(look.px(340), room.width()), min(look.px(420), room.height()))
        self._title = label(role="heading", wrap=True)
        self._quality = label(role="muted", wrap=True)
        self._more = label(role="small", wrap=True)
        self.search = QLineEdit()
        self.values = QListWidget()
        self._show = button(words("review.values.show"), self._show_rows, kind="primary")
        self._new = QLineEdit()
        self._replace = button(words("review.values.replace"), self._replace_all)
        self._arrange(look)

    def _arrange(self, look: Look) -> None:
        words = self._words
        for field, code in ((self.search, "review.values.search"), (self._new, "review.values.new")):
            field.setPlaceholderText(words(code))
            field.setAccessibleName(words(code))
        self.search.textChanged.connect(self._fill)
        self._new.returnPressed.connect(self._replace_all)
        self.values.setAccessibleName(words("review.values"))
        self.values.setUniformItemSizes(True)
        self.values.itemActivated.connect(lambda _: self._show_rows())
        edge = look.px(12)
        whole = column(
            self._title,
            self._quality,
            self.search,
            self.values,
            self._more,
            self._show,
            row(self._new, self._replace, gap=look.px(8)),
            gap=look.px(8),
            margins=(edge, edge, edge, edge),
        )
        whole.setStretchFactor(self.values, 1)
        self.setLayout(whole)

    def show_values(self, view: ValuesView, below: QPoint) -> None:
        """Open under a place of the screen."""
        self._view = view
        self.setAccessibleName(view.title)
        self._title.setText(view.title)
        self._quality.setText(view.quality)
        self._more.setText(view.more)
        self._more.setVisible(bool(view.more))
        self.search.clear()
        self._new.clear()
        self._fill()
        room = self.screen().availableGeometry()
        left = min(below.x(), room.right() - self.width())
        self.move(max(room.left(), left), min(below.y(), room.bottom() - self.height()))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        wanted = with_one_blank(self.search.text()).strip().casefold()
        self.values.clear()
        for value, count in self._view.values:
            if wanted in with_one_blank(value).casefold():
                item = QListWidgetItem(
                    f"{value or self._words('review.empty')}  ·  {self._words.number(count)}"
                )
                item.setData(_VALUE, value)
                self.values.addItem(item)
        self.values.setCurrentRow(0)
        for part in (self._show, self._replace, self._new):
            part.setEnabled(self.values.count() > 0)

    def _chosen(self) -> str | None:
        item = self.values.currentItem()
        return None if item is None else str(item.data(_VALUE))

    def _show_rows(self) -> None:
        value = self._chosen()
        if value is not None:
            self.close()
            self._deeds.show(self._view.column, value)

    def _replace_all(self) -> None:
        value, new = self._chosen(), self._new.text()
        if value is not None and new != value:
            self.close()
            self._deeds.replace(self._view.column, value, new)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the search into the list, Enter shows the rows."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.values.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self._show_rows()
        else:
            super().keyPressEvent(event)
