"""The different words of a column, as Excel shows them, with how many rows have each."""

from __future__ import annotations

from collections import Counter

from rowpost.model.cells import Kind
from rowpost.model.table import NO_EDITS, Cell, Table
from rowpost.model.workbook import Layout
from rowpost.shown import shown_text

_SILENT = frozenset({Kind.EMPTY, Kind.ERROR, Kind.NO_VALUE})

_BLOCK = 16_384  # cells counted in one go: a window beside it must be able to breathe


def column_words(table: Table, column: int, layout: Layout) -> Counter[str]:
    """Count the words of a column in the rows that are data, edits included; numbers count as words."""
    counts: Counter[str] = Counter()
    if not 0 < column <= table.column_count:
        return counts
    for cell, count in _cells(table, column, layout).items():
        if cell.kind not in _SILENT and count > 0:
            text = shown_text(cell, table.epoch_1904)
            word = (cell.stored if text is None else text).strip()
            if word:
                counts[word] += count
    return counts


def _cells(table: Table, column: int, layout: Layout) -> Counter[Cell]:
    """Count equal cells; rows that are left out and cells under an edit are taken off again."""
    cells = table.columns[column - 1]
    low, high = max(layout.first_row - cells.first_row, 0), max(layout.last_row + 1 - cells.first_row, 0)
    found: Counter[tuple[int, int, int]] = Counter()
    for first in range(low, high, _BLOCK):
        block = slice(first, min(first + _BLOCK, high))
        found.update(zip(cells.kinds[block], cells.formats[block], cells.refs[block], strict=True))
    counts: Counter[Cell] = Counter()
    for (kind, form, ref), count in found.items():
        counts[Cell(Kind(kind), table.pool[ref], table.number_formats[form])] += count
    bare = table.with_edits(NO_EDITS)
    left_out = {row for row, _ in layout.left_out}
    edited = {row for row, at in table.edits if at == column}
    for row in left_out | edited:
        if layout.first_row <= row <= layout.last_row:
            counts[bare.cell(row, column)] -= 1
            if row not in left_out:
                counts[table.cell(row, column)] += 1
    return counts
