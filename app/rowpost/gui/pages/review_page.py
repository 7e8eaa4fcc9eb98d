"""Review: see what is wrong, change it, see it judged again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QWidget

from rowpost.gui.look.icons import icon
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.pages.review_work import PageDeeds, ReviewWork
from rowpost.gui.parts.build import button, column
from rowpost.gui.parts.cell_panel import CellDeeds, CellPanel
from rowpost.gui.parts.flow import Flow, RoomForLines
from rowpost.gui.parts.kind_list import KindList
from rowpost.gui.parts.notice import Notices, announce
from rowpost.gui.parts.proposal_panel import ProposalPanel
from rowpost.gui.parts.review_bar import BarDeeds, ReviewBar
from rowpost.gui.parts.sided import Sided
from rowpost.gui.parts.value_list import ValueDeeds, ValueList
from rowpost.gui.state import Place, State
from rowpost.gui.table.review import ReviewGrid, ReviewSource
from rowpost.gui.table.review_table import ReviewTable
from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.views.cell import CellView, cell_view
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.places import Kind
from rowpost.gui.views.proposal import Proposal
from rowpost.gui.views.review import KindLine, chip_words, kinds
from rowpost.gui.views.review_index import Chip, ReviewIndex
from rowpost.gui.views.row_filter import RowFilter
from rowpost.gui.words import Words
from rowpost.model.workbook import Opened


class ReviewPage(Page):
    """Chips and search above, problems by kind below, the cell at the side."""

    def __init__(self, look: Look, words: Words, deeds: PageDeeds) -> None:
        super().__init__(look, words)
        self._work = ReviewWork(self, words, deeds)
        self._act = deeds.act
        self._shown: tuple[object, ...] = ()
        self._opened: Opened | None = None
        self.sheet: ReviewTable | None = None
        self.bar = ReviewBar(
            look,
            words,
            BarDeeds(self.choose, self._work.search, self._work.forget_value),
            deeds.reviewing.undo,
        )
        self.notices = Notices(look, self._work.act)
        self.kinds = KindList(look, words, self.choose_kind)
        self.panel = CellPanel(look, words, self._cell_deeds())
        self.proposal = ProposalPanel(look, words, self._work.answered)
        self.values = ValueList(look, words, ValueDeeds(self._work.show_value, self._work.replace), self)
        self._fix = button("", self._work.propose_fixes, look=look, symbol="wand")
        sign = "" if look.is_large else "sheet"
        self.copies = button(words("review.copies"), lambda: None, look=look, symbol=sign)
        self.copies.setMenu(self._copies_menu(deeds))
        self._place = column()
        self._stack = QStackedWidget()
        self._arrange()
        self._keys()

    def _cell_deeds(self) -> CellDeeds:
        work = self._work
        return CellDeeds(
            *(work.edit_here, work.edit_others, work.take_back, work.leave_out_or_in),
            self.next_problem,
            self._act,
        )

    def _copies_menu(self, deeds: PageDeeds) -> QMenu:
        """What leads out to Excel and back."""
        menu = QMenu(self)
        for code, deed in (("review.save", deeds.save_problems), ("review.merge", deeds.merge_copy)):
            menu.addAction(self.words(code)).triggered.connect(partial(_do, deed))
        return menu

    def _arrange(self) -> None:
        look, edge = self.look, self.look.edge
        split = self._split = QSplitter(Qt.Orientation.Vertical)
        upper, lower = RoomForLines(), RoomForLines()
        upper.setLayout(column(self.bar, self.notices, self._place, gap=look.px(12)))
        title = self.fold = button(self.words("review.kinds"), self._fold, kind="link")
        title.setCheckable(True)
        title.setIconSize(QSize(look.px(16), look.px(16)))
        title.setChecked(not look.is_large)  # large text needs the room for the rows
        above = Flow(title, self._fix, self.copies, gap=look.px(12))
        lower.setLayout(column(above, self.kinds, gap=look.px(6), margins=(0, look.px(8), 0, 0)))
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        self._fold()
        self._stack.addWidget(split)
        self._stack.addWidget(self.proposal)
        left = column(self._stack, margins=(edge, look.px(12), min(edge, look.px(16)), look.px(12)))
        self.setLayout(column(Sided(look, left, self.panel)))

    def _fold(self) -> None:
        """Show the kinds of problems, or leave their room to the rows."""
        shown = self.fold.isChecked()
        self.kinds.setVisible(shown)
        self._split.setSizes([self.look.px(480), self.look.px(150) if shown else 0])
        self.fold.setIcon(icon("down" if shown else "next", self.look.tokens.accent, self.look.px(16)))

    def _keys(self) -> None:
        for key, deed in (
            ("F8", self.next_problem),
            ("Shift+F8", lambda: self.next_problem(backwards=True)),
            ("Ctrl+F", self.bar.search.setFocus),
            ("Ctrl+L", self._work.leave_out_or_in),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    # -- Showing -----------------------------------------------------------------------------

    def show_state(self, state: State) -> None:
        """Show the rows and what is known of them."""
        now = (state.index, state.mapping, state.edits, state.left_out, state.corrected)
        if state.opened is None or state.mapping is None or state.index is None or now == self._shown:
            return
        self.panel.checking.setVisible(not state.index.follows(state.edits, state.left_out))
        same_sheet = self._opened is state.opened and bool(self._shown) and self._shown[1] is state.mapping
        self._opened = state.opened
        self._shown = now
        table = state.opened.table.with_edits(state.edits)
        empties = self.sheet.grid.source.empties if self.sheet and same_sheet else {}
        layout, index = state.opened.layout, state.index
        source = ReviewSource(table, layout, state.mapping, index, self.words.catalog, empties)
        self._show_grid(ReviewGrid(source, self.words), keep_place=same_sheet)
        if state.corrected is not None:
            self._work.propose_copy(state.corrected)

    def _show_grid(self, grid: ReviewGrid, *, keep_place: bool) -> None:
        index = grid.source.index
        texts = chip_words(index, self.words)
        self.bar.show_chips(texts)
        self.kinds.show_kinds(kinds(index, self.words))
        if self.sheet is not None and keep_place:
            if self.sheet.grid.source.index is not index:
                announce(self, self._announced(texts))
            self.sheet.go_on(grid)
        else:
            self._begin(grid)
        self._show_fixable()
        self.show_cell()

    def _announced(self, texts: Mapping[Chip, str]) -> str:
        """What a screen reader says once an edit has been judged."""
        return self.words("review.announced", must_fix=texts[Chip.MUST_FIX], ready=texts[Chip.READY])

    def _begin(self, grid: ReviewGrid) -> None:
        if self.sheet is None:
            self.sheet = ReviewTable(
                self.look, self.words("review.table"), grid, self._work.edited, self.show_cell
            )
            self._place.addWidget(self.sheet, 1)
            self._work.listen(self.sheet.view)
        chip = self._first_chip(grid.source.index)
        self.bar.forget()
        self.bar.chips[chip].setChecked(True)
        self.kinds.clear_choice()
        self.say()
        self.sheet.begin(grid, RowFilter(chip))
        self.show_proposal(None)

    def _first_chip(self, index: ReviewIndex) -> Chip:
        """Begin at what must be fixed; of rows that are sent again at those with the agency's reasons."""
        if index.count(Chip.MUST_FIX):
            return Chip.MUST_FIX
        again = self._opened is not None and self._opened.again is not None
        return Chip.CHECK if again and index.count(Chip.CHECK) else Chip.ALL

    def _show_fixable(self) -> None:
        count = sum(line.count for line in self.fixable())
        self._fix.setVisible(count > 0)
        self._fix.setText(self.words("review.fix", count=count))

    def show_cell(self) -> None:
        """Let the panel follow the cell."""
        if self.sheet is None:
            return
        excel_row = self.sheet.excel_row()
        column_at = self.sheet.view.currentIndex().column()
        grid = self.sheet.grid
        self.panel.show_cell(cell_view(grid, excel_row, column_at, self.words) if excel_row else CellView())

    def show_proposal(self, proposal: Proposal | None, headings: Sequence[str] = ()) -> None:
        """Show what would be changed in the place of the table; None: the table again."""
        self._stack.setCurrentIndex(0 if proposal is None else 1)
        if proposal is not None:
            self.proposal.show_proposal(proposal, headings)
        elif self.sheet is not None and self.isVisible():
            self.sheet.view.setFocus()

    def say(self, *notices: NoticeView) -> None:
        """Show bars above the table; none: take them away."""
        self.notices.show_notices(notices)

    # -- What is shown -----------------------------------------------------------------------

    @property
    def table(self) -> SheetView | None:
        """The table, once there is something to show."""
        return self.sheet.view if self.sheet else None

    @property
    def index(self) -> ReviewIndex | None:
        """What is known of every row and cell."""
        return self.sheet.grid.source.index if self.sheet else None

    def fixable(self) -> list[KindLine]:
        """The kinds that Fix all is about: the chosen one, or all that have a safe fix."""
        chosen = self.kinds.chosen_line
        lines = [chosen] if chosen and chosen.fixable else list(self.kinds.shown)
        return [line for line in lines if line.fixable]

    def grid_column_in_excel(self, column: int) -> int:
        """Return Excel's column of a column of the table, 0 for the state."""
        return self.sheet.grid.excel_column(column) if self.sheet else 0

    @property
    def place(self) -> Place:
        """The filter, and the current cell."""
        if self.sheet is None:
            return Place()
        chip = next((one for one, made in self.bar.chips.items() if made.isChecked()), Chip.ALL)
        at = self.sheet.view.currentIndex()
        if not at.isValid():
            return Place(chip.value)
        return Place(chip.value, self.sheet.model.rows[at.row()], self.grid_column_in_excel(at.column()))

    def return_to(self, place: Place) -> None:
        """Go back to where a person was."""
        if self.sheet is None or not place.chip:
            return
        self.choose(Chip(place.chip))
        self.sheet.go_to_cell(place.row, place.column)

    def show_row(self, excel_row: int) -> None:
        """Go to a row of the workbook, whatever the filter."""
        if self.sheet is not None and not self.sheet.go_to_row(excel_row):
            self.bar.forget()
            self.kinds.clear_choice()
            self.sheet.show_rows(RowFilter())
            self.sheet.go_to_row(excel_row)

    def choose(self, chip: Chip) -> None:
        """Show the rows of a group."""
        self.bar.chips[chip].setChecked(True)
        self.kinds.clear_choice()
        self._show_fixable()
        self.say()
        if self.sheet is not None:
            self.sheet.narrow(chip=chip, kind=None)

    def choose_kind(self, kind: Kind) -> None:
        """Show the rows with a kind of problem, the first such cell in view."""
        self.bar.chips[Chip.ALL].setChecked(True)
        self._show_fixable()
        if self.sheet is None:
            return
        self.sheet.narrow(chip=Chip.ALL, kind=kind)
        first = self.sheet.grid.source.index.example_of(kind)
        if first is not None and first.where:
            self.sheet.go_to_cell(first.row, first.where[0].column)

    def next_problem(self, *, backwards: bool = False) -> None:
        """F8: go to the next cell with a mark among the rows shown, round and round."""
        if self.sheet is not None and self._stack.currentIndex() == 0:
            self.sheet.next_problem(backwards=backwards)

    def areas(self) -> Sequence[QWidget]:
        """Table, panel, kinds; or what is proposed."""
        if self._stack.currentIndex() == 1:
            return [self.proposal.yes]
        below = self.kinds if self.kinds.isVisible() else self.fold
        return [self.sheet.view, self.panel.editor, below] if self.sheet else []

    def arrive(self) -> None:
        """Begin in the table."""
        if self.sheet is not None:
            self.sheet.view.setFocus()


def _do(deed: Callable[[], object], _checked: bool = False) -> None:
    deed()
