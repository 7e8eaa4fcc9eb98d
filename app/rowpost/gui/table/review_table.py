"""The Review table with its filter: what is shown, where the keyboard is, where the next problem is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import column
from rowpost.gui.table.model import Edited, TableModel
from rowpost.gui.table.review import ReviewGrid, frozen_columns
from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.views.review_index import row_of
from rowpost.gui.views.row_filter import RowFilter


class ReviewTable(QWidget):
    """Shows one grid at a time. `moved` is told whenever another cell is current."""

    def __init__(
        self, look: Look, name: str, grid: ReviewGrid, edited: Edited, moved: Callable[[], None]
    ) -> None:
        super().__init__()
        self.grid = grid
        self.filter = RowFilter()
        self._moved = moved
        self.model = TableModel(grid, edited)
        self.view = SheetView(look, name, self.model)
        self.setFocusProxy(self.view)
        self.setLayout(column(self.view))
        self.view.selectionModel().currentChanged.connect(lambda *_: moved())

    def begin(self, grid: ReviewGrid, wanted: RowFilter) -> None:
        """Show another sheet, from the first problem that the filter lets through."""
        self.grid = grid
        self.filter = wanted
        rows = wanted.rows(grid.source.index)
        self.model.show_grid(grid, rows)
        self.view.freeze(frozen_columns(grid.source))
        self.view.fit_columns()
        if rows:
            self.go_to(0, self._first_marked(rows[0]))

    def go_on(self, grid: ReviewGrid) -> None:
        """Show the same sheet with other contents; rows that are shown stay until the filter changes."""
        self.grid = grid
        self.model.update_grid(grid)

    def show_rows(self, wanted: RowFilter) -> None:
        """Show the rows that a filter lets through; the current row stays current if it is one of them."""
        self.filter = wanted
        here = self.excel_row()
        rows = wanted.rows(self.grid.source.index)
        at_column = self.view.currentIndex().column()
        self.model.show_grid(self.grid, rows)
        place = row_of(rows, here)
        if place is not None:
            self.go_to(place, at_column)
        elif rows:
            self.go_to(0, self._first_marked(rows[0]))
        else:
            self._moved()

    def narrow(self, **changes: object) -> None:
        """Change one side of the filter."""
        self.show_rows(replace(self.filter, **changes))  # type: ignore[arg-type]

    def excel_row(self) -> int:
        """Return Excel's number of the current row, 0 where there is none."""
        at = self.view.currentIndex()
        return self.model.rows[at.row()] if at.isValid() else 0

    def excel_column(self) -> int:
        """Return Excel's number of the current column, 0 for the state."""
        at = self.view.currentIndex()
        return self.grid.excel_column(at.column()) if at.isValid() else 0

    def go_to(self, place: int, at_column: int) -> None:
        """Make a cell current, by its place in the view."""
        self.view.setCurrentIndex(self.model.index(place, max(0, at_column)))
        self._moved()

    def go_to_row(self, excel_row: int) -> bool:
        """Make a row of the workbook current; False where the filter hides it."""
        place = row_of(self.model.rows, excel_row)
        if place is not None:
            self.go_to(place, self._first_marked(excel_row))
        return place is not None

    def go_to_cell(self, excel_row: int, excel_column: int) -> None:
        """Make a cell of the workbook current, where the filter shows its row."""
        place = row_of(self.model.rows, excel_row)
        columns = range(self.model.columnCount())
        found = (one for one in columns if self.grid.excel_column(one) == excel_column)
        if place is not None:
            self.go_to(place, next(found, 0))

    def next_problem(self, *, backwards: bool = False) -> None:
        """Go to the next cell with a mark among the rows shown, round and round."""
        at = self.view.currentIndex() if self.view.currentIndex().isValid() else QModelIndex()
        inside = self._beside(at, backwards=backwards)
        if inside is not None:
            self.go_to(at.row(), inside)
            return
        rows, index = self.model.rows, self.grid.source.index
        end = len(rows) if backwards else -1
        place = index.next_marked(rows, at.row() if at.isValid() else end, backwards=backwards)
        if place is None:
            place = index.next_marked(rows, end, backwards=backwards)
        if place is not None:
            columns = self._marked(rows[place])
            self.go_to(place, columns[-1] if backwards else columns[0])

    def _beside(self, at: QModelIndex, *, backwards: bool) -> int | None:
        """The next marked column in the current row."""
        columns = self._marked(self.model.rows[at.row()]) if at.isValid() else []
        beyond = [one for one in columns if (one < at.column() if backwards else one > at.column())]
        return (beyond[-1] if backwards else beyond[0]) if beyond else None

    def _marked(self, excel_row: int) -> list[int]:
        return sorted(map(self.grid.grid_column, self.grid.source.index.marked_columns(excel_row)))

    def _first_marked(self, excel_row: int) -> int:
        return next((one for one in self._marked(excel_row) if one), 1)
