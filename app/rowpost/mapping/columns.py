"""Reading the columns of a Table: block by block, equal cells converted once."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rowpost.mapping.converters.base import Converter
from rowpost.mapping.results import Converted, Flawed, FromText, Priced, Unproved
from rowpost.model.cells import Kind
from rowpost.model.table import Column, Table, TextPool

Key = TypeVar("Key", int, str)
_NUMBERS = frozenset({Kind.NUMBER, Kind.DATE})
_ODD = frozenset({Flawed, Priced, Unproved})
_MEMO_LIMIT = 16_384  # distinct cells of a column, kind and format, before they are forgotten


class _Memo(dict[Key, Converted]):
    """Converted values; `odd` once one of them is flawed or unproved."""

    __slots__ = ("_convert", "_pool", "odd")

    def __init__(self, pool: TextPool, convert: FromText) -> None:
        super().__init__()
        self._pool = pool
        self._convert = convert
        self.odd = False

    def all_of(self, keys: Sequence[Key], texts: Callable[[Iterable[Key]], Iterable[str]]) -> list[Converted]:
        """Return the values of these keys; `texts` gives what stands behind those that are new."""
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        new = list(set(keys).difference(self))
        if new:
            values = list(map(self._convert, texts(new)))
            self.odd = self.odd or not _ODD.isdisjoint(map(type, values))
            self.update(zip(new, values, strict=True))
        return list(map(self.__getitem__, keys))


class _ByText(_Memo[str]):
    """Values by text: numbers, of which equal ones may lie in the pool several times."""

    __slots__ = ()

    def convert(self, refs: Sequence[int]) -> list[Converted]:
        """Return the values of these texts of the pool."""
        return self.all_of(self._pool.texts(refs), iter)


class _ByRef(_Memo[int]):
    """Values by the place of a text in the pool, where equal texts lie once."""

    __slots__ = ()

    def convert(self, refs: Sequence[int]) -> list[Converted]:
        """Return the values of these texts of the pool."""
        return self.all_of(refs, self._pool.texts)


class ColumnReader:
    """The values of one column. `odd`: some of them, so far, are not plain (flawed, or unproved)."""

    def __init__(self, table: Table, column: int, converter: Converter) -> None:
        self._table = table
        self._number = column
        self._converter = converter
        self._column = table.columns[column - 1] if 0 < column <= table.column_count else None
        self._known: dict[tuple[int, int], _ByText | _ByRef] = {}
        self._edits = sorted(row for row, at in table.edits if at == column)

    @property
    def odd(self) -> bool:
        """Whether a value that is not plain has been met."""
        return bool(self._edits) or any(cells.odd for cells in self._known.values())

    def block(self, first: int, last: int) -> list[Converted]:
        """Return the values of Excel's rows `first` to `last`."""
        values = self._stored(self._column, first, last) if self._column else self._empty(first, last)
        low, high = bisect_left(self._edits, first), bisect_left(self._edits, last + 1)
        for row in self._edits[low:high]:
            cell = self._table.cell(row, self._number)
            values[row - first] = self._converter.of(cell.kind, cell.format)(cell.stored)
        return values

    def read(self, text: str) -> Converted:
        """Return what a text would become, were it in this column."""
        return self._converter.text(text)

    def _stored(self, column: Column, first: int, last: int) -> list[Converted]:
        start, end = first - column.first_row, last + 1 - column.first_row
        low, high = max(start, 0), min(end, len(column.kinds))
        if low >= high:
            return self._empty(first, last)
        values = self._slice(column, low, high)
        if low > start or high < end:
            return [self._converter.empty] * (low - start) + values + [self._converter.empty] * (end - high)
        return values

    def _slice(self, column: Column, low: int, high: int) -> list[Converted]:
        kinds, formats, refs = column.kinds[low:high], column.formats[low:high], column.refs[low:high]
        if _uniform(kinds) and _uniform(formats):
            return self._cells(kinds[0], formats[0]).convert(refs)
        pairs = list(zip(kinds, formats, strict=True))
        values: list[Converted] = [None] * len(pairs)
        for pair in set(pairs):
            places = [place for place, one in enumerate(pairs) if one == pair]
            found = self._cells(*pair).convert([refs[place] for place in places])
            for place, value in zip(places, found, strict=True):
                values[place] = value
        return values

    def _cells(self, kind: int, form: int) -> _ByText | _ByRef:
        cells = self._known.get((kind, form))
        if cells is None:
            convert = self._converter.of(Kind(kind), self._table.number_formats[form])
            memo = _ByText if kind in _NUMBERS else _ByRef
            cells = self._known[kind, form] = memo(self._table.pool, convert)
        return cells

    def _empty(self, first: int, last: int) -> list[Converted]:
        return [self._converter.empty] * (last - first + 1)


def _uniform(values: Sequence[int]) -> bool:
    return len(set(values)) == 1


def distinct_texts(table: Table, column: int, first: int, last: int) -> Counter[str]:
    """Count the texts of the text cells in a column, edits included."""
    counts: Counter[str] = Counter()
    if 0 < column <= table.column_count:
        cells = table.columns[column - 1]
        low, high = max(first - cells.first_row, 0), max(last + 1 - cells.first_row, 0)
        kinds = bytes(cells.kinds[low:high])
        if Kind.TEXT in kinds:
            refs = cells.refs[low:high]
            found = Counter(ref for kind, ref in zip(kinds, refs, strict=True) if kind == Kind.TEXT)
            counts.update({table.pool[ref]: count for ref, count in found.items()})
    edited = (table.cell(row, at) for row, at in table.edits if at == column and first <= row <= last)
    counts.update(cell.stored for cell in edited if cell.kind is Kind.TEXT)
    return counts
