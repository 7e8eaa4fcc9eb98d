"""Review: see what is wrong, change it, see it judged again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QSplitter, QWidget

from rowpost.gui.actions.reviewing import ReviewDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.parts.cell_panel import CellPanel
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.kind_list import KindList
from rowpost.gui.state import State
from rowpost.gui.table.model import Changes, TableModel
from rowpost.gui.table.review import ReviewGrid, ReviewSource, frozen_columns
from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.views.cell import cell_view
from rowpost.gui.views.review import chip_words, kinds
from rowpost.gui.views.review_index import Chip, ReviewIndex, rows_with_text
from rowpost.gui.words import Words
from rowpost.mapping import Mapping

_TYPING_PAUSE = 200  # milliseconds after the last key before the search begins


class ReviewPage(Page):
    """Chips and search above, problems by kind below, the cell at the side."""

    def __init__(
        self, look: Look, words: Words, deeds: ReviewDeeds, save_problems: Callable[[], None]
    ) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._save_problems = save_problems
        self._shown: tuple[ReviewIndex | None, Mapping | None, object] = (None, None, None)
        self._chip = Chip.ALL
        self._code = ""
        self._grid: ReviewGrid | None = None
        self.table: SheetView | None = None
        self._chips = {chip: button("", partial(self.choose, chip), kind="chip") for chip in Chip}
        self._search = QLineEdit()
        self._pause = QTimer(self)
        self.kinds = KindList(look, words("review.kinds"), self._choose_kind)
        self.panel = CellPanel(look, words, self._edit_current, self.next_problem)
        self._place = column()
        self._arrange()
        self._keys()

    def _arrange(self) -> None:
        look, edge = self.look, self.look.px(24)
        group = QButtonGroup(self)
        for chip in self._chips.values():
            chip.setCheckable(True)
            group.addButton(chip)
        self._chips[Chip.ALL].setChecked(True)
        self._search.setPlaceholderText(self.words("review.search"))
        self._search.setAccessibleName(self.words("review.search"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(look.px(220))
        self._search.textChanged.connect(lambda: self._pause.start(_TYPING_PAUSE))
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._filter)
        bar = Flow(*self._chips.values(), self._search, gap=look.px(8))
        split = QSplitter(Qt.Orientation.Vertical)
        upper, lower = QWidget(), QWidget()
        upper.setLayout(column(bar, self._place, gap=look.px(12)))
        save = button(self.words("review.save"), self._save_problems, kind="link", look=look, symbol="save")
        above = Flow(label(self.words("review.kinds"), "strong"), save, gap=look.px(12))
        lower.setLayout(column(above, self.kinds, gap=look.px(6), margins=(0, look.px(8), 0, 0)))
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        left = column(split, margins=(edge, look.px(12), look.px(16), look.px(12)))
        whole = row(left, self.panel, gap=0)
        whole.setStretchFactor(left, 1)
        self.setLayout(whole)

    def _keys(self) -> None:
        for key, deed in (
            ("F8", self.next_problem),
            ("Shift+F8", lambda: self.next_problem(backwards=True)),
            ("Ctrl+F", self._search.setFocus),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    # -- Showing -----------------------------------------------------------------------------

    def show_state(self, state: State) -> None:
        """Show the rows and what is known of them."""
        now = (state.index, state.mapping, state.edits)
        if state.opened is None or state.mapping is None or state.index is None or now == self._shown:
            return
        same_sheet = self._grid is not None and self._shown[1] is state.mapping
        self._shown = now
        table = state.opened.table.with_edits(state.edits)
        layout = state.opened.layout
        source = ReviewSource(table, layout, state.mapping, state.index, self.words.catalog)
        self._show_source(source, keep_place=same_sheet)

    def _show_source(self, source: ReviewSource, *, keep_place: bool) -> None:
        grid = self._grid = ReviewGrid(source, self.words)
        for chip, text in chip_words(source.index, self.words).items():
            self._chips[chip].setText(text)
        self.kinds.show_kinds(kinds(source.index, self.words))
        if self.table is None or not keep_place:
            self._new_table(grid)
        else:
            self.table.table_model.update_grid(grid)
        self._show_cell()

    def _new_table(self, grid: ReviewGrid) -> None:
        rows = grid.source.index.rows(Chip.ALL)
        if self.table is None:
            model = TableModel(grid, self._deeds_edit)
            model.show_grid(grid, rows)
            self.table = SheetView(self.look, self.words("review.table"), model)
            self._place.addWidget(self.table, 1)
            self.table.selectionModel().currentChanged.connect(self._show_cell)
        else:
            self.table.table_model.show_grid(grid, rows)
        self.table.freeze(frozen_columns(grid.source))
        self.table.fit_columns()
        self._begin_at_problem()

    def _begin_at_problem(self) -> None:
        first = Chip.MUST_FIX if self._grid and self._grid.source.index.count(Chip.MUST_FIX) else Chip.ALL
        self._chips[first].setChecked(True)
        self.choose(first)

    def _show_cell(self, *_: object) -> None:
        at = self.table.currentIndex() if self.table else QModelIndex()
        if self._grid is None or self.table is None or not at.isValid():
            return
        excel_row = self.table.table_model.rows[at.row()]
        self.panel.show_cell(cell_view(self._grid, excel_row, at.column(), self.words))

    @property
    def index(self) -> ReviewIndex | None:
        """What is known of every row and cell."""
        return self._grid.source.index if self._grid else None

    def grid_column_in_excel(self, column: int) -> int:
        """Return Excel's column of a column of the table, 0 for the state."""
        return self._grid.excel_column(column) if self._grid else 0

    def show_row(self, excel_row: int) -> None:
        """Go to a row of the workbook, whatever the filter."""
        if self.table is not None:
            self.choose(Chip.ALL)
            self._go_to(list(self.table.table_model.rows).index(excel_row), 1)

    # -- Filters -----------------------------------------------------------------------------

    def choose(self, chip: Chip) -> None:
        """Show the rows of a group."""
        self._chip, self._code = chip, ""
        self.kinds.clear_choice()
        self._filter()

    def _choose_kind(self, code: str) -> None:
        self._chip, self._code = Chip.ALL, code
        self._chips[Chip.ALL].setChecked(True)
        self._filter()

    def _filter(self) -> None:
        if self._grid is None or self.table is None:
            return
        source = self._grid.source
        rows = source.index.rows(self._chip, self._code)
        text = self._search.text().strip()
        if text:
            found = rows_with_text(source.table, self._grid.search_columns, text)
            rows = [row for row in rows if row in found]
        self.table.table_model.show_grid(self._grid, rows)
        if rows:
            self._go_to(0, self._first_marked(rows[0]))

    def _first_marked(self, excel_row: int) -> int:
        if self._grid is None:
            return 0
        marked = (
            c for c in range(1, self._grid.column_count) if self._grid.face(excel_row, c).tone is not None
        )
        return next(marked, 1)

    # -- Problems ----------------------------------------------------------------------------

    def next_problem(self, *, backwards: bool = False) -> None:
        """F8: go to the next cell with a mark among the rows shown, round and round."""
        if self._grid is None or self.table is None:
            return
        shown = {excel_row: at for at, excel_row in enumerate(self.table.table_model.rows)}
        cells = [
            (shown[excel_row], self._grid.grid_column(excel_column))
            for excel_row, excel_column in self._grid.source.index.marked_cells()
            if excel_row in shown
        ]
        cells.sort(reverse=backwards)
        at = self.table.currentIndex()
        here = (at.row(), at.column())
        beyond = (cell for cell in cells if (cell < here if backwards else cell > here))
        target = next(beyond, cells[0] if cells else None)
        if target is not None:
            self._go_to(*target)

    def _go_to(self, at_row: int, at_column: int) -> None:
        if self.table is not None:
            self.table.setCurrentIndex(self.table.table_model.index(at_row, at_column))
            self._show_cell()

    # -- Editing -----------------------------------------------------------------------------

    def _edit_current(self, text: str) -> None:
        if self.table is not None:
            self.table.table_model.setData(self.table.currentIndex(), text)

    def _deeds_edit(self, changes: Changes) -> None:
        if self._grid is not None:
            place = self._grid.excel_column
            self._deeds.edit_many({(row, place(column)): text for (row, column), text in changes.items()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel its share of the room."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(self.side_width())

    def areas(self) -> Sequence[QWidget]:
        """Table, panel, kinds."""
        return [self.table, self.panel.editor, self.kinds] if self.table else []

    def arrive(self) -> None:
        """Begin in the table."""
        if self.table is not None:
            self.table.setFocus()
