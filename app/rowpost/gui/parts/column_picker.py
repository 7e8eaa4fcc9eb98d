"""A picker of columns that fills itself only when somebody turns to it: a page has dozens of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from rowpost.gui.look.look import Look
from rowpost.gui.parts.careful_picker import CarefulPicker
from rowpost.gui.views.mapping import ColumnOption

_LETTERS = 9  # that it shows at least


class ColumnPicker(CarefulPicker):
    """Nothing, a fixed value, or a column; the likeliest columns stand first, apart from the others."""

    def __init__(self, look: Look, name: str, chosen: Callable[[int], None]) -> None:
        super().__init__(look, name)
        self._all: Sequence[ColumnOption] = ()
        self._first: tuple[int, ...] = ()
        self._nothing = ""
        self._filled = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setMaxVisibleItems(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda at: chosen(self.itemData(at)))

    def show_choice(
        self, options: Sequence[ColumnOption], first: tuple[int, ...], column: int, nothing: str = ""
    ) -> None:
        """Show what is chosen; the list behind it follows when it is needed.

        `nothing` is what the first of the options says here, '' where it says what it always does.
        """
        if self._filled and options is self._all and first == self._first:
            self.setCurrentIndex(self.findData(column))
            return
        self._all, self._first, self._filled = options, first, False
        self._nothing = nothing
        option = next((one for one in options if one.column == column), options[0])
        self.clear()
        self.addItem(self._text(option), option.column)
        if self.hasFocus():
            self.fill()

    def _text(self, option: ColumnOption) -> str:
        return self._nothing or option.text if option.column == 0 else option.text

    def fill(self) -> None:
        """Put the whole list in."""
        if self._filled:
            return
        self._filled = True
        chosen, likely = self.currentData(), set(self._first)
        by_column = {one.column: one for one in self._all}
        self.clear()
        for one in self._all[:2]:
            self.addItem(self._text(one), one.column)
        self.insertSeparator(self.count())
        for column in self._first:
            self.addItem(by_column[column].text, column)
        if likely:
            self.insertSeparator(self.count())
        for one in self._all[2:]:
            if one.column not in likely:
                self.addItem(one.text, one.column)
        self.setCurrentIndex(self.findData(chosen))

    def showPopup(self) -> None:
        """Open the whole list."""
        self.fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come: arrows and letters choose."""
        self.fill()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse has come."""
        self.fill()
        super().mousePressEvent(event)
