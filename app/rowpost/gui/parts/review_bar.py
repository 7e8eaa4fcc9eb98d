"""The bar above the Review table: groups with counts, search, the value in force, undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QLineEdit, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, one_of
from rowpost.gui.parts.flow import Flow
from rowpost.gui.views.review_index import Chip
from rowpost.gui.words import Words

_TYPING_PAUSE = 200  # milliseconds after the last key before the search begins


@dataclass(frozen=True, slots=True)
class BarDeeds:
    """What the bar tells the page."""

    choose: Callable[[Chip], object]
    search: Callable[[str], object]
    forget_value: Callable[[], object]


class ReviewBar(QWidget):
    """Chips are one choice of several, and are announced as such."""

    def __init__(self, look: Look, words: Words, deeds: BarDeeds, undo: QUndoStack) -> None:
        super().__init__()
        self._words = words
        self._roomy = not look.is_large
        self._undo = undo
        self.setAccessibleName(words("review.groups"))
        self.chips = {chip: button("", partial(deeds.choose, chip), kind="chip") for chip in Chip}
        one_of(*self.chips.values())
        self.search = QLineEdit()
        self.search.setPlaceholderText(words("review.search"))
        self.search.setAccessibleName(words("review.search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(look.px(180))
        pause = QTimer(self)
        pause.setSingleShot(True)
        pause.timeout.connect(lambda: deeds.search(self.search.text().strip()))
        self.search.textChanged.connect(lambda: pause.start(_TYPING_PAUSE))
        self.value = button("", deeds.forget_value, kind="chip", look=look, symbol="cross")
        self.value.hide()
        self.back = button("", undo.undo, kind="link", look=look, symbol="undo")
        self.forth = button("", undo.redo, kind="link", look=look, symbol="redo")
        undo.indexChanged.connect(self._show_undo)
        undo.cleanChanged.connect(self._show_undo)
        self.setLayout(
            Flow(
                *(*self.chips.values(), self.search, self.value, self.back, self.forth),
                gap=look.px(8),
                fills=self.search,
            )
        )
        self._show_undo()

    def forget(self) -> None:
        """Show that all rows are asked for; nobody is told."""
        self.chips[Chip.ALL].setChecked(True)
        with QSignalBlocker(self.search):
            self.search.clear()
        self.show_value("")

    def show_chips(self, texts: Mapping[Chip, str]) -> None:
        """Show the groups; one without a text is not there."""
        for chip, text in texts.items():
            made = self.chips[chip]
            made.setText(text)
            # large text has no room for what is not there
            made.setVisible(bool(text) and (self._roomy or made.isChecked() or not text.endswith(" 0")))

    def show_value(self, text: str) -> None:
        """Show which value of which column is asked for; '' for none."""
        self.value.setText(text)
        self.value.setVisible(bool(text))

    def _show_undo(self) -> None:
        undo, words = self._undo, self._words
        name = undo.undoText()
        self.back.setText(words("review.undo", name=name) if name else words("review.undo_last"))
        self.back.setVisible(undo.canUndo())
        name = undo.redoText()
        self.forth.setText(words("review.redo", name=name) if name else words("review.redo_last"))
        self.forth.setVisible(undo.canRedo())
