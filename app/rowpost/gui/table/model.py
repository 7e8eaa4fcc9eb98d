"""The item model over a Grid: no object a cell, filters by arrays of row numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rowpost.gui.table.grid import Face, Grid, Quality

Index = QModelIndex | QPersistentModelIndex
Changes = Mapping[tuple[int, int], str]  # (row, column) of the grid -> new text
Edited = Callable[[Changes, str], None]  # the second says which deed it was: edit, paste, ...
_ROLE = Qt.ItemDataRole
_HORIZONTAL = Qt.Orientation.Horizontal
_ENABLED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _ENABLED | Qt.ItemFlag.ItemIsEditable
_NOWHERE = QModelIndex()
_MOST_FACES = 4_000  # more than the cells of a large screen


class TableModel(QAbstractTableModel):
    """Shows the rows of a grid that a filter lets through, in the filter's order."""

    def __init__(self, grid: Grid, edited: Edited | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self._edited = edited
        self._rows: Sequence[int] = range(grid.row_count)
        self._faces: dict[tuple[int, int], Face] = {}  # those seen last: most paints show them again

    @property
    def grid(self) -> Grid:
        """Where the answers come from."""
        return self._grid

    @property
    def rows(self) -> Sequence[int]:
        """The rows of the grid that are shown, in this order."""
        return self._rows

    def show_grid(self, grid: Grid, rows: Sequence[int]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._grid, self._rows = grid, rows
        self._faces.clear()
        self.endResetModel()

    def update_grid(self, grid: Grid) -> None:
        """Take a grid of the same shape with other contents; selection and place stay."""
        self._grid = grid
        self._faces.clear()
        if self._rows:
            last = self.index(len(self._rows) - 1, grid.column_count - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(_HORIZONTAL, 0, max(0, grid.column_count - 1))

    def face(self, row: int, column: int) -> Face:
        """Return how the cell at a row and column of the view is painted."""
        at = self._rows[row], column
        known = self._faces.get(at)
        if known is None:
            if len(self._faces) == _MOST_FACES:
                self._faces.clear()
            known = self._faces[at] = self._grid.face(*at)
        return known

    def quality(self, column: int) -> Quality | None:
        """Return the quality bar of a column."""
        return self._grid.quality(column)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else self._grid.column_count

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Answer for those who do not paint by `face`: editors, copy, screen readers."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == _ROLE.DisplayRole:
            return self._grid.face(row, column).text
        if role == _ROLE.EditRole:
            return self._grid.edit_text(row, column)
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleDescriptionRole):
            return self._grid.sentence(row, column) or None
        return None

    def setData(self, index: Index, value: object, role: int = _ROLE.EditRole) -> bool:
        """Hand an edit to its owner; the change comes back as a new grid."""
        if role != _ROLE.EditRole or not index.isValid():
            return False
        return self.change({(self._rows[index.row()], index.column()): str(value)})

    def change(self, changes: Changes, deed: str = "edit") -> bool:
        """Hand edits to their owner in one step; False if nothing would be another."""
        grid = self._grid
        real = {
            (row, column): text
            for (row, column), text in changes.items()
            if grid.editable(row, column) and text != grid.edit_text(row, column)
        }
        if not real or self._edited is None:
            return False
        self._edited(real, deed)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self._edited is not None and self._grid.editable(self._rows[index.row()], index.column())
        return _EDITABLE if editable else _ENABLED

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        """Return headings above and the workbook's own row numbers before the rows."""
        if role == _ROLE.TextAlignmentRole and orientation == _HORIZONTAL:
            return self._heading_alignment(section)
        if role != _ROLE.DisplayRole:
            return None
        if orientation == _HORIZONTAL:
            return self._grid.heading(section) if section < self._grid.column_count else None
        return self._grid.row_name(self._rows[section]) if section < len(self._rows) else None

    def _heading_alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return where a heading stands: over its numbers, if they stand at the right."""
        right = len(self._rows) > 0 and self._grid.face(self._rows[0], column).right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
