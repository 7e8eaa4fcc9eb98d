"""The Table: one sheet, columnar and compact, every cell exactly as the file stores it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rowpost.model.cells import CellRef, Kind

_KINDS = tuple(Kind)  # by their number: quicker than to make one of each cell's byte
NO_EDITS: Mapping[tuple[int, int], str] = MappingProxyType({})
VALUE = "\N{START OF TEXT}"
"""Begins an edit that is no text but a value as files store it, for a cell of the kind it lies over."""


@dataclass(frozen=True, slots=True)
class TextPool:
    """UTF-8 texts laid end to end; text i is `blob[offsets[i]:offsets[i + 1]]`. Text 0 is ''."""

    blob: bytes | bytearray | memoryview
    offsets: Sequence[int]

    def __getitem__(self, ref: int) -> str:
        """Return text `ref`."""
        return str(self.blob[self.offsets[ref] : self.offsets[ref + 1]], "utf-8", "surrogatepass")

    def texts(self, refs: Iterable[int]) -> list[str]:
        """Return many texts at once."""
        blob, offsets = self.blob, self.offsets
        return [str(blob[offsets[ref] : offsets[ref + 1]], "utf-8", "surrogatepass") for ref in refs]

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.offsets) - 1


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column from Excel row `first_row` on; rows outside it are empty.

    Three arrays of equal length: `kinds` (a Kind, one byte), `refs` (index into the Table's
    pool) and `formats` (index into the Table's number formats).
    """

    first_row: int
    kinds: Sequence[int]
    refs: Sequence[int]
    formats: Sequence[int]

    def index(self, row: int) -> int:
        """The place of Excel row `row` in the arrays, -1 if the column does not reach it."""
        index = row - self.first_row
        return index if 0 <= index < len(self.kinds) else -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind, its stored text exactly as in the file, its number format code."""

    kind: Kind
    stored: str
    format: str = "General"


EMPTY_CELL = Cell(Kind.EMPTY, "")


def edited_cell(edit: str, under: Cell) -> Cell:
    """Return the cell that an edit makes of the one it lies over: a text, or another value of its kind.

    A value keeps the kind and the number format, so that it means the same in every country and
    whatever the texts of its column are read as.
    """
    if not edit.startswith(VALUE):
        return Cell(Kind.TEXT if edit else Kind.EMPTY, edit, "@")
    stored = edit.removeprefix(VALUE)
    is_value = under.kind in (Kind.NUMBER, Kind.DATE)
    return Cell(under.kind, stored, under.format) if is_value else Cell(Kind.TEXT, stored, "@")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook.

    `columns[c - 1]` is Excel's column c. `number_formats` are format codes; `epoch_1904` says
    how serial dates count. `edits` lie over the cells: (row, column) -> what a person entered
    instead: a text, or a value (see `edited_cell`). Rows and columns are Excel's own, from 1.
    """

    sheet: str
    row_count: int
    columns: Sequence[Column]
    pool: TextPool
    number_formats: Sequence[str]
    epoch_1904: bool = False
    hidden_rows: frozenset[int] = frozenset()
    filtered_rows: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    carried: tuple[tuple[int, int, int, int], ...] = ()  # cells filled from the merged cell above them
    edits: Mapping[tuple[int, int], str] = field(default_factory=lambda: NO_EDITS)

    @property
    def column_count(self) -> int:
        """How many columns the sheet has."""
        return len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell at Excel's row and column; empty outside the sheet."""
        edited = self.edits.get((row, column))
        if edited is not None:
            return edited_cell(edited, self.under(row, column) if edited.startswith(VALUE) else EMPTY_CELL)
        if not 0 < column <= len(self.columns):
            return EMPTY_CELL
        cells = self.columns[column - 1]
        index = cells.index(row)
        if index < 0:
            return EMPTY_CELL
        return Cell(
            _KINDS[cells.kinds[index]],
            self.pool[cells.refs[index]],
            self.number_formats[cells.formats[index]],
        )

    def under(self, row: int, column: int) -> Cell:
        """Return the workbook's own cell, whatever lies over it."""
        return self.with_edits(NO_EDITS).cell(row, column)

    def is_empty(self, row: int) -> bool:
        """Whether no cell of Excel's row holds anything but blanks."""
        return not any(self.cell(row, column).stored.strip() for column in range(1, self.column_count + 1))

    def ref(self, row: int, column: int) -> CellRef:
        """Name a cell of this table."""
        return CellRef(self.sheet, row, column)

    def with_edits(self, edits: Mapping[tuple[int, int], str]) -> Table:
        """Return the same sheet with other edits over it; what is read-only already is taken as it is."""
        frozen = edits if isinstance(edits, MappingProxyType) else MappingProxyType(dict(edits))
        return replace(self, edits=frozen)
