"""Follow-up: what the agency holds of the invoices that were sent, and the organisation's batches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from rowpost.gui.actions.following import FollowDeeds
from rowpost.gui.follow_state import FollowTab
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, column, label, one_of
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.follow_batches import FollowBatches
from rowpost.gui.parts.follow_invoices import FollowInvoices
from rowpost.gui.parts.picker import Picker
from rowpost.gui.state import State
from rowpost.gui.views.following import runs_offered
from rowpost.gui.words import Words

_SEARCH_WIDTH, _WIDEST_RUN = 264, 360  # design pixels
_NOTHING, _INVOICES, _BATCHES = range(3)


class FollowupPage(Page):
    """What to look at, then the invoices or the batches."""

    def __init__(self, look: Look, words: Words, deeds: FollowDeeds) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._state: State | None = None
        self._offered: tuple[tuple[str, str], ...] | None = None
        self.invoices = FollowInvoices(look, words, deeds)
        self.batches = FollowBatches(look, words, deeds)
        self.tabs = {
            tab: button(words(f"follow.tab.{tab}"), partial(deeds.open_tab, tab), kind="chip")
            for tab in FollowTab
        }
        self.run = Picker(look, words("follow.choose_run"))
        self.search = QLineEdit()
        self.seek = button(words("follow.search"), self._seek, look=look, symbol="search")
        self._arrange()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def _arrange(self) -> None:
        look, words, edge = self.look, self.words, self.look.edge
        one_of(*self.tabs.values())
        self.search.setAccessibleName(words("follow.search_hint"))
        self.search.setPlaceholderText(words("follow.search_hint"))
        self.search.setMinimumWidth(look.px(_SEARCH_WIDTH // 2 if look.is_large else _SEARCH_WIDTH))
        self.search.returnPressed.connect(self._seek)
        self.run.setMaximumWidth(look.px(_WIDEST_RUN))
        self.run.activated.connect(self._choose)
        self.run.setPlaceholderText(words("follow.choose_run"))
        top = QWidget()
        top.setLayout(
            Flow(
                *(*self.tabs.values(), self.run, self.search, self.seek),
                gap=look.px(8),
                fills=self.search if look.is_large else None,
            )
        )
        head = column(top, margins=(edge, look.px(12), edge, 0))
        self._empty = label(words("follow.empty"), "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QWidget()
        empty.setLayout(column(None, self._empty, None, margins=(edge, 0, edge, 0)))
        self._stack = QStackedLayout()
        for part in (empty, self.invoices, self.batches):
            self._stack.addWidget(part)
        whole = column(head, self._stack, gap=look.px(12))
        whole.setStretchFactor(self._stack, 1)
        self.setLayout(whole)

    def show_state(self, state: State) -> None:
        """Show what is known now."""
        before, self._state = self._state, state
        if before is not None and _same(before, state):
            return
        follow = state.follow
        self.tabs[follow.tab].setChecked(True)
        batches = follow.tab is FollowTab.BATCHES
        for part in (self.run, self.search, self.seek):
            part.setVisible(not batches)
            part.setEnabled(not follow.asking and (part is not self.run or bool(state.runs)))
        self._offer_runs(state)
        self._empty.setText(self.words("follow.empty" if not state.runs else "follow.choose"))
        self.invoices.show_state(state)
        self.batches.show_state(state)
        shown = _NOTHING if follow.follow is None else _INVOICES
        self._stack.setCurrentIndex(_BATCHES if batches else shown)

    def _offer_runs(self, state: State) -> None:
        offered = runs_offered(state, self.words)
        if offered != self._offered:
            self._offered = offered
            self.run.clear()
            for name, word in offered or (("", self.words("follow.no_run")),):
                self.run.addItem(word, name)
        follow = state.follow.follow
        self.run.setCurrentIndex(self.run.findData(follow.run if follow is not None else ""))

    def _choose(self, at: int) -> None:
        if name := self.run.itemData(at):
            self._deeds.choose_run(name)

    def _seek(self) -> None:
        self._deeds.seek(self.search.text())

    def areas(self) -> Sequence[QWidget]:
        """The table, then the panel."""
        if self._stack.currentIndex() == _NOTHING:
            return [self.search]
        if self._stack.currentIndex() == _BATCHES:
            return [self.batches.entry, self.batches.table, self.batches.rows]
        return [self.invoices.table, self.invoices.panel.again]

    def arrive(self) -> None:
        """Begin with the latest run, in the table."""
        self._deeds.arrive()
        self.areas()[0].setFocus()


def _same(one: State, other: State) -> bool:
    return one.follow is other.follow and one.runs is other.runs and one.target == other.target
