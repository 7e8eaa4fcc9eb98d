"""The panel beside the Results table: one row in full."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFormLayout, QFrame

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, column, label, line, set_tone
from rowpost.gui.parts.sided import PanelArea
from rowpost.gui.parts.value_text import value_text
from rowpost.gui.views.results import ResultLine
from rowpost.gui.words import Words

_LARGE = 1.4  # text so large that a name and a reference have no room side by side


class ResultPanel(QFrame):
    """Our sentence, the agency's own text beside it, what to do, and the references."""

    def __init__(self, look: Look, words: Words, act: Callable[[str], None]) -> None:
        super().__init__()
        self._act = act
        self.setProperty("kind", "side")
        self._title = label(role="heading", wrap=True, selectable=True)
        self._state = label(role="strong")
        self._ours = label(wrap=True, selectable=True)
        self._theirs_title = label(words("results.their_words"), "small")
        self._theirs = label(wrap=True, selectable=True)
        self._cure = label(role="muted", wrap=True, selectable=True)
        self._decisions = column(gap=look.px(6))
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(look.px(12))
        self._facts.setVerticalSpacing(look.px(6))
        self._facts.setRowWrapPolicy(
            QFormLayout.RowWrapPolicy.WrapAllRows
            if look.scale > _LARGE
            else QFormLayout.RowWrapPolicy.DontWrapRows
        )
        edge = look.px(16)
        body = column(
            self._title,
            self._state,
            self._ours,
            self._theirs_title,
            self._theirs,
            self._cure,
            self._decisions,
            line(),
            self._facts,
            None,
            gap=look.px(8),
            margins=(edge, edge, edge, edge),
        )
        self.setLayout(column(PanelArea(body)))

    def show_line(self, view: ResultLine) -> None:
        """Show one row."""
        self._title.setText(view.title)
        self._state.setText(view.state)
        set_tone(self._state, view.tone.value)
        for made, text in ((self._ours, view.ours), (self._theirs, view.theirs), (self._cure, view.cure)):
            made.setText(text)
            made.setVisible(bool(text))
        self._theirs_title.setVisible(bool(view.theirs))
        clear(self._decisions)
        for name, word in view.decisions:
            self._decisions.addWidget(button(word, partial(self._act, name)))
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in view.facts:
            self._facts.addRow(label(name, "small"), value_text(name, value))
