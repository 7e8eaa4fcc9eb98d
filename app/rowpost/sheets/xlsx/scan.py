"""The fast path: rows cut from the inflated bytes by one compiled regular expression.

Every byte between `<sheetData>` and its end must belong to a row the expression knows; the
expression's last group swallows whatever it does not know, so nothing can be skipped. Then
NotTiled is raised and the exact path reads the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from operator import sub

from rowpost.model.cells import column_letters, column_number
from rowpost.sheets.building import MOST_COLUMNS, MOST_ROWS, SheetBuilder
from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.columns import ColumnTaker, Stretch
from rowpost.sheets.xlsx.styles import Styles
from rowpost.sheets.xlsx.tiles import NotTiled, check_plain

_FORMULA = rb"<f[^>]*>(?:(?<=/>)|[^<]*</f>)"
_ODD = _FORMULA + rb"(?:<v>[^<]*</v>|<v/>|)|<is>(?:[^<]++|<(?!/is>))*+</is>|<v></v>|<v/>|"
_CELL = rb'(?:<c r="%s\1("[^>]*)>(?:<v>([^<]+)</v></c>|(?<=/>)|(' + _ODD + rb")</c>)|)"
_ROW_ATTRIBUTES = re.compile(rb'(?: (?:[a-z0-9]+:)?[A-Za-z]+="[^"<&]*")* ?/?')
_HIDDEN = re.compile(rb' (?:hidden="(?:1|true)"|ht="0(?:\.0+)?")')
_LAST_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"')
_WIDEST = 512  # columns; wider sheets go the exact way
_LARGEST_GAP = 64  # missing rows that are filled in rather than jumped over
_GROUPS = 3  # per cell: attributes, plain value, anything else


def row_pattern(columns: int) -> re.Pattern[bytes]:
    """Compile the expression of a row with up to `columns` columns, in order, each optional.

    Groups: row number, row attributes, then three per column (attributes with the quote that
    ends `r`, plain value, odd content), and last whatever could not be accounted for.
    """
    cells = b"".join(_CELL % column_letters(number).encode() for number in range(1, columns + 1))
    row = rb'<row r="([1-9][0-9]{0,6})"([^>]*)>(?:(?<=/>)|' + cells + rb"</row>)"
    return re.compile(row + rb"|(.+)", re.DOTALL)


class RowScanner:
    """Cuts chunks of whole rows and lays their cells down column by column."""

    def __init__(self, builder: SheetBuilder, styles: Styles) -> None:
        self._builder = builder
        self._taker = ColumnTaker(builder, styles)
        self._columns = 0
        self._pattern = row_pattern(0)
        self._checked: set[bytes] = set()
        self._hiding: set[bytes] = set()
        self._last_row = 0

    def take(self, data: bytes) -> None:
        """Lay down the cells of a chunk that ends with a row's end."""
        check_plain(data)
        rows = self._cut(data)
        numbers = list(map(int, (row[0] for row in rows)))
        for start, end in self._runs(numbers):
            self._take_run(numbers[start], self._filled_up(rows[start:end], numbers[start:end]))
        self._note_hidden(rows, numbers)
        self._builder.rows_seen += len(rows)

    def _cut(self, data: bytes) -> list[tuple[bytes, ...]]:
        rows: list[tuple[bytes, ...]] = []
        while True:
            found = self._pattern.findall(data)
            left = found[-1][-1]
            if not left:
                return rows + found if rows else found
            rows += found[:-1]
            self._widen(left[: left.find(b"</row>") + 6])
            data = left

    def _widen(self, row: bytes) -> None:
        """Make the expression as wide as this row; NotTiled if it was wide enough."""
        cells = _LAST_CELL.findall(row)
        columns = max(map(column_number, (cell.decode() for cell in cells)), default=0)
        if columns <= self._columns or columns > min(_WIDEST, MOST_COLUMNS):
            raise NotTiled
        self._columns = columns
        self._pattern = row_pattern(columns)

    def _runs(self, numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
        """Find the stretches of rows without a large gap; rows must go down the sheet."""
        steps = list(map(sub, numbers, (self._last_row, *numbers[:-1])))
        if min(steps) < 1:
            raise refuse("sheets.row_twice", row=numbers[steps.index(min(steps))])
        if numbers[-1] > MOST_ROWS:
            raise refuse("sheets.too_large")
        self._last_row = numbers[-1]
        start = 0
        if max(steps[1:], default=0) > _LARGEST_GAP:
            for index in (at for at, step in enumerate(steps) if at and step > _LARGEST_GAP):
                yield start, index
                start = index
        yield start, len(numbers)

    def _filled_up(self, rows: list[tuple[bytes, ...]], numbers: Sequence[int]) -> list[tuple[bytes, ...]]:
        """Put an empty row wherever a number is missing, and widen rows cut by a narrower expression."""
        width = self._columns * _GROUPS + 3
        if len(rows[0]) != width:
            rows = [row[:-1] + (b"",) * (width - len(row) + 1) for row in rows]
        if numbers[-1] - numbers[0] + 1 == len(numbers):
            return rows
        empty = (b"",) * width
        gaps = (number - before - 1 for before, number in pairwise(numbers))
        return [
            rows[0],
            *chain.from_iterable((*(empty,) * gap, row) for gap, row in zip(gaps, rows[1:], strict=True)),
        ]

    def _take_run(self, first_row: int, rows: list[tuple[bytes, ...]]) -> None:
        groups = list(zip(*rows, strict=True))
        for column in range(self._columns):
            attributes, values, odd = groups[2 + column * _GROUPS : 2 + (column + 1) * _GROUPS]
            self._taker.take(Stretch(first_row, column + 1, attributes, values, odd))

    def _note_hidden(self, rows: list[tuple[bytes, ...]], numbers: Sequence[int]) -> None:
        attributes = [row[1] for row in rows]
        for text in set(attributes) - self._checked:
            if _ROW_ATTRIBUTES.fullmatch(text) is None:
                raise NotTiled
            self._checked.add(text)
            if _HIDDEN.search(text):
                self._hiding.add(text)
        if not self._hiding.isdisjoint(attributes):
            pairs = zip(numbers, attributes, strict=True)
            self._builder.hidden_rows.extend(number for number, text in pairs if text in self._hiding)
