"""History: every run so far, searched by whatever a person knows of an invoice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from rowpost.gui.actions.past import PastDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, card, column, label, row
from rowpost.gui.parts.difference_box import DifferenceBox, DifferenceChoices
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.result_panel import ResultPanel
from rowpost.gui.parts.run_panel import RunChoices, RunPanel
from rowpost.gui.parts.sided import Sided
from rowpost.gui.past import Past
from rowpost.gui.state import State
from rowpost.gui.table.history import DISPENSABLE as RUN_DISPENSABLE
from rowpost.gui.table.history import OUTCOME, HistoryGrid
from rowpost.gui.table.hits import DISPENSABLE as HIT_DISPENSABLE
from rowpost.gui.table.hits import REASON, HitsGrid
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.view import TableView
from rowpost.gui.views.history import hit_line, list_sentence, listed, notices, run_view
from rowpost.gui.words import Words
from rowpost.model.results import RunSummary

_PAUSE = 200  # milliseconds without a key after which a search begins


@dataclass(frozen=True, slots=True)
class HistoryDeeds:
    """What can be done here: with the past itself, and with a run elsewhere."""

    past: PastDeeds
    open_run: Callable[[str], None]
    go_on: Callable[[str], None]
    follow: Callable[[str], None]


class HistoryPage(Page):
    """A search box, the runs or the rows that were found, one of them in full."""

    def __init__(self, look: Look, words: Words, deeds: HistoryDeeds, days: Callable[[], int]) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._days = days
        self._shown: tuple[Past, Sequence[RunSummary]] | None = None
        self._grid: HistoryGrid | HitsGrid = HistoryGrid((), words)
        self.search = self._make_search()
        self._sentence = label(role="muted", wrap=True, selectable=True)
        self._notices = Notices(look, self._answer)
        self.table = TableView(look, words("step.history.title"), TableModel(self._grid))
        self.table.verticalHeader().hide()
        self.table.whole_rows(self._open_current)
        self.panel = RunPanel(look, words, self._choices())
        self._hit = ResultPanel(look, words, lambda _: None)  # decisions are taken on Results
        self._show_run = button(words("history.show_run"), self._open_current, look=look, symbol="results")
        past = deeds.past
        self.difference = DifferenceBox(
            look, words, DifferenceChoices(past.ask_agency, past.save_difference, past.close_difference)
        )
        self._empty = label(role="muted", wrap=True)
        self._arrange()
        self._keys()

    # -- How it is put together --------------------------------------------------------------

    def _make_search(self) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(self.words("history.search"))
        box.setAccessibleName(self.words("history.search"))
        box.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._search_now)
        box.textChanged.connect(lambda _: self._timer.start())
        box.returnPressed.connect(self._search_now)
        return box

    def _choices(self) -> RunChoices:
        past = self._deeds.past
        return RunChoices(
            show=self._deeds.open_run,
            go_on=self._deeds.go_on,
            save_results=partial(self._with_run, past.save_results),
            save_receipt=partial(self._with_run, past.save_receipt),
            follow=self._deeds.follow,
            compare=past.compare,
            forget=past.ask_to_forget,
        )

    def _arrange(self) -> None:
        look, edge = self.look, self.look.edge
        export = button(self.words("history.export"), self._deeds.past.export, look=look, symbol="save")
        self._head = QWidget()
        below = row(self._sentence, export, gap=look.px(8))
        below.setStretchFactor(self._sentence, 1)
        self._head.setLayout(column(self.search, below, gap=look.px(8)))
        self._places = QStackedWidget()
        nothing = QWidget()
        nothing.setLayout(column(None, self._empty, None))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._places.setMinimumHeight(look.px(120))  # else the highest of them counts, also unseen
        for place in (nothing, self.table, self.difference):
            self._places.addWidget(place)
        left = column(
            *(self._head, self._notices, self._places),
            gap=look.px(12),
            margins=(edge, look.px(12), min(edge, look.px(16)), look.px(12)),
        )
        left.setStretchFactor(self._places, 1)
        self._side = QStackedWidget()
        self._hit.setProperty("kind", "")
        air = look.px(16)
        beside = card(column(self._hit, row(self._show_run, margins=(air, air, air, air)), gap=0), "side")
        for panel in (self.panel, beside):
            self._side.addWidget(panel)
        self.setLayout(column(Sided(look, left, self._side)))

    def _keys(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        down = QShortcut(QKeySequence("Down"), self.search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.table.setFocus)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, deed in (("Ctrl+F", self._focus_search), ("Esc", self._leave)):
            shortcut = QShortcut(QKeySequence(key), self, context=here)
            shortcut.activated.connect(deed)

    # -- What it shows -----------------------------------------------------------------------

    def show_state(self, state: State) -> None:
        """Show the runs, the answer to a search, or a difference."""
        past = state.past
        self._notices.show_notices(notices(past, self.words, self._days()))
        shown = (past, state.runs)
        if self._shown is not None and self._shown[0] == past and self._shown[1] is state.runs:
            return
        self._shown = shown
        self._sentence.setText(list_sentence(past, state.runs, self.words))
        if past.difference is not None:
            self.difference.show_difference(past.difference)
        else:
            self._show_list(past, state.runs)
        self._show_places(past)

    def _show_list(self, past: Past, runs: Sequence[RunSummary]) -> None:
        found = past.found
        if found is not None and found.hits:
            self._put(HitsGrid(found.hits, self.words))
        else:
            self._put(HistoryGrid(listed(past, runs), self.words, past.under_way))
        none = self.words("history.empty")
        self._empty.setText(none if found is None else self.words("history.nothing", text=found.text))

    def _put(self, grid: HistoryGrid | HitsGrid) -> None:
        """Show a grid; a run that is chosen stays chosen."""
        before = self._chosen()
        self._grid = grid
        self.table.table_model.show_grid(grid, range(grid.row_count))
        self._fit_columns()
        at = 0
        if isinstance(grid, HistoryGrid) and before is not None:
            names = [grid.run(place).run for place in range(grid.row_count)]
            at = names.index(before.run) if before.run in names else 0
        if grid.row_count:
            self.table.setCurrentIndex(self.table.table_model.index(at, 0))

    def _fit_columns(self) -> None:
        for at in range(self._grid.column_count):
            self.table.showColumn(at)
        self.table.fit_columns()
        if isinstance(self._grid, HitsGrid):
            self.table.share_room(REASON, HIT_DISPENSABLE)
        else:
            self.table.share_room(OUTCOME, RUN_DISPENSABLE)

    def _show_places(self, past: Past) -> None:
        comparing, some = past.difference is not None, self._grid.row_count > 0
        turned = comparing != (self._places.currentWidget() is self.difference)
        self._head.setVisible(not comparing)
        self._places.setCurrentIndex(2 if comparing else 1 if some else 0)
        self._side.setVisible(some and not comparing)
        if turned and self.isVisible():
            self.arrive()

    def _show_current(self) -> None:
        at, grid = self.table.currentIndex(), self._grid
        if not at.isValid() or at.row() >= grid.row_count:
            return
        if isinstance(grid, HitsGrid):
            self._hit.show_line(hit_line(grid.hit(at.row()), self.words))
            self._side.setCurrentIndex(1)
        else:
            run, under_way = grid.run(at.row()), self._shown[0].under_way if self._shown else ""
            self.panel.show_run(run_view(run, self.words, under_way=run.run == under_way))
            self._side.setCurrentIndex(0)

    # -- What a person does ------------------------------------------------------------------

    def _search_now(self) -> None:
        self._timer.stop()
        self._deeds.past.search(self.search.text())

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _leave(self) -> None:
        """Esc: out of the difference, out of the search."""
        if self._shown is not None and self._shown[0].difference is not None:
            self._deeds.past.close_difference()
        else:
            self.search.clear()
            self._search_now()

    def _answer(self, name: str) -> None:
        past = self._deeds.past
        {"forget": past.forget, "keep": past.keep, "look_again": past.look_again}[name]()

    def _chosen(self) -> RunSummary | None:
        at, grid = self.table.currentIndex(), self._grid
        inside = at.isValid() and at.row() < grid.row_count
        return grid.run(at.row()) if inside and isinstance(grid, HistoryGrid) else None

    def _with_run(self, deed: Callable[[RunSummary], None], _run: str) -> None:
        chosen = self._chosen()
        if chosen is not None:
            deed(chosen)

    def _open_current(self) -> None:
        at, grid = self.table.currentIndex(), self._grid
        if at.isValid() and at.row() < grid.row_count:
            chosen = grid.hit(at.row()).run if isinstance(grid, HitsGrid) else grid.run(at.row()).run
            self._deeds.open_run(chosen)

    def areas(self) -> Sequence[QWidget]:
        """The search box and the list, or the difference."""
        if self._places.currentWidget() is self.difference:
            return [self.difference.table]
        return [self.search, self.table]

    def arrive(self) -> None:
        """Begin in the list, or in the difference."""
        self._deeds.past.arrive()
        self.areas()[-1].setFocus()
