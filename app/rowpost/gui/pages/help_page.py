"""Help: the fields, the keys, what support needs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout

from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, card, column, label, row, scrolled
from rowpost.gui.state import State
from rowpost.gui.views.help import field_lines, key_lines, support_text
from rowpost.gui.words import Words


class HelpPage(Page):
    """Two lists and a button."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(look, words)
        self._support = ""
        copy = button(words("help.copy"), self._copy, look=look, symbol="copy")
        self._copied = label(role="muted")
        about = row(copy, self._copied, None, gap=look.px(12))
        keys = self._list(words("help.keys"), key_lines(words))
        fields = self._list(words("help.fields"), field_lines(words))
        body = column(about, keys, fields, None, gap=look.px(16))
        edge = look.px(24)
        self.setLayout(column(scrolled(body), margins=(edge, look.px(12), edge, 0)))

    def _list(self, title: str, lines: Iterable[tuple[str, ...]]) -> QFrame:
        look, grid = self.look, QGridLayout()
        grid.setHorizontalSpacing(look.px(24))
        grid.setVerticalSpacing(look.px(8))
        for at, line in enumerate(lines):
            for place, text in enumerate(line):
                said = label(text, "strong" if place == 0 else "", wrap=place > 0, selectable=True)
                grid.addWidget(said, at, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        edge = look.px(20)
        return card(column(label(title, "heading"), grid, gap=look.px(12), margins=(edge, edge, edge, edge)))

    def show_state(self, state: State) -> None:
        """Know what support would ask."""
        self._support = support_text(state)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._support)
        self._copied.setText(self.words("help.copied"))
