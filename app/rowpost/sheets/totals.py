"""Total rows: recognised by their word and by adding up; used as check sums."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation

from rowpost.catalog import fold
from rowpost.model.cells import Kind
from rowpost.model.table import Column, Table
from rowpost.model.workbook import TotalRow
from rowpost.sheets.request import Words

_FIRST_COLUMNS = 8  # a total's word stands near the left
_LAST_ROWS = 12  # a total without a word stands at the end
_FILLED = bytes((0, *(1,) * 255))
_LONGEST_WORD = 60  # bytes
_SUM = re.compile(r"[^\d\W]{0,3}\.?\s*[-(\u2212]?[0-9][0-9.,'\s]*[-)]?")  # 'NOK 13 850,40', '(500.00)'
CLOSE = Decimal("0.005")


def find_totals(table: Table, first: int, words: Words) -> tuple[TotalRow, ...]:
    """Find the rows from `first` on that add up rows above them.

    Only rows that hold clearly less than the others are looked at: a total is said by the word
    it holds, or, near the end, by adding up.
    """
    widths = row_widths(table)
    usual = sorted(widths[first:])[(len(widths) - first) // 2] if len(widths) > first else 0
    narrow = bytes(0 < width * 3 <= usual * 2 for width in range(256))
    marks = widths.translate(narrow)
    found: list[TotalRow] = []
    row = marks.find(1, first)
    while row >= 0:
        total = TotalRow(row, _numbers(table, row))
        if _is_total(table, total, first, words, {earlier.row for earlier in found}):
            found.append(total)
        row = marks.find(1, row + 1)
    return tuple(found)


def _is_total(table: Table, total: TotalRow, first: int, words: Words, before: Collection[int]) -> bool:
    word = _worded(table, total.row, words)
    doubtful = word is False or (word is None and total.row > table.row_count - _LAST_ROWS)
    if total.sums:
        return bool(word) or (doubtful and _adds_up(table, total, first, before))
    return (bool(word) or doubtful) and _sums_unread(table, total.row, word)


def row_widths(table: Table) -> bytes:
    """How many of the first 255 cells of each row are filled; one byte a row, from row 0."""
    together = 0
    for column in table.columns[:255]:
        marks = bytes(column.kinds).translate(_FILLED)
        together += int.from_bytes(marks, "little") << (8 * column.first_row)
    return together.to_bytes(table.row_count + 1, "little")


def _worded(table: Table, row: int, words: Words) -> bool | None:
    """True: a cell among the first holds a total's word and no more; False: begins with one."""
    found: bool | None = None
    for column in table.columns[:_FIRST_COLUMNS]:
        index = column.index(row)
        if index >= 0 and column.kinds[index] == Kind.TEXT:
            word = _total_word(table, column.refs[index], words)
            found = word if found is None else found or bool(word)
    return found


def _total_word(table: Table, ref: int, words: Words) -> bool | None:
    """True: the text is a total's word; False: it begins with one; None: neither."""
    offsets = table.pool.offsets
    if not 0 < offsets[ref + 1] - offsets[ref] <= _LONGEST_WORD:
        return None
    text = table.pool[ref]
    if not text[0].isalpha():
        return None
    if fold(text) in words.totals:
        return True
    return False if fold(text.split()[0]) in words.totals else None


def _kind(column: Column, row: int) -> int:
    index = column.index(row)
    return column.kinds[index] if index >= 0 else Kind.EMPTY


def _numbers(table: Table, row: int) -> tuple[tuple[int, str], ...]:
    return tuple(
        (number, table.cell(row, number).stored)
        for number, column in enumerate(table.columns, 1)
        if _kind(column, row) == Kind.NUMBER
    )


def _sums_unread(table: Table, row: int, word: bool | None) -> bool:
    """Whether all that the row says, apart from a total's word, are formulas saved without results.

    Programs that write workbooks without calculating them leave such totals. Where the word
    stands alone in its cell, other cells may be filled as well, and text may hold the sum: all
    cells of a text file are texts.
    """
    kinds = [kind for column in table.columns if (kind := _kind(column, row)) != Kind.EMPTY]
    unread = kinds.count(Kind.NO_VALUE)
    if word:
        return unread > 0 or any(_SUM.fullmatch(text) for text in _texts(table, row))
    return unread > 0 and len(kinds) - unread == (word is not None)


def _texts(table: Table, row: int) -> Iterator[str]:
    for number, column in enumerate(table.columns, 1):
        if _kind(column, row) == Kind.TEXT:
            yield table.cell(row, number).stored.strip()


def _adds_up(table: Table, total: TotalRow, first: int, but: Collection[int]) -> bool:
    sums = [
        (Decimal(text), column_sum(table, column, (first, total.row), but)) for column, text in total.sums
    ]
    return any(stored for stored, _ in sums) and all(abs(stored - added) < CLOSE for stored, added in sums)


def column_sums(
    table: Table, number: int, rows: tuple[int, int], but: Collection[int] = ()
) -> tuple[Decimal, ...]:
    """Add up a column as `column_sum` does, with the amounts that are written as text in it.

    Several sums where those can be read with a decimal comma or a decimal point.
    """
    plain, texts = column_sum(table, number, rows, but), list(_written(table, number, rows, but))
    if not texts:
        return (plain,)
    from rowpost.mapping.converters.amount import readings  # most sheets do without it

    written = [found for text in texts if (found := readings(text))]
    styles = dict.fromkeys(style for found in written for style in found)
    sums = (
        plain + sum((found.get(style, next(iter(found.values()))) for found in written), Decimal(0))
        for style in styles
    )
    return tuple(dict.fromkeys(sums)) or (plain,)


def _written(table: Table, number: int, rows: tuple[int, int], but: Collection[int]) -> Iterator[str]:
    column = table.columns[number - 1]
    for row in range(max(rows[0], column.first_row), rows[1]):
        if _kind(column, row) == Kind.TEXT and row not in but:
            yield table.pool[column.refs[row - column.first_row]]


def column_sum(table: Table, number: int, rows: tuple[int, int], but: Collection[int] = ()) -> Decimal:
    """Add up the numbers of a column from the first row up to, not with, the second; rows in `but` apart."""
    column = table.columns[number - 1]
    start, stop = (max(row - column.first_row, 0) for row in rows)
    kinds, refs = column.kinds[start:stop], column.refs[start:stop]
    total = Decimal(0)
    for row, (kind, ref) in enumerate(zip(kinds, refs, strict=True), column.first_row + start):
        if kind == Kind.NUMBER and row not in but:
            try:
                total += Decimal(table.pool[ref])
            except InvalidOperation:
                continue
    return total
