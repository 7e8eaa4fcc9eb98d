"""The panel beside the list of runs: one run in full, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFormLayout, QFrame, QPushButton

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, column, label, line, set_tone
from rowpost.gui.parts.share_bar import SharesBar
from rowpost.gui.parts.sided import PanelArea
from rowpost.gui.parts.value_text import value_text
from rowpost.gui.parts.wrapped_link import WrappedLink
from rowpost.gui.views.history import RunView
from rowpost.gui.words import Words


@dataclass(frozen=True, slots=True)
class RunChoices:
    """What the buttons do; each is given the run that is shown."""

    show: Callable[[str], object]
    go_on: Callable[[str], object]
    save_results: Callable[[str], object]
    save_receipt: Callable[[str], object]
    follow: Callable[[str], object]
    compare: Callable[[str], object]
    forget: Callable[[str], object]


class RunPanel(QFrame):
    """File, verdicts, facts, buttons."""

    def __init__(self, look: Look, words: Words, choices: RunChoices) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self._view: RunView | None = None
        self._look = look
        self._words = words
        self._choices = choices
        self._title = label(role="heading", wrap=True, selectable=True)
        self._status = label(role="strong")
        self._bar = SharesBar(look, words("results.bar"))
        self._outcome = label(wrap=True, selectable=True)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(look.px(12))
        self._facts.setVerticalSpacing(look.px(6))
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._links = column(gap=look.px(4))
        self.buttons = self._make_buttons(look)
        edge = look.px(16)
        body = column(
            *(self._title, self._status, self._bar, self._outcome, *self.buttons.values()),
            *(line(), self._facts, self._links, None),
            gap=look.px(8),
            margins=(edge, edge, edge, edge),
        )
        self.setLayout(column(PanelArea(body)))

    def _make_buttons(self, look: Look) -> dict[str, QPushButton]:
        symbols = {
            "show": "results",
            "go_on": "play",
            "save_results": "save",
            "save_receipt": "file",
            "follow": "follow",
            "compare": "map",
            "forget": "person",
        }
        return {
            name: button(self._words(f"history.do.{name}"), partial(self._do, name), look=look, symbol=symbol)
            for name, symbol in symbols.items()
        }

    def _do(self, name: str) -> None:
        if self._view is not None:
            deed: Callable[[str], object] = getattr(self._choices, name)
            deed(self._view.run)

    def show_run(self, view: RunView) -> None:
        """Show one run."""
        if view == self._view:
            return
        self._view = view
        self._title.setText(view.title)
        self._status.setText(view.status)
        set_tone(self._status, view.tone.value)
        self._bar.show_shares(view.shares, view.outcome)
        self._outcome.setText(view.outcome)
        self.buttons["go_on"].setText(view.go_on)
        self.buttons["go_on"].setVisible(bool(view.go_on))
        self.buttons["forget"].setVisible(view.may_forget)
        self.buttons["follow"].setVisible(view.may_follow)
        self._show_links(view)
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in view.facts:
            self._facts.addRow(label(name, "small"), value_text(name, value))

    def _show_links(self, view: RunView) -> None:
        """Lead to the run whose rows this one sends again, and to those that sent its rows again."""
        clear(self._links)
        before = [("history.follows", view.follows)] if view.follows else []
        for code, run in (*before, *(("history.followed", run) for run in view.followed_by)):
            link = WrappedLink(self._look, partial(self._choices.show, run), "results")
            link.say(self._words(code, run=run))
            self._links.addWidget(link)
