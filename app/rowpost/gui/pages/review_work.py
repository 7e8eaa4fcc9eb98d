"""What the Review page does when a person acts on it: names the deed and hands it on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from rowpost.gui.actions.looking import LookingDeeds
from rowpost.gui.actions.reviewing import ReviewDeeds
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.cell_menu import cell_menu
from rowpost.gui.parts.notice import announce
from rowpost.gui.state import Corrected
from rowpost.gui.table.blocks import FEW_CELLS, Area, Filled, Put, lines_of, to_text
from rowpost.gui.table.model import Changes
from rowpost.gui.table.sheet_view import MOST_CELLS, SheetView
from rowpost.gui.views import proposal
from rowpost.gui.views.cell import BY_HAND
from rowpost.gui.views.entering import Entered, Told
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.proposal import Proposal
from rowpost.gui.views.row_filter import flagged
from rowpost.gui.views.values import Values, values_view
from rowpost.gui.words import Words
from rowpost.model.cells import column_letters

if TYPE_CHECKING:
    from rowpost.gui.pages.review_page import ReviewPage
    from rowpost.gui.table.review import ReviewSource
    from rowpost.gui.table.review_table import ReviewTable

DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class PageDeeds:
    """Everything the page can have done."""

    reviewing: ReviewDeeds
    looking: LookingDeeds
    save_problems: Callable[[], object]
    merge_copy: Callable[[], object]
    act: Callable[[str], None]


class ReviewWork:
    """The hands of the page; it has no widget of its own."""

    def __init__(self, page: ReviewPage, words: Words, deeds: PageDeeds) -> None:
        self._page = page
        self._words = words
        self._deeds = deeds.reviewing
        self._looking = deeds.looking

    def listen(self, view: SheetView) -> None:
        """Hear what the table has to say."""
        view.values_wanted.connect(self.ask_for_values)
        for one in view.layers:
            one.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            one.customContextMenuRequested.connect(partial(self._show_menu, view, one))
        view.cut_off.connect(lambda count: self._warn("review.cut_off", count))
        view.too_many.connect(lambda count: self._warn("review.too_many", count))
        view.many_put.connect(self._put)
        view.many_copied.connect(self._copy)

    def _show_menu(self, view: SheetView, layer: QTableView, at: QPoint) -> None:
        menu = cell_menu(view, self._page.panel.view, self._words, self.take_back, self.leave_out_or_in)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(layer.viewport().mapToGlobal(at))

    def _warn(self, code: str, count: int) -> None:
        sentence = self._words(code, count=count, most=MOST_CELLS)
        self._page.say(NoticeView(Tone.CHECK, sentence, "", ((DISMISS, self._words("dismiss")),)))

    def act(self, _name: str) -> None:
        """The only thing a bar of this page can do is to go."""
        self._page.say()

    @property
    def _source(self) -> ReviewSource | None:
        return self._page.sheet.grid.source if self._page.sheet else None

    # -- Editing -----------------------------------------------------------------------------

    def edited(self, changes: Changes, deed: str) -> None:
        """Take what the table was told, in columns of the workbook."""
        if self._page.sheet is not None:
            place = self._page.sheet.grid.excel_column
            cells = {(row, place(column)): text for (row, column), text in changes.items()}
            self._deeds.type_in(cells, self._name(cells, deed))

    def _put(self, block: Put, deed: str) -> None:
        """Take a large block of the table."""
        if self._page.sheet is not None:
            self._put_here(block.in_columns(self._page.sheet.grid.excel_column), deed)

    def _put_here(self, block: Put, deed: str) -> None:
        """Put texts into many cells of the workbook."""

        def named(made: Entered) -> str:
            if made.cut_off:
                self._warn("review.cut_off", made.cut_off)
            return self._called(deed, made.count, made.first)

        self._deeds.put(block, named)

    def _copy(self, areas: Sequence[Area], cut: bool) -> None:
        """Copy a large block of the table, and then empty it."""
        sheet = self._page.sheet
        if sheet is None:
            return
        text_at = sheet.grid.edit_text

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            if cut:
                self._put(Filled(areas, {column: "" for area in areas for column in area.columns}), "empty")

        count = sum(area.size for area in areas)
        self._deeds.layering.begin(count, lambda told: to_text(_told(lines_of(areas, text_at), told)), done)

    def _name(self, cells: Collection[tuple[int, int]], deed: str) -> str:
        return self._called(deed, len(cells), next(iter(cells)))

    def _called(self, deed: str, count: int, first: tuple[int, int]) -> str:
        cell = f"{column_letters(first[1])}{first[0]}"
        return self._words(f"review.name.{deed}", count=count, cell=cell)

    def _here(self) -> tuple[int, int]:
        sheet = self._page.sheet
        return (sheet.excel_row(), sheet.excel_column()) if sheet else (0, 0)

    def edit_here(self, text: str) -> None:
        """Change the cell of the panel."""
        cell = self._here()
        if all(cell):
            self._deeds.type_in({cell: text}, self._name([cell], "edit"))

    def edit_others(self, text: str) -> None:
        """Give this cell, and all others that hold the same value in the workbook, another one."""
        row, column = self._here()
        rows = (row, *self._page.panel.view.others)
        if len(rows) > FEW_CELLS:
            self._put_here(Filled([Area(rows, [column])], {column: text}), "edit")
            return
        changes = {(one, column): text for one in rows}
        self._deeds.type_in(changes, self._name(changes, "edit"))

    def take_back(self) -> None:
        """Take the workbook's own value of the cell again."""
        cell = self._here()
        self._deeds.take_back([cell], self._name([cell], "take_back"))

    def leave_out_or_in(self) -> None:
        """Leave the selected rows out; or take them back, if the current one was left out by hand."""
        sheet = self._page.sheet
        if sheet is None or not sheet.excel_row():
            return
        index, rows = sheet.grid.source.index, sorted({*sheet.view.selected_rows(), sheet.excel_row()})
        by_hand = index.staying(rows, BY_HAND)
        if sheet.excel_row() in by_hand:
            self._deeds.take_in(by_hand, self._words("review.name.take_in", count=len(by_hand)))
            return
        can_go = [row for row in rows if index.is_open(row)]
        if can_go:
            self._deeds.leave_out(can_go, self._words("review.name.leave_out", count=len(can_go)))

    # -- Filters -----------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Show only rows that hold a text."""
        sheet = self._page.sheet
        if sheet is None:
            return
        if not text:
            sheet.narrow(with_text=None)
            return
        asked, searched = sheet.grid.source.opened, sheet.grid.searched
        self._looking.text(asked, searched, text, partial(self._found, sheet))

    def _found(self, sheet: ReviewTable, flags: bytearray) -> None:
        sheet.narrow(with_text=flags)
        announce(self._page, self._words("review.found", count=sheet.model.rowCount()))

    def ask_for_values(self, column: int) -> None:
        """List the values of a column of the grid, under its heading."""
        sheet = self._page.sheet
        if sheet is not None:
            source, number = sheet.grid.source, sheet.grid.excel_column(column)
            self._looking.values(source.opened, number, lambda found: self._list_values(found, column))

    def _list_values(self, found: Values, column: int) -> None:
        sheet = self._page.sheet
        if sheet is not None:
            grid = sheet.grid
            view = values_view(grid.heading(column), found, grid.quality(column), self._words)
            self._page.values.show_values(view, sheet.view.below_heading(column))

    def show_value(self, column: int, value: str) -> None:
        """Show only the rows with a value."""
        sheet, source = self._page.sheet, self._source
        if sheet is None or source is None:
            return
        heading = sheet.grid.heading(sheet.grid.grid_column(column))
        said = self._words("review.value_is", heading=heading, value=value or self._words("review.empty"))
        self._page.bar.show_value(said)
        self._looking.value(source.opened, column, value, lambda flags: sheet.narrow(with_value=flags))

    def forget_value(self) -> None:
        """Show the rows with other values too."""
        self._page.bar.show_value("")
        if self._page.sheet is not None:
            self._page.sheet.narrow(with_value=None)

    # -- Many at once ------------------------------------------------------------------------

    def propose_fixes(self) -> None:
        """Show what the safe fixes would change."""
        index, source, words = self._page.index, self._source, self._words
        if index is None or source is None:
            return
        lines = self._page.fixable()
        asked, count = [line.kind for line in lines], sum(line.count for line in lines)

        def made(told: Told) -> Proposal:
            return proposal.of_fixes(proposal.fixes_of(index, asked, told), source.table, words, told)

        self._deeds.layering.begin(count, made, self._propose)

    def replace(self, column: int, value: str, new: str) -> None:
        """Propose another value wherever a column holds one."""
        source, under, words = self._source, self._deeds.under(), self._words
        if source is None or under is None:
            return

        def found(flags: bytearray) -> None:
            rows = flagged(flags, source.layout)
            self._propose(proposal.of_value(rows, column, under, value, new, words))

        self._looking.value(source.opened, column, value, found)

    def propose_copy(self, corrected: Corrected) -> None:
        """Propose what was corrected in a copy of the workbook."""
        if self._source is not None:
            self._propose(proposal.of_copy(corrected, self._source.table, self._words))

    def _propose(self, made: Proposal) -> None:
        headings = self._source.layout.headings if self._source else ()
        self._page.show_proposal(made, headings)

    def answered(self, taken: Proposal | None) -> None:
        """Do what was proposed, in one step; or nothing."""
        self._page.show_proposal(None)
        self._deeds.desk.store.update(corrected=None)
        if taken is not None:
            self._deeds.take(taken, partial(self._say_done, len(taken.changes)))

    def _say_done(self, count: int) -> None:
        done = self._words("review.done", count=count)
        self._page.say(NoticeView(Tone.OK, done, "", ((DISMISS, self._words("dismiss")),)))


def _told(lines: Iterable[list[str]], told: Told) -> Iterator[list[str]]:
    """Say with every line how many cells have been copied."""
    count = 0
    for line in lines:
        for _ in line:
            told(count)
            count += 1
        yield line
