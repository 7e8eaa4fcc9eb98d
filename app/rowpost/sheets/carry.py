"""Merged cells: what stands in the first one holds for all the rows it spans."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.cells import Kind
from rowpost.model.table import Table
from rowpost.sheets.building import ColumnBuilder
from rowpost.sheets.raw import Range, RawSheet

_MOST_CELLS = 1_000_000


def carry_down(raw: RawSheet, table: Table, first_row: int) -> tuple[Range, ...]:
    """Fill empty cells below the first one of a merged range in the table's rows; return what was filled.

    Only down the range's first column: a cell merged across columns has one value, in one column.
    """
    filled: list[Range] = []
    cells = 0
    for top, column, last, _ in table.merged:
        bottom = min(last, table.row_count)
        if top < first_row or bottom <= top or column > table.column_count:
            continue
        for start, end in _carry(raw.builder.columns[column - 1], top, bottom):
            filled.append((start, column, end, column))
            cells += end - start + 1
        if cells > _MOST_CELLS:
            break
    return tuple(filled)


def _carry(cells: ColumnBuilder, top: int, bottom: int) -> Iterator[tuple[int, int]]:
    """Copy the cell at `top` into empty ones down to `bottom`; give the runs that were filled."""
    at = top - cells.first_row
    if not cells.kinds or not 0 <= at < len(cells.kinds) or cells.kinds[at] == Kind.EMPTY:
        return
    if bottom >= cells.next_row:
        cells.reach(bottom + 1)
    start = 0
    for row in range(top + 1, bottom + 2):
        index = row - cells.first_row
        if row <= bottom and cells.kinds[index] == Kind.EMPTY:
            start = start or row
            cells.kinds[index] = cells.kinds[at]
            cells.refs[index] = cells.refs[at]
            cells.formats[index] = cells.formats[at]
        elif start:
            yield start, row - 1
            start = 0
