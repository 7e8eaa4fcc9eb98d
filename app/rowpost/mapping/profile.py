"""What stands in a column: its distinct values with counts, how many are empty, smallest and largest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rowpost.model.cells import Kind
from rowpost.model.table import Cell, Table
from rowpost.model.workbook import Layout
from rowpost.shown import shown_text


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """The values of one column in the rows of the table.

    `values` are the most frequent as Excel shows them, with counts; `distinct` how many there
    are in all. `kinds` count the cells by kind. `smallest` and `largest` are of the numbers and
    dates as they are stored, None where there are none.
    """

    column: int
    empty: int
    distinct: int
    values: tuple[tuple[str, int], ...]
    kinds: dict[Kind, int]
    smallest: Decimal | None
    largest: Decimal | None


def profile(table: Table, column: int, layout: Layout, *, most: int = 100) -> ColumnProfile:
    """Look at every row of the column once; the `most` frequent values are kept."""
    rows = range(layout.first_row, layout.last_row + 1)
    cells = Counter(_raw_cells(table, column, rows))
    shown: Counter[str] = Counter()
    kinds: Counter[Kind] = Counter()
    numbers: list[Decimal] = []
    for cell, count in cells.items():
        kinds[cell.kind] += count
        if cell.kind is not Kind.EMPTY:
            text = shown_text(cell, table.epoch_1904)
            shown[cell.stored if text is None else text] += count
        if cell.kind in {Kind.NUMBER, Kind.DATE}:
            numbers += _number(cell.stored)
    return ColumnProfile(
        column,
        kinds.pop(Kind.EMPTY, 0),
        len(shown),
        tuple(shown.most_common(most)),
        dict(kinds),
        min(numbers, default=None),
        max(numbers, default=None),
    )


def _raw_cells(table: Table, column: int, rows: range) -> list[Cell]:
    """Every cell, equal ones as one object; text is read once per distinct reference."""
    if not 0 < column <= table.column_count:
        return [Cell(Kind.EMPTY, "")] * len(rows)
    cells = table.columns[column - 1]
    known: dict[tuple[int, int, int], Cell] = {}
    found = []
    for row in rows:
        index = cells.index(row)
        if index < 0 or (row, column) in table.edits:
            found.append(table.cell(row, column))
            continue
        key = (cells.kinds[index], cells.refs[index], cells.formats[index])
        cell = known.get(key)
        if cell is None:
            cell = known[key] = table.cell(row, column)
        found.append(cell)
    return found


def _number(stored: str) -> list[Decimal]:
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return []
    return [value] if value.is_finite() else []
