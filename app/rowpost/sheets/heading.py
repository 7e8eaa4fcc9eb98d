"""The row that names the columns: found by known headings first, then by shape."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rowpost.catalog import fold
from rowpost.model.cells import Kind
from rowpost.model.table import Table
from rowpost.sheets.request import Words

LOOKED_AT_ROWS = 50
_LOOKED_AT_COLUMNS = 512
_LONGEST_HEADING = 200
_VALUES = frozenset((Kind.NUMBER, Kind.DATE, Kind.BOOLEAN, Kind.ERROR))


@dataclass(frozen=True, slots=True)
class Row:
    """One row near the top: column -> (kind, text), filled cells only."""

    number: int
    cells: dict[int, tuple[Kind, str]]

    @property
    def texts(self) -> int:
        """How many cells are text."""
        return sum(kind is Kind.TEXT for kind, _ in self.cells.values())

    def known(self, words: Words) -> int:
        """How many different known headings the row holds."""
        found = {fold(text) for kind, text in self.cells.values() if kind is Kind.TEXT}
        return sum(heading in words.headings for heading in found)


def top_rows(table: Table) -> list[Row]:
    """The first rows that hold anything."""
    last = min(table.row_count, LOOKED_AT_ROWS)
    rows = (_row(table, number) for number in range(1, last + 1))
    return [row for row in rows if row.cells]


def _row(table: Table, number: int) -> Row:
    cells: dict[int, tuple[Kind, str]] = {}
    for column in range(1, min(table.column_count, _LOOKED_AT_COLUMNS) + 1):
        cell = table.cell(number, column)
        if cell.kind is not Kind.EMPTY and (cell.kind is not Kind.TEXT or cell.stored.strip()):
            cells[column] = (cell.kind, cell.stored[:_LONGEST_HEADING])
    return Row(number, cells)


def heading_score(table: Table, words: Words) -> int:
    """How much the sheet looks like one to send: known headings in its best row, then filled cells."""
    rows = top_rows(table)
    known = max((row.known(words) for row in rows), default=0)
    return known * 10_000 + min(sum(len(row.cells) for row in rows), 9_999)


def find_header(table: Table, words: Words) -> tuple[int, ...]:
    """Return the rows that name the columns, () where there is no such row."""
    rows = top_rows(table)
    if not rows:
        return ()
    best = max(rows, key=lambda row: (row.known(words), -row.number))
    pairs = [(upper, lower) for upper, lower in pairwise(rows) if _belong_together(upper, lower)]
    known = best.known(words)
    for upper, lower in pairs:
        together = join(upper, lower).known(words)
        if together > known and together >= 2:
            return upper.number, lower.number
    if known >= 2 or (known == 1 and len(best.cells) == 1):
        return (best.number,)
    shaped = _by_shape(rows)
    return (shaped.number,) if shaped else ()


def _belong_together(upper: Row, lower: Row) -> bool:
    return lower.number == upper.number + 1 and _is_words(upper) and _is_words(lower)


def _is_words(row: Row) -> bool:
    return row.texts == len(row.cells)


def join(upper: Row, lower: Row) -> Row:
    """Join two lines of headings, column by column."""
    columns = sorted({*upper.cells, *lower.cells})
    lines = {
        column: " ".join(row.cells[column][1].strip() for row in (upper, lower) if column in row.cells)
        for column in columns
    }
    return Row(upper.number, {column: (Kind.TEXT, text) for column, text in lines.items()})


def _by_shape(rows: list[Row]) -> Row | None:
    """A row of different words, as wide as the rows below it, which hold values where it holds words."""
    width = sorted(len(row.cells) for row in rows)[len(rows) // 2]
    for row, below in pairwise(rows):
        texts = [text.strip() for _, text in row.cells.values()]
        distinct = len(set(texts)) == len(texts)
        if _is_words(row) and distinct and len(texts) * 2 > width and len(texts) > 1:
            values = sum(below.cells.get(column, (Kind.EMPTY, ""))[0] in _VALUES for column in row.cells)
            digits = any(character.isdigit() for text in texts for character in text)
            return row if values or not digits else None
        if len(row.cells) * 2 > width and len(row.cells) > 1:
            return None
    return None


def headings_of(table: Table, rows: tuple[int, ...]) -> tuple[str, ...]:
    """Return one heading a column, '' where there is none; lines of one heading are joined."""
    if not rows:
        return ("",) * table.column_count
    return tuple(
        " ".join(filter(None, (table.cell(row, column).stored.strip() for row in rows)))
        for column in range(1, table.column_count + 1)
    )
