"""Problems by kind: one line each with its count; choosing one filters the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from rowpost.gui.look.icons import icon
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.places import Kind
from rowpost.gui.views.review import KindLine
from rowpost.gui.words import Words

_SIGNS = {Tone.MUST_FIX: "must_fix", Tone.CHECK: "check", Tone.INFO: "info"}


class KindList(QListWidget):
    """A list of kinds."""

    def __init__(self, look: Look, words: Words, chosen: Callable[[Kind], None]) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self.shown: tuple[KindLine, ...] = ()
        self.setAccessibleName(words("review.kinds"))
        self.setIconSize(QSize(look.px(16), look.px(16)))
        self.setMinimumHeight(look.px(36))
        self.setUniformItemSizes(True)
        self.itemActivated.connect(lambda item: chosen(self.shown[self.row(item)].kind))
        self.itemClicked.connect(lambda item: chosen(self.shown[self.row(item)].kind))

    def show_kinds(self, kinds: tuple[KindLine, ...]) -> None:
        """Show the kinds; the one that is chosen stays chosen."""
        if kinds == self.shown:
            return
        chosen = self.chosen_line
        self.shown = kinds
        self.clear()
        for line in kinds:
            self.addItem(self._item(line))
            if chosen and line.kind == chosen.kind:
                self.setCurrentRow(self.count() - 1)

    def _item(self, line: KindLine) -> QListWidgetItem:
        sign = icon(_SIGNS[line.tone], self._look.tokens.mark(line.tone), self._look.px(16))
        fixable = f"  ·  {self._words('review.fixable')}" if line.fixable else ""
        many = self._words("review.all_rows") if line.concerns_all else self._words.number(line.count)
        return QListWidgetItem(sign, f"{many}  ·  {line.title}{fixable}")

    @property
    def chosen_line(self) -> KindLine | None:
        """The kind that is chosen."""
        return self.shown[self.currentRow()] if 0 <= self.currentRow() < len(self.shown) else None

    def clear_choice(self) -> None:
        """Choose none."""
        self.setCurrentRow(-1)
        self.clearSelection()
