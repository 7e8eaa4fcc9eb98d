"""History: every run so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.state import State
from rowpost.gui.table.history import HistoryGrid
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.view import TableView
from rowpost.gui.words import Words
from rowpost.model.results import RunSummary


class HistoryPage(Page):
    """A list of runs; Enter or a double click shows one."""

    def __init__(self, look: Look, words: Words, open_run: Callable[[str], None]) -> None:
        super().__init__(look, words)
        self._open_run = open_run
        self._runs: tuple[RunSummary, ...] = ()
        self._grid = HistoryGrid((), words)
        self._table = TableView(look, words("step.history.title"), TableModel(self._grid))
        self._table.horizontalHeader().setStretchLastSection(True)
        self._table.verticalHeader().hide()
        self._table.activated.connect(self._open_current)
        show = button(words("history.show"), self._open_current, look=look, symbol="results")
        edge, gap = look.px(24), look.px(12)
        full, empty = QWidget(), QWidget()
        full.setLayout(column(self._table, row(show, None), gap=gap, margins=(edge, gap, edge, edge)))
        empty.setLayout(column(None, row(None, label(words("history.empty"), "muted"), None), None))
        self._stack = QStackedLayout()
        self._stack.addWidget(empty)
        self._stack.addWidget(full)
        self.setLayout(self._stack)

    def show_state(self, state: State) -> None:
        """Show the runs."""
        if state.runs is self._runs:
            return
        self._runs = state.runs
        self._grid = HistoryGrid(state.runs, self.words)
        self._table.table_model.show_grid(self._grid, range(self._grid.row_count))
        self._table.fit_columns()
        self._stack.setCurrentIndex(1 if state.runs else 0)
        if state.runs:
            self._table.setCurrentIndex(self._table.table_model.index(0, 0))

    def _open_current(self, *_: object) -> None:
        at = self._table.currentIndex()
        if at.isValid():
            self._open_run(self._grid.run(at.row()))

    def areas(self) -> Sequence[QWidget]:
        """The list."""
        return [self._table]

    def arrive(self) -> None:
        """Begin in the list."""
        self._table.setFocus()
