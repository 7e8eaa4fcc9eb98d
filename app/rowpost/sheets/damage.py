"""Cells that arrived damaged, or look as if: told column by column, with the cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rowpost.catalog import fold
from rowpost.model.cells import Kind, column_letters
from rowpost.model.problems import Problem, Severity, Value
from rowpost.model.table import Cell, Column, Table
from rowpost.model.workbook import Layout
from rowpost.sheets.request import Words
from rowpost.shown import shown_text

EXAMPLES = 100
_KEPT_DIGITS = 15  # Excel keeps no more
_FIRST_LOST = Decimal(10) ** _KEPT_DIGITS
# Control characters but tab and line ends; soft hyphen; zero-width, bidi and invisible ones; byte order mark.
_INVISIBLE = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf"
)
_LEADS = (b"\xc2", b"\xe2", b"\xef")  # first bytes of the longer ones
_CONTROLS = bytes((*set(range(32)) - {9, 10, 13}, 127))
_NUMBER_TEXT = re.compile(r"\s*[-+]?[0-9][0-9\s.,']*\s*")


@dataclass(frozen=True, slots=True)
class _Place:
    """One column of the table: its number, cells, heading, and the field its heading names."""

    number: int
    column: Column
    heading: str
    field: str | None  # None: the heading says nothing known


def find_damage(
    table: Table, layout: Layout, words: Words, long_numbers: Collection[int]
) -> Iterator[Problem]:
    """Look at every column of the table from its first row on.

    `long_numbers` are the columns that may hold numbers of more than 15 digits.
    """
    for number, column in enumerate(table.columns, 1):
        heading = layout.headings[number - 1] if number <= len(layout.headings) else ""
        place = _Place(number, column, heading, words.headings.get(fold(heading)))
        damage = _ColumnDamage(table, layout, words, place)
        yield from damage.found(long_numbers=number in long_numbers)
    yield from _invisible(table, layout)


class _ColumnDamage:
    def __init__(self, table: Table, layout: Layout, words: Words, place: _Place) -> None:
        self._table = table
        self._words = words
        self._place = place
        self._start = max(layout.first_row - place.column.first_row, 0)
        self._kinds = bytes(place.column.kinds)
        self._counts = {kind: count_kind(self._kinds[self._start :], kind) for kind in Kind}

    def found(self, *, long_numbers: bool) -> Iterator[Problem]:
        yield from self._errors()
        stale = {row for row in self._rows(Kind.NO_VALUE) if self._text(row)}
        missing = [row for row in self._rows(Kind.NO_VALUE) if row not in stale]
        yield from self._tell("sheets.no_value", Severity.WARNING, missing)
        yield from self._tell("sheets.changing_value", Severity.NOTE, sorted(stale))
        if self._is_identifier():
            if long_numbers:
                yield from self._tell("sheets.digits_lost", Severity.WARNING, list(self._too_long()))
            yield from self._tell("sheets.zeros_lost", Severity.WARNING, list(self._too_short()))
        mostly_numbers = 0 < self._counts[Kind.TEXT] < self._counts[Kind.NUMBER]
        if mostly_numbers and self._place.field not in self._words.identifiers:
            yield from self._tell("sheets.numbers_as_text", Severity.NOTE, list(self._number_texts()))

    def _is_identifier(self) -> bool:
        """Columns whose heading names an identifier, and those nobody knows anything about."""
        field = self._place.field
        return bool(self._counts[Kind.NUMBER]) and (field is None or field in self._words.identifiers)

    def _rows(self, kind: Kind) -> list[int]:
        if not self._counts[kind]:
            return []
        return list(self._each(kind))

    def _each(self, kind: Kind) -> Iterator[int]:
        at = self._kinds.find(kind, self._start)
        while at >= 0:
            yield self._place.column.first_row + at
            at = self._kinds.find(kind, at + 1)

    def _text(self, row: int) -> str:
        column = self._place.column
        return self._table.pool[column.refs[row - column.first_row]]

    def _errors(self) -> Iterator[Problem]:
        by_word: dict[str, list[int]] = {}
        for row in self._rows(Kind.ERROR):
            by_word.setdefault(self._text(row), []).append(row)
        for word, rows in by_word.items():
            yield from self._tell("sheets.error_cells", Severity.WARNING, rows, word=word)

    def _too_long(self) -> Iterator[int]:
        for row in self._each(Kind.NUMBER):
            text = self._text(row)
            if (len(text) > _KEPT_DIGITS or "E" in text or "e" in text) and _is_too_long(text):
                yield row

    def _too_short(self) -> Iterator[int]:
        length = self._words.identifiers.get(self._place.field or "", 0)
        if not length:
            return
        shown: dict[Cell, int] = {}
        for row in self._each(Kind.NUMBER):
            if len(self._text(row)) < length:
                cell = self._table.cell(row, self._place.number)
                if cell not in shown:
                    shown[cell] = _shown_length(cell, self._table)
                if shown[cell] < length:
                    yield row

    def _number_texts(self) -> Iterator[int]:
        for row in self._each(Kind.TEXT):
            if _NUMBER_TEXT.fullmatch(self._text(row)):
                yield row

    def _tell(self, code: str, severity: Severity, rows: Sequence[int], **more: Value) -> Iterator[Problem]:
        if rows:
            column = self._place.number
            where = tuple(self._table.ref(row, column) for row in rows[:EXAMPLES])
            values: dict[str, Value] = {
                "count": len(rows),
                "column": column_letters(column),
                "heading": self._place.heading or column_letters(column),
                "row": rows[0],
                "value": self._text(rows[0])[:80],
                **more,
            }
            yield Problem(code, severity, where, values=values)


def _shown_length(cell: Cell, table: Table) -> int:
    return sum(character.isdigit() for character in shown_text(cell, table.epoch_1904) or "")


def count_kind(kinds: bytes, kind: Kind) -> int:
    """Count cells of a kind; quicker than `bytes.count` where there are many."""
    return len(kinds) - len(kinds.translate(None, bytes((kind,))))


def _is_too_long(text: str) -> bool:
    try:
        return abs(Decimal(text)) >= _FIRST_LOST
    except InvalidOperation:
        return False


def _may_hold_invisible(blob: bytes | bytearray | memoryview) -> bool:
    """A quick look before the expression, which is slow on long texts."""
    text = bytes(blob) if isinstance(blob, memoryview) else blob
    return any(lead in text for lead in _LEADS) or len(text.translate(None, _CONTROLS)) != len(text)


def _invisible(table: Table, layout: Layout) -> Iterator[Problem]:
    """Texts with characters nobody sees, found in the pool and then in the cells."""
    offsets = table.pool.offsets
    if not _may_hold_invisible(table.pool.blob):
        return
    refs = {bisect_right(offsets, match.start()) - 1 for match in _INVISIBLE.finditer(table.pool.blob)}
    if not refs:
        return
    for number, column in enumerate(table.columns, 1):
        if refs.isdisjoint(column.refs):
            continue
        rows = [
            row
            for row, ref in enumerate(column.refs, column.first_row)
            if ref in refs and row >= layout.first_row
        ]
        if rows:
            text = table.cell(rows[0], number).stored.encode("utf-8", "surrogatepass")
            match = _INVISIBLE.search(text)
            code_point = ord(match[0].decode("utf-8", "replace")[0]) if match else 0
            heading = layout.headings[number - 1] if number <= len(layout.headings) else ""
            values: dict[str, Value] = {
                "count": len(rows),
                "column": column_letters(number),
                "heading": heading or column_letters(number),
                "row": rows[0],
                "code": f"U+{code_point:04X}",
            }
            where = tuple(table.ref(row, number) for row in rows[:EXAMPLES])
            yield Problem("sheets.invisible_characters", Severity.WARNING, where, values=values)
