"""The Review table: some columns stay in view, typing edits, Tab and Enter move as in Excel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTableView, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.table.blocks import filled_down, from_text, pasted, to_text
from rowpost.gui.table.model import Index, TableModel
from rowpost.gui.table.view import Headings, TableView

_EDIT = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


class SheetView(TableView):
    """A table whose first columns are shown a second time, on top, where they do not scroll."""

    # asked for by Qt while the constructor below still runs
    _count = 0
    _still: _StillColumns | None = None

    def __init__(self, look: Look, name: str, model: TableModel) -> None:
        super().__init__(look, name, model)
        self.setEditTriggers(_EDIT)
        still = self._still = _StillColumns(self, look)
        self.verticalScrollBar().valueChanged.connect(still.verticalScrollBar().setValue)
        still.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalHeader().sectionResized.connect(self._resized)
        model.modelReset.connect(self._place_still)

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
        frame = self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        self._still.setGeometry(self.verticalHeader().width() + frame, frame, width, height)
        self._still.setVisible(self._count > 0 and self.horizontalScrollBar().maximum() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the still columns at their place."""
        super().resizeEvent(event)
        self._place_still()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll so that a cell is not behind the still columns."""
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
        """After Enter go down, as in Excel."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.move_by(1, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab goes right, Delete empties the cell."""
        deed = self._deeds().get(event.keyCombination().toCombined())
        if deed is None:
            super().keyPressEvent(event)
            return
        deed()
        event.accept()

    def _deeds(self) -> dict[int, Callable[[], object]]:
        control = Qt.Modifier.CTRL
        return {
            QKeyCombination(Qt.Key.Key_Delete).toCombined(): self.empty,
            QKeyCombination(Qt.Key.Key_Tab).toCombined(): lambda: self.move_by(0, 1),
            (control | Qt.Key.Key_C).toCombined(): self.copy,
            (control | Qt.Key.Key_V).toCombined(): self.paste,
            (control | Qt.Key.Key_D).toCombined(): self.fill_down,
        }

    # -- Blocks of cells ---------------------------------------------------------------------

    def empty(self) -> None:
        """Empty the cells that are selected."""
        self.table_model.change(dict.fromkeys(self._selected(), ""))

    def copy(self) -> None:
        """Copy the cells that are selected, as Excel does."""
        lines: dict[int, list[str]] = {}
        for row, column in self._selected():
            lines.setdefault(row, []).append(self.table_model.grid.edit_text(row, column))
        QGuiApplication.clipboard().setText(to_text(list(lines.values())))

    def paste(self) -> None:
        """Put what was copied where the keyboard is."""
        at, model = self.currentIndex(), self.table_model
        block = from_text(QGuiApplication.clipboard().text())
        model.change(pasted(block, model.rows, range(model.columnCount()), (at.row(), at.column())))

    def fill_down(self) -> None:
        """Give all cells that are selected the text of the first of their column."""
        cells, grid = self._selected(), self.table_model.grid
        texts = {column: grid.edit_text(row, column) for row, column in reversed(cells)}
        self.table_model.change(filled_down(cells, texts))

    def _selected(self) -> list[tuple[int, int]]:
        rows, selection = self.table_model.rows, self.selectionModel().selection()
        areas = (selection.at(number) for number in range(selection.count()))
        return [
            (rows[row], column)
            for area in areas
            for row in range(area.top(), area.bottom() + 1)
            for column in range(area.left(), area.right() + 1)
        ]


class _StillColumns(QTableView):
    """The columns on top; selection and cells are those of the table below."""

    def __init__(self, below: SheetView, look: Look) -> None:
        super().__init__(below)
        self.setModel(below.model())
        self.setSelectionModel(below.selectionModel())
        self.setItemDelegate(below.itemDelegate())
        self.setHorizontalHeader(Headings(look, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(below.verticalHeader().defaultSectionSize())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(f"QTableView {{ border: none; border-right: 2px solid {look.tokens.border}; }}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)
        self.setEditTriggers(_EDIT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
