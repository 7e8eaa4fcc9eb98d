"""Results: what became of every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QItemSelection, QSize
from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.look.shares import SIGN_FIELD, sign, slants
from rowpost.gui.pages.page import Act, Page
from rowpost.gui.parts.build import button, column, in_order, label, one_of
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.result_panel import ResultPanel
from rowpost.gui.parts.share_bar import SharesBar
from rowpost.gui.parts.sided import Sided
from rowpost.gui.state import State
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.results import CASE, DEBTOR, REASON, TONES, ResultsGrid
from rowpost.gui.table.view import TableView
from rowpost.gui.views.results import ResultsView, places_in, result_line, results_view
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.results import RunResult

_LOWEST_TABLE = 170  # design pixels: a heading, some rows and the scroll bar
_LEAST_REASON = 100  # design pixels: the reason is what people look for
_NAME = 130  # design pixels: enough to know a debtor by; the panel has the name in full


class ResultsPage(Page):
    """Chips, a bar of verdicts, the rows, one row in full."""

    def __init__(
        self,
        look: Look,
        words: Words,
        act: Act,
        copy_table: Callable[[RowState | None], None],
        copy_cells: Callable[[ResultsGrid, Sequence[int], Sequence[int]], None],
    ) -> None:
        super().__init__(look, words)
        self._copy_group, self._copy_some = copy_table, copy_cells
        self._group: RowState | None = None
        self._result: RunResult | None = None
        self._grid: ResultsGrid | None = None
        self._table: TableView | None = None
        self._chips = {
            state: button("", partial(self._filter, state), kind="chip") for state in (None, *RowState)
        }
        self._bar = SharesBar(look, words("results.bar"))
        self._books = label(role="muted", wrap=True, selectable=True)
        self._notices = Notices(look, act)
        self._panel = ResultPanel(look, words, act)
        self._place = column()
        link = partial(button, kind="link", look=look)
        self._links = (
            link(words("results.save"), lambda: act("save_results"), symbol="save"),
            link(words("results.receipt"), lambda: act("save_receipt"), symbol="save"),
            link(words("results.copy"), self._copy_table, symbol="copy"),
        )
        self._deeds = Flow(*self._links, gap=look.px(12))
        self._arrange()

    def _arrange(self) -> None:
        look, edge = self.look, self.look.edge
        one_of(*self._chips.values())
        for chip in self._chips.values():
            chip.setIconSize(QSize(look.px(SIGN_FIELD), look.px(12)))
        chips = Flow(*self._chips.values(), gap=look.px(8))
        left = column(
            self._bar,
            chips,
            self._place,
            self._deeds,
            self._books,
            self._notices,
            gap=look.px(12),
            margins=(edge, look.px(12), min(edge, look.px(16)), look.px(12)),
        )
        left.setStretchFactor(self._place, 1)
        self.setLayout(column(Sided(look, left, self._panel)))

    def show_state(self, state: State) -> None:
        """Show a run."""
        if state.result is None or state.result is self._result:
            return
        same_run = self._result is not None and self._result.summary.run == state.result.summary.run
        self._result = state.result
        view = results_view(state.result, self.words)
        self._show_view(view)
        grid = self._grid = ResultsGrid(state.result, self.words)
        if self._table is None:
            self._table = TableView(self.look, self.words("results.table"), TableModel(grid))
            self._table.selectionModel().currentRowChanged.connect(self._show_line)
            self._table.setMinimumHeight(self.look.px(_LOWEST_TABLE))
            self._table.copy_selected = self._copy_cells
            self._place.addWidget(self._table)
            in_order(*self._chips.values(), self._table, *self._links)
        first = self._group if same_run else RowState.REJECTED
        if first is not None and not view.counts.get(first):
            first = None
        self._chips[first].setChecked(True)
        self._filter(None)
        self._table.fit_columns()
        self._table.setColumnWidth(DEBTOR, min(self._table.columnWidth(DEBTOR), self.look.px(_NAME)))
        self._filter(first)

    def _show_view(self, view: ResultsView) -> None:
        for state, chip in self._chips.items():
            chip.setText(view.chips[state])
            chip.setVisible(state is None or view.counts.get(state, 0) > 0)
        shares = [(count, TONES[state]) for state, count in view.counts.items()]
        for state, slant in zip(view.counts, slants(shares), strict=True):
            self._chips[state].setIcon(sign(TONES[state], slant, self.look))
        self._bar.show_shares(shares, view.sentence)
        self._books.setText(view.books)
        self._notices.show_notices(view.notices)

    def _filter(self, state: RowState | None) -> None:
        if self._grid is None or self._table is None or self._result is None:
            return
        self._group = state
        rows, with_case = places_in(self._result, state), self._result.places.with_case
        self._table.table_model.show_grid(self._grid, rows)
        known = {
            CASE: bool(with_case) if state is None else state in with_case,
            DEBTOR: self._result.summary.forgotten_at is None,
        }
        for at, is_known in known.items():
            self._table.setColumnHidden(at, not is_known)
        self._table.share_room(REASON, [at for at in known if known[at]], _LEAST_REASON)
        if rows:
            self._table.setCurrentIndex(self._table.table_model.index(0, 0))

    def _copy_table(self) -> None:
        self._copy_group(self._group)

    def _copy_cells(self) -> None:
        """Copy the cells that are selected; hidden columns are not among them."""
        selected = self._table.selectionModel().selection() if self._table else QItemSelection()
        blocks = [selected.at(place) for place in range(selected.size())]
        if self._grid is None or self._table is None or not blocks:
            return
        top, bottom = min(block.top() for block in blocks), max(block.bottom() for block in blocks)
        columns = {at for block in blocks for at in range(block.left(), block.right() + 1)}
        shown = sorted(column for column in columns if not self._table.isColumnHidden(column))
        self._copy_some(self._grid, self._table.table_model.rows[top : bottom + 1], shown)

    def _show_line(self) -> None:
        at = self._table.currentIndex() if self._table else None
        if self._grid is not None and self._table is not None and at is not None and at.isValid():
            line = self._grid.line(self._table.table_model.rows[at.row()])
            self._panel.show_line(result_line(line, self.words))

    def areas(self) -> Sequence[QWidget]:
        """The table."""
        return [self._table] if self._table else []

    def arrive(self) -> None:
        """Begin in the table."""
        if self._table is not None:
            self._table.setFocus()
