"""The invoices of a follow-up: chips, the agency's words, the table, totals, one invoice in full."""

from __future__ import annotations

from array import array
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rowpost.gui.actions.following import FollowDeeds
from rowpost.gui.follow_state import FollowState
from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, column, label, one_of
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.follow_panel import FollowPanel
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.picker import Picker
from rowpost.gui.parts.sided import Sided
from rowpost.gui.state import State
from rowpost.gui.table.following import FollowGrid
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.ordering import in_order
from rowpost.gui.table.view import TableView
from rowpost.gui.views.follow_detail import follow_detail
from rowpost.gui.views.following import CHIPS, Chip, FollowView, fits, follow_view
from rowpost.gui.words import Words
from rowpost.model.followup import FollowUp

_LOWEST_TABLE = 180
_WIDEST_PICKER = 260


class FollowInvoices(QWidget):
    """A view of one follow-up."""

    def __init__(self, look: Look, words: Words, deeds: FollowDeeds) -> None:
        super().__init__()
        self._look, self._words, self._deeds = look, words, deeds
        self._follow: FollowUp | None = None
        self._answers = 0  # how many lines have an answer
        self._wider = True  # whether the columns are to be as wide as what they hold now
        self._state = FollowState()
        self._view: FollowView | None = None
        self._chip: Chip = None
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.chips = {chip: button("", partial(self._filter, chip), kind="chip") for chip in CHIPS}
        self.status = Picker(look, words("follow.status_picker"))
        self._grid = self._newest = FollowGrid((), self._state.today, (), words)  # shown, and to be shown
        self.table = TableView(look, words("follow.table"), TableModel(self._grid))
        self._totals = label(role="muted", wrap=True, selectable=True)
        self._notices = Notices(look, lambda _: None)
        self.panel = FollowPanel(look, words, self._ask_again)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        look, edge = self._look, self._look.edge
        one_of(*self.chips.values())
        self.chips[None].setChecked(True)
        chips = Flow(*self.chips.values(), self.status, gap=look.px(8))
        left = column(
            self._notices,
            chips,
            self.table,
            self._totals,
            gap=look.px(12),
            margins=(edge, 0, min(edge, look.px(16)), look.px(12)),
        )
        left.setStretchFactor(self.table, 1)
        self.table.setMinimumHeight(look.px(_LOWEST_TABLE))
        self.status.setMaximumWidth(look.px(_WIDEST_PICKER))
        self.setLayout(column(Sided(look, left, self.panel)))
        self.panel.hide()

    def _connect(self) -> None:
        heading = self.table.horizontalHeader()
        heading.setSortIndicatorShown(True)
        heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heading.sectionClicked.connect(self._sort)
        heading.setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(self._show_line)
        self.status.activated.connect(lambda _: self._show_rows())

    def show_state(self, state: State) -> None:
        """Show the follow-up that was chosen."""
        follow = state.follow.follow
        self._state = state.follow
        if follow is None:
            return
        if follow is not self._follow:
            same = self._follow is not None and (follow.run, follow.sought) == (
                self._follow.run,
                self._follow.sought,
            )
            answers = sum(line.seen is not None for line in follow.lines)
            self._wider = self._wider or not same or answers > self._answers
            self._follow, self._answers = follow, answers
            self._show_follow(follow_view(follow, state.follow.sums, self._words), same=same)
        self._show_detail()

    def _show_follow(self, view: FollowView, *, same: bool) -> None:
        self._view = view
        for chip, made in self.chips.items():
            made.setText(view.chips.get(chip, ""))
            made.setVisible(chip in view.chips)
        if not same or self._chip not in view.chips:
            self._chip = None
            self.chips[None].setChecked(True)
        self._offer_statuses(view)
        self._totals.setText("\n".join(view.totals))
        self._totals.setVisible(bool(view.totals))
        self._notices.show_notices(view.notices)
        lines = self._follow.lines if self._follow else ()
        self._newest = FollowGrid(lines, self._state.today, self._state.sums.totals, self._words)
        if not same:  # nothing of another follow-up is shown beside the words about this one
            self._grid = self._newest
            self.table.table_model.show_grid(self._grid, array("I"))
        self._show_rows(keep=same)

    def _offer_statuses(self, view: FollowView) -> None:
        chosen = self.status.currentData() or ""
        self.status.clear()
        for status, word in view.statuses:
            self.status.addItem(word, status)
        self.status.setCurrentIndex(max(0, self.status.findData(chosen)))
        self.status.setVisible(len(view.statuses) > 2)

    def _filter(self, chip: Chip) -> None:
        self._chip = chip
        self._show_rows()

    def _sort(self, at: int) -> None:
        ascending = Qt.SortOrder.AscendingOrder
        again = self._sorted == (at, ascending)
        self._sorted = (at, Qt.SortOrder.DescendingOrder if again else ascending)
        self.table.horizontalHeader().setSortIndicator(*self._sorted)
        self._show_rows()

    def _show_rows(self, *, keep: bool = False) -> None:
        """Show the lines that are asked for, in their order; many are worked out beside the window."""
        status, grid = self.status.currentData() or "", self._newest
        work = partial(_rows, grid, self._chip, status, self._sorted)
        is_plain = self._chip is None and not status and self._sorted is None
        self._deeds.arrange(0 if is_plain else grid.row_count, work, partial(self._put_rows, grid, keep=keep))

    def _put_rows(self, grid: FollowGrid, rows: array[int], *, keep: bool) -> None:
        here = self._current()
        self._grid = grid
        self.table.table_model.show_grid(grid, rows)
        place = rows.index(here) if keep and here in rows else 0
        if rows:
            self.table.setCurrentIndex(self.table.table_model.index(place, 0))
        else:
            self._show_detail()
        if self._wider:
            self._wider = False
            self.table.fit_columns()

    def _current(self) -> int:
        at = self.table.currentIndex()
        return self.table.table_model.rows[at.row()] if at.isValid() else -1

    def _show_line(self) -> None:
        here = self._current()
        if here >= 0:
            self._deeds.show(self._grid.line(here).asked)

    def _show_detail(self) -> None:
        here = self._current()
        state = self._state
        detail = None
        if here >= 0:
            detail = follow_detail(self._grid.line(here), state.known, state.today, self._words)
        self.panel.show_detail(detail, can_ask=not state.asking)

    def _ask_again(self) -> None:
        here = self._current()
        if here >= 0:
            self._deeds.ask_again(self._grid.line(here).asked)


def _rows(grid: FollowGrid, chip: Chip, status: str, by: tuple[int, Qt.SortOrder] | None) -> array[int]:
    """The lines that a chip and a status let through, by a column where one is chosen."""
    if chip is None and not status and by is None:
        return array("I", range(grid.row_count))
    rows = [line for line in range(grid.row_count) if fits(grid.line(line), chip, status)]
    if by is not None and rows:
        descending = by[1] is Qt.SortOrder.DescendingOrder
        rows = in_order(rows, partial(grid.sort_key, column=by[0]), descending=descending)
    return array("I", rows)
