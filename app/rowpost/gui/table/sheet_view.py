"""The Review table: some columns stay in view, typing edits, Tab and Enter move as in Excel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.table.blocks import (
    FEW_CELLS,
    NO_ROOM,
    Area,
    Filled,
    Pasted,
    Put,
    lines_of,
    only_cell,
    to_text,
)
from rowpost.gui.table.model import Index, TableModel
from rowpost.gui.table.painter import Line
from rowpost.gui.table.view import CalmTable, Headings, TableView

_EDIT = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
Trigger = QAbstractItemView.EditTrigger
_HINT = QAbstractItemDelegate.EndEditHint
_STEPS = {_HINT.SubmitModelCache: (1, 0), _HINT.EditNextItem: (0, 1), _HINT.EditPreviousItem: (0, -1)}
_TAB = QKeyCombination(Qt.Key.Key_Tab).toCombined()
_BACK_TAB = (
    QKeyCombination(Qt.Key.Key_Backtab).toCombined(),  # as Qt hands it on
    (Qt.Modifier.SHIFT | Qt.Key.Key_Backtab).toCombined(),
)
_ENTER = (
    QKeyCombination(Qt.Key.Key_Return).toCombined(),
    (Qt.KeyboardModifier.KeypadModifier | Qt.Key.Key_Enter).toCombined(),
)
_BACK_ENTER = ((Qt.Modifier.SHIFT | Qt.Key.Key_Return).toCombined(),)
_LOWEST = 136  # design pixels: the headings, three rows and the scroll bar
MOST_CELLS = 100_000  # selected for one deed: more would take a minute, and as much memory as the sheet


class SheetView(TableView):
    """A table whose first columns are shown a second time, on top, where they do not scroll."""

    values_wanted = Signal(int)  # a column of the grid, by its heading or by Alt+Down
    cut_off = Signal(int)  # so many pasted cells found no room
    too_many = Signal(int)  # so many cells are too many for one deed
    many_put = Signal(object, str)  # a block of cells, and which deed it was: edit, paste, ...
    many_copied = Signal(object, bool)  # areas of cells, and whether they are emptied then

    # asked for by Qt while the constructor below still runs
    _count = 0
    _left_at = 0
    _still: _StillColumns | None = None

    def __init__(self, look: Look, name: str, model: TableModel) -> None:
        super().__init__(look, name, model)
        self.setEditTriggers(_EDIT)
        self.setTabKeyNavigation(True)
        self.setMinimumHeight(look.px(_LOWEST))
        still = self._still = _StillColumns(self, look)
        self.verticalScrollBar().valueChanged.connect(still.verticalScrollBar().setValue)
        still.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalHeader().sectionResized.connect(self._resized)
        for headings in (self.headings, still.headings):
            headings.values_wanted.connect(self.values_wanted)
        model.modelReset.connect(self._place_still)

    def _headings(self, look: Look) -> Headings:
        return Headings(look, self, with_values=True)

    @property
    def layers(self) -> tuple[CalmTable, ...]:
        """The table, and the columns on top of it."""
        return (self, self._still) if self._still else (self,)

    def below_heading(self, column: int) -> QPoint:
        """Return the place of the screen under a heading."""
        still = self._still
        above = still if still and still.isVisible() and column < self._count else self
        return above.headings.below(column)

    def freeze(self, count: int) -> None:
        """Keep the first `count` columns in view."""
        self._count = count
        if self._still is not None:
            for column in range(self.table_model.columnCount()):
                self._still.setColumnHidden(column, column >= count)
        self._place_still()

    def fit_columns(self) -> None:
        """Give every column its width, here and on top."""
        super().fit_columns()
        self._place_still()

    def _resized(self, column: int, _: int, width: int) -> None:
        if column < self._count and self._still:
            self._still.setColumnWidth(column, width)
            self._place_still()

    def _place_still(self) -> None:
        if self._still is None:
            return
        width = 0
        for column in range(self._count):
            self._still.setColumnWidth(column, self.columnWidth(column))
            width += self.columnWidth(column)
        shown, above = self.viewport().geometry(), self.horizontalHeader().height()
        self._still.setGeometry(shown.x(), shown.y() - above, width, shown.height() + above)
        self._still.setVisible(self._count > 0 and self.horizontalScrollBar().maximum() > 0)

    def _columns_in(self, area: QRect) -> list[Line]:
        """What lies behind the still columns is not painted: a fifth of all cells."""
        hidden = self._still.width() if self._still is not None and self._still.isVisible() else 0
        return [line for line in super()._columns_in(area) if line.start + line.size > hidden]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the still columns at their place; scroll less where there is more room."""
        super().resizeEvent(event)
        self._place_still()
        bar = self.horizontalScrollBar()
        if event.size().width() > event.oldSize().width() and bar.value() == self._left_at:
            bar.setValue(0)
            down = self.verticalScrollBar().value()
            self.scrollTo(self.currentIndex())
            self.verticalScrollBar().setValue(down)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll so that a cell is not behind the still columns."""
        self._scroll_to(index, hint)
        self._left_at = self.horizontalScrollBar().value()

    def _scroll_to(self, index: Index, hint: QAbstractItemView.ScrollHint) -> None:
        if index.column() < self._count:
            left = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(left)
            return
        super().scrollTo(index, hint)
        if self._still is None or not self._still.isVisible():
            return
        hidden = self._still.width() - self.columnViewportPosition(index.column())
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go down, after Tab to the right, as in Excel; no other cell is opened."""
        step = _STEPS.get(hint)
        if step is None:
            super().closeEditor(editor, hint)
            return
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.move_by(*step)

    def edit(self, index: Index, trigger: Trigger, event: QEvent) -> bool:  # type: ignore[override]
        """Open the editor where the cell is seen: on top, if its column does not scroll."""
        still = self._still
        if still is not None and still.isVisible() and index.column() < self._count:
            return still.edit(index, trigger, event)
        return super().edit(index, trigger, event)

    def is_editing(self) -> bool:
        """Whether an editor is open, here or on top."""
        return super().is_editing() or (self._still is not None and self._still.is_editing())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab goes right, Enter down, Delete empties the cell. Tab leaves at the end of the row."""
        keys = event.keyCombination().toCombined()
        if self.is_editing() and keys in (*_ENTER, *_BACK_ENTER):
            event.accept()  # the editor has had it, and goes down itself
            return
        if self._is_at_end(keys):
            event.ignore()
            return
        deed = self._deeds().get(keys)
        if deed is None:
            super().keyPressEvent(event)
            return
        deed()
        event.accept()

    def _is_at_end(self, keys: int) -> bool:
        """Whether Tab has nowhere to go in its row, so that the keyboard goes on behind the table."""
        column = self.currentIndex().column()
        if keys in _BACK_TAB:
            return column <= 0
        return keys == _TAB and column in (-1, self.table_model.columnCount() - 1)

    def _deeds(self) -> dict[int, Callable[[], object]]:
        control, key = Qt.Modifier.CTRL, Qt.Key
        return {
            QKeyCombination(key.Key_Delete).toCombined(): self.empty,
            _TAB: lambda: self.move_by(0, 1),
            **dict.fromkeys(_BACK_TAB, lambda: self.move_by(0, -1)),
            **dict.fromkeys(_ENTER, lambda: self.move_by(1, 0)),
            **dict.fromkeys(_BACK_ENTER, lambda: self.move_by(-1, 0)),
            (control | key.Key_C).toCombined(): self.copy,
            (control | key.Key_X).toCombined(): self.cut,
            (control | key.Key_V).toCombined(): self.paste,
            (control | key.Key_D).toCombined(): self.fill_down,
            (Qt.Modifier.ALT | key.Key_Down).toCombined(): self.ask_for_values,
        }

    def ask_for_values(self) -> None:
        """Ask for the values of the current column."""
        if self.currentIndex().column() > 0:
            self.values_wanted.emit(self.currentIndex().column())

    # -- Blocks of cells ---------------------------------------------------------------------

    def empty(self) -> None:
        """Empty the cells that are selected."""
        self._put(self._filled(""), "empty")

    def copy(self) -> None:
        """Copy the cells that are selected, as Excel does."""
        self._copy(cut=False)

    def cut(self) -> None:
        """Copy the cells, then empty them."""
        self._copy(cut=True)

    def _copy(self, *, cut: bool) -> None:
        areas = self._selected()
        if sum(area.size for area in areas) > FEW_CELLS:
            self.many_copied.emit(areas, cut)
        elif areas:
            QGuiApplication.clipboard().setText(to_text(lines_of(areas, self.table_model.grid.edit_text)))
            if cut:
                self.empty()

    def paste(self) -> None:
        """Put what was copied where the keyboard is; one cell goes into all that are selected."""
        at, model = self.currentIndex(), self.table_model
        text = QGuiApplication.clipboard().text()
        if not at.isValid():
            return
        only = only_cell(text)
        to = Area(model.rows[at.row() :], range(at.column(), model.columnCount()))
        self._put(Pasted(text, to) if only is None else self._filled(only), "paste")

    def fill_down(self) -> None:
        """Give all cells that are selected the text of the first of their column."""
        areas, grid = self._selected(), self.table_model.grid
        texts = {
            column: grid.edit_text(area.rows[0], column)
            for area in reversed(areas)
            for column in area.columns
        }
        self._put(Filled(areas, texts), "fill")

    def _filled(self, text: str) -> Filled:
        areas = self._selected()
        return Filled(areas, {column: text for area in areas for column in area.columns})

    def _put(self, block: Put, deed: str) -> None:
        """Hand a block to whoever owns the cells: what is little at once, what is much in the background."""
        if block.size > FEW_CELLS:
            self.many_put.emit(block, deed)
            return
        cells = list(block.cells())
        changes = {(row, column): text for row, column, text in cells if row != NO_ROOM}
        self.table_model.change(changes, deed)
        if len(cells) > len(changes):
            self.cut_off.emit(len(cells) - len(changes))

    def selected_rows(self) -> list[int]:
        """The rows of the grid with a selected cell."""
        return [row for area in self._areas() for row in area.rows]

    def _areas(self) -> list[Area]:
        rows, selection = self.table_model.rows, self.selectionModel().selection()
        areas = (selection.at(number) for number in range(selection.count()))
        return [
            Area(rows[area.top() : area.bottom() + 1], range(area.left(), area.right() + 1)) for area in areas
        ]

    def _selected(self) -> list[Area]:
        """What is selected; nothing where that is too much, which is said."""
        areas = self._areas()
        count = sum(area.size for area in areas)
        if count > MOST_CELLS:
            self.too_many.emit(count)
            return []
        return areas


class _StillColumns(CalmTable):
    """The columns on top; selection and cells are those of the table below."""

    def __init__(self, below: SheetView, look: Look) -> None:
        super().__init__(look, below)
        self.setAccessibleName(below.accessibleName())
        self.headings = Headings(look, self, with_values=True)
        self.setHorizontalHeader(self.headings)
        self.setModel(below.model())
        self.setSelectionModel(below.selectionModel())
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(below.verticalHeader().defaultSectionSize())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            f"QTableView {{ border: none; padding: 0; border-right: 2px solid {look.tokens.border}; }}"
        )
        self.setFocusProxy(below)
        self._below = below
        self.setWordWrap(False)
        self.setEditTriggers(_EDIT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on as the table below does, which has the keyboard."""
        super().closeEditor(editor, _HINT.NoHint)
        self._below.setFocus()
        self._below.move_by(*_STEPS.get(hint, (0, 0)))
