"""Open: choose a workbook, see what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Act, Page
from rowpost.gui.parts.build import button, card, column, label, row, scrolled, symbol_label
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.low_area import LowArea
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.picker import Picker
from rowpost.gui.parts.recent import RecentList
from rowpost.gui.state import State
from rowpost.gui.table.preview import PreviewGrid
from rowpost.gui.table.preview_view import PreviewView
from rowpost.gui.views.open import OpenView, open_view
from rowpost.gui.views.recent import recent_runs
from rowpost.gui.words import Words
from rowpost.model.table import Table, TextPool
from rowpost.model.workbook import Layout, Opened

_LOWEST_TABLE = 152  # design pixels
_FEW = 3  # notes that are shown without asking, where nothing else is said
_NOTHING = Opened("", "", 0, "", (), Table("", 0, (), TextPool(b"", (0,)), ()), Layout((), 1, 0, ()))


@dataclass(frozen=True, slots=True)
class OpenDeeds:
    """What the page can ask for."""

    act: Act
    choose_sheet: Callable[[str], None]
    choose_heading_row: Callable[[int], None]
    open_run: Callable[[str], None]
    open_file: Callable[[str], None]


class OpenPage(Page):
    """Empty, reading, or showing the first rows."""

    def __init__(self, look: Look, words: Words, deeds: OpenDeeds) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._view: OpenView | None = None
        self._opened: Opened | None = None
        self._reading = False
        self._stack = QStackedLayout()
        self._empty = _EmptyCard(look, words, deeds)
        self._found = _Found(look, words, deeds)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._found)
        self.setLayout(self._stack)

    def show_state(self, state: State) -> None:
        """Show the file, or the place to drop one."""
        view = open_view(state, self.words)
        self._empty.recent.show_runs(recent_runs(state, self.words))
        if view != self._view:
            self._view = view
            self._empty.show_view(view)
            self._found.show_view(view)
        if view.reading:
            self._found.make_ready()
        loaded = state.opened is not None and not view.reading
        if loaded and state.opened is not self._opened:
            self._opened = state.opened
            self._found.show_rows(state.opened)
        was_reading, self._reading = self._reading, bool(view.reading)
        here = self.isAncestorOf(self.window().focusWidget() or self)
        self._stack.setCurrentWidget(self._found if loaded else self._empty)
        if here and self._reading is not was_reading:
            self.arrive()  # the button that was pressed is gone, and the next one is something else

    def areas(self) -> Sequence[QWidget]:
        """The table, or the button that chooses a file, or the one that stops reading it."""
        return (self._found.table,) if self._stack.currentWidget() is self._found else (self._empty.first,)

    def arrive(self) -> None:
        """Begin at the button, or at the table."""
        self.areas()[0].setFocus()


class _EmptyCard(QWidget):
    """The place to drop a file; shows the reading while it goes on."""

    def __init__(self, look: Look, words: Words, deeds: OpenDeeds) -> None:
        super().__init__()
        act = deeds.act
        self._sentence = label(words("open.drop"), "heading", wrap=True)
        self._hint = label(words("open.kinds"), "muted", wrap=True)
        self._words = words
        self.choose = button(words("open.choose"), lambda: act("choose_file"), kind="primary")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(words("open.reading_bar"))
        self._bar.setTextVisible(False)
        self._cancel = button(words("cancel"), lambda: act("cancel_reading"))
        for text in (self._sentence, self._hint):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._card = self._make_card(look)
        links = (
            button(words("open.sample"), lambda: act("open_sample"), kind="link", look=look, symbol="sample"),
            button(
                words("open.template"), lambda: act("save_template"), kind="link", look=look, symbol="save"
            ),
            button(
                words("open.trouble"), lambda: act("open_trouble"), kind="link", look=look, symbol="check"
            ),
        )
        below = Flow(*links, gap=look.px(16), centred=True)
        self.recent = RecentList(look, words, deeds.open_file, deeds.open_run)
        middle = column(None, self._card, below, self.recent, None, gap=look.px(16))
        edge = look.edge
        whole = row(None, middle, None, margins=(edge, edge, edge, edge))
        whole.setStretchFactor(middle, 8)
        sheet = scrolled(whole)
        self.setLayout(column(sheet))

    def _make_card(self, look: Look) -> QFrame:
        sign = symbol_label(look, "sheet", look.tokens.accent, 44)
        edge = look.px(16 if look.is_large else 40)
        inside = column(
            row(None, sign, None),
            look.px(8),
            self._sentence,
            self._hint,
            look.px(8),
            row(None, self.choose, self._cancel, None),
            self._bar,
            gap=look.px(8),
            margins=(edge, edge, edge, edge),
        )
        made = card(inside, "drop")
        made.setMinimumWidth(look.px(360))
        return made

    @property
    def first(self) -> QWidget:
        """The button that matters now."""
        return self._cancel if self.choose.isHidden() else self.choose

    def show_view(self, view: OpenView) -> None:
        """Show the invitation, or how far the reading is."""
        reading = bool(view.reading)
        self._sentence.setText(view.reading or self._words("open.drop"))
        self._hint.setVisible(not reading)
        self.choose.setVisible(not reading)
        self._cancel.setVisible(reading)
        self._bar.setVisible(reading)
        self._bar.setMaximum(1000 if view.share is not None else 0)
        self._bar.setValue(round(1000 * (view.share or 0)))


class _Found(QWidget):
    """The first rows of the chosen sheet, and the facts."""

    def __init__(self, look: Look, words: Words, deeds: OpenDeeds) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._deeds = deeds
        self._grid: PreviewGrid | None = None
        self._sheets = Picker(look, words("open.sheets"))
        self._sheets.setMinimumWidth(look.px(220))
        self._sheets.activated.connect(self._sheet_chosen)
        self._details = label(role="muted")
        self._heading = label(role="strong")
        self.use = button("", self._use_row, kind="link")
        self.use.hide()
        self.no_headings = button(words("open.no_headings"), self._use_none, kind="link")
        self._facts = Notices(look, self._act)
        self._notes = Notices(look, self._act)
        self.more = button("", self._toggle_notes, kind="link", look=look, symbol="info")
        self._area = column()
        self.table: QWidget = QWidget()
        self._arrange()

    def _arrange(self) -> None:
        look = self._look
        other = button(
            self._words("open.other"), lambda: self._deeds.act("choose_file"), look=look, symbol="open"
        )
        edge, gap = look.edge, look.px(12)
        top = Flow(self._sheets, other, self._details, self.more, gap=gap)
        below = Flow(self._heading, self.use, self.no_headings, gap=gap)
        bars = self._bars = LowArea(column(self._facts, self._notes, None, gap=look.px(8)))
        whole = column(top, bars, below, self._area, gap=gap, margins=(edge, gap, edge, edge))
        whole.setStretchFactor(self._area, 1)
        self.setLayout(column(scrolled(whole)))  # a low window with large text has no room for all of it

    def show_view(self, view: OpenView) -> None:
        """Show what was found besides the rows."""
        self._sheets.clear()
        for name, text in view.sheets:
            self._sheets.addItem(text, name)
        self._sheets.setCurrentIndex(self._sheets.findData(view.sheet))
        self._details.setText(view.details)
        self._heading.setText(view.heading)
        self.no_headings.setVisible(view.has_headings)
        self._facts.show_notices(view.facts)
        self._notes.show_notices(view.notes)
        self._notes.setVisible(bool(view.notes) and not view.facts and len(view.notes) <= _FEW)
        self.more.setVisible(bool(view.notes) and self._notes.isHidden())
        self.more.setText(self._words("open.notes", count=len(view.notes)))
        self._bars.setVisible(bool(view.facts or view.notes))
        self._bars.fit()

    def _toggle_notes(self) -> None:
        self._notes.setVisible(self._notes.isHidden())
        self._bars.fit()

    def show_rows(self, opened: Opened | None) -> None:
        """Show the first rows."""
        if opened is None:
            return
        self.make_ready()
        grid = self._grid = PreviewGrid(opened, self._words)
        self.use.hide()
        if isinstance(self.table, PreviewView):
            self.table.table_model.show_grid(grid, range(grid.row_count))
            self.table.fit_columns()

    def make_ready(self) -> None:
        """Make the table while the file is still being read: to dress it takes Qt longer than to fill it."""
        if not isinstance(self.table, PreviewView):
            self.table = self._make_table(PreviewGrid(_NOTHING, self._words))
            self._area.addWidget(self.table, 1)

    def _make_table(self, grid: PreviewGrid) -> PreviewView:
        made = PreviewView(self._look, self._words("open.rows"), grid, self._use_row)
        made.selectionModel().currentRowChanged.connect(self._row_chosen)
        made.setMinimumHeight(self._look.px(_LOWEST_TABLE))
        return made

    # -- Choosing ----------------------------------------------------------------------------

    def _row_chosen(self, now: QModelIndex) -> None:
        number = self._grid.excel_row(now.row()) if self._grid and now.isValid() else 0
        self.use.setText(self._words("open.use_row", row=number))
        self.use.setVisible(number > 0)

    def _use_row(self) -> None:
        if self._grid and isinstance(self.table, PreviewView) and self.table.currentIndex().isValid():
            self._deeds.choose_heading_row(self._grid.excel_row(self.table.currentIndex().row()))

    def _use_none(self) -> None:
        self._deeds.choose_heading_row(0)

    def _sheet_chosen(self, at: int) -> None:
        self._deeds.choose_sheet(self._sheets.itemData(at))

    def _act(self, name: str) -> None:
        """Do what a bar asks for; to show a row is the page's own business."""
        verb, _, rest = name.partition(":")
        if verb == "show":
            row_number, _, column_number = rest.partition(":")
            self.show_cell(int(row_number), int(column_number))
        else:
            self._deeds.act(name)

    def show_cell(self, excel_row: int, excel_column: int) -> None:
        """Go to a cell that a fact speaks of."""
        place = self._grid.place(excel_row) if self._grid else -1
        if place >= 0 and isinstance(self.table, PreviewView):
            self.table.show_cell(place, excel_column)
