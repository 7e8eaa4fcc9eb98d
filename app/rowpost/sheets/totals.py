"""Total rows: recognised by their word and by adding up; used as check sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from rowpost.catalog import fold
from rowpost.model.cells import Kind
from rowpost.model.table import Column, Table
from rowpost.model.workbook import TotalRow
from rowpost.sheets.request import Words

_FIRST_COLUMNS = 8  # a total's word stands near the left
_LAST_ROWS = 12  # a total without a word stands at the end
_LONGEST_WORD = 60
_CLOSE = Decimal("0.005")


def find_totals(table: Table, headings: Sequence[str], first: int, words: Words) -> tuple[TotalRow, ...]:
    """Find the rows from `first` on that add up rows above them."""
    candidates = _worded(table, first, words)
    candidates.update(_sparse_at_the_end(table, first))
    found = []
    for row in sorted(candidates):
        sums = _sums(table, row)
        if sums and (candidates[row] or _adds_up(table, row, sums, first)):
            found.append(TotalRow(row, sums))
    return tuple(found)


def _worded(table: Table, first: int, words: Words) -> dict[int, bool]:
    """Rows with a total's word in one of the first columns."""
    found: dict[int, bool] = {}
    for column in table.columns[:_FIRST_COLUMNS]:
        refs = {ref for ref in set(column.refs) if ref and _is_total(table, ref, words)}
        if refs:
            for row, (kind, ref) in enumerate(zip(column.kinds, column.refs, strict=True), column.first_row):
                if ref in refs and kind == Kind.TEXT and row >= first:
                    found[row] = True
    return found


def _is_total(table: Table, ref: int, words: Words) -> bool:
    pool = table.pool
    if pool.offsets[ref + 1] - pool.offsets[ref] > _LONGEST_WORD:
        return False
    text = fold(pool[ref])
    return text in words.totals


def _sparse_at_the_end(table: Table, first: int) -> dict[int, bool]:
    """The last filled rows that lack most of what the row above the end of the table has."""
    last = table.row_count
    widths = {row: _width(table, row) for row in range(max(first, last - _LAST_ROWS), last + 1)}
    widest = max(widths.values(), default=0)
    return {row: False for row, width in widths.items() if 0 < width * 2 <= widest}


def _width(table: Table, row: int) -> int:
    return sum(_kind(column, row) != Kind.EMPTY for column in table.columns)


def _kind(column: Column, row: int) -> int:
    index = column.index(row)
    return column.kinds[index] if index >= 0 else Kind.EMPTY


def _sums(table: Table, row: int) -> tuple[tuple[int, str], ...]:
    numbers = (
        (number, table.cell(row, number).stored)
        for number, column in enumerate(table.columns, 1)
        if _kind(column, row) == Kind.NUMBER
    )
    return tuple(numbers)


def _adds_up(table: Table, row: int, sums: tuple[tuple[int, str], ...], first: int) -> bool:
    return all(abs(column_sum(table, column, first, row) - Decimal(text)) < _CLOSE for column, text in sums)


def column_sum(table: Table, number: int, first: int, end: int) -> Decimal:
    """Add up the numbers of a column from row `first` up to, not with, row `end`."""
    column = table.columns[number - 1]
    start, stop = max(first - column.first_row, 0), max(end - column.first_row, 0)
    total = Decimal(0)
    for kind, ref in zip(column.kinds[start:stop], column.refs[start:stop], strict=True):
        if kind == Kind.NUMBER:
            try:
                total += Decimal(table.pool[ref])
            except InvalidOperation:
                continue
    return total
