"""The Table while it grows: one set of arrays a column, one pool of texts for all."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, count

from rowpost.model.cells import Kind
from rowpost.sheets.refusals import refuse

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_PLACES = 120_000_000  # room in the arrays: a few far cells must not fill the memory
_MOST_TEXT = 0xFFFF_FFFF
_MOST_KNOWN = 65_536  # texts that are remembered, so that equal ones are kept once
_SHORT = 256  # bytes; longer texts are not remembered


class PoolBuilder:
    """UTF-8 texts laid end to end; text 0 is ''."""

    def __init__(self) -> None:
        self.blob = bytearray()
        self.offsets = array("I", (0, 0))
        self._seen: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def cut(self, count: int) -> None:
        """Keep the first `count` texts only."""
        del self.offsets[count + 1 :]
        del self.blob[self.offsets[-1] :]
        self._seen.clear()

    def add(self, text: bytes) -> int:
        """Lay one text down; equal short texts are kept once. Returns its reference."""
        known = self._seen.get(text)
        if known is not None:
            return known
        ref = self.extend((text,))
        if len(self._seen) < _MOST_KNOWN and len(text) < _SHORT:
            self._seen[text] = ref
        return ref

    def add_many(self, texts: Sequence[bytes]) -> array[int]:
        """Lay texts down as `add` does; returns the reference of each."""
        known = self._seen
        new = [text for text in dict.fromkeys(texts) if text not in known]
        refs = dict(zip(new, count(self.extend(new)), strict=False))
        if len(known) < _MOST_KNOWN:
            known.update((text, ref) for text, ref in refs.items() if len(text) < _SHORT)
        return array("I", [refs[text] if text in refs else known[text] for text in texts])

    def extend(self, texts: Sequence[bytes]) -> int:
        """Lay many texts down; the reference of the first is returned, the others follow."""
        first = len(self)
        start = len(self.blob)
        self.blob += b"".join(texts)
        if len(self.blob) > _MOST_TEXT:
            raise refuse("sheets.too_large")
        ends = array("I", accumulate(map(len, texts), initial=start))
        self.offsets.extend(ends[1:])
        return first

    def text(self, ref: int) -> bytes:
        """Return text `ref` as bytes."""
        return bytes(self.blob[self.offsets[ref] : self.offsets[ref + 1]])


class ColumnBuilder:
    """The cells of one column, from the first row that has any."""

    __slots__ = ("first_row", "formats", "kinds", "refs")

    def __init__(self) -> None:
        self.first_row = 0
        self.kinds = bytearray()
        self.refs = array("I")
        self.formats = array("H")

    @property
    def next_row(self) -> int:
        """The row after the last one that is held."""
        return self.first_row + len(self.kinds)

    def reach(self, row: int) -> None:
        """Fill up with empty cells so that the next cell laid down is the one at `row`."""
        if not self.kinds:
            self.first_row = row
        missing = row - self.next_row
        if missing:
            self.kinds += bytes(missing)
            self.refs.frombytes(bytes(4 * missing))
            self.formats.frombytes(bytes(2 * missing))

    def trim(self) -> None:
        """Drop the empty cells at the end."""
        length = len(self.kinds.rstrip(b"\0"))
        del self.kinds[length:], self.refs[length:], self.formats[length:]


class SheetBuilder:
    """One sheet while it is read."""

    def __init__(self, pool: PoolBuilder) -> None:
        self.pool = pool
        self.columns: list[ColumnBuilder] = []
        self.hidden_rows: list[int] = []
        self.rows_seen = 0
        self.blanks = 0  # value elements that hold nothing
        self.has_inline = False  # whether any cell says that its text stands in itself
        self.long_numbers: set[int] = set()  # columns that may hold numbers of more than 15 digits
        self._places = 0

    def column(self, number: int) -> ColumnBuilder:
        """Return the builder of Excel's column `number`."""
        while len(self.columns) < number:
            self.columns.append(ColumnBuilder())
        return self.columns[number - 1]

    def put(self, row: int, column: int, kind: Kind, ref: int, number_format: int) -> None:
        """Lay one cell down; rows must not go back within a column."""
        cells = self.column(column)
        self._make_room(cells, row, 1)
        cells.reach(row)
        cells.kinds.append(kind)
        cells.refs.append(ref)
        cells.formats.append(number_format)

    def put_many(self, row: int, column: int, kinds: bytes, refs: array[int], formats: array[int]) -> None:
        """Lay down the cells of consecutive rows from `row` on."""
        cells = self.column(column)
        self._make_room(cells, row, len(kinds))
        cells.reach(row)
        cells.kinds += kinds
        cells.refs.extend(refs)
        cells.formats.extend(formats)

    def _make_room(self, cells: ColumnBuilder, row: int, count: int) -> None:
        if cells.kinds and row < cells.next_row:
            raise refuse("sheets.cell_twice", row=row)
        self._places += count + (row - cells.next_row if cells.kinds else 0)
        if self._places > MOST_PLACES:
            raise refuse("sheets.too_large")

    def keep_rows(self, count: int) -> None:
        """Keep no more than the first `count` rows, counted from the first that holds anything."""
        first = min((cells.first_row for cells in self.columns if cells.kinds), default=1)
        for cells in self.columns:
            length = max(first + count - cells.first_row, 0)
            del cells.kinds[length:], cells.refs[length:], cells.formats[length:]
        self.hidden_rows = [row for row in self.hidden_rows if row < first + count]

    def trim(self) -> None:
        """Drop empty cells at the end of every column, and empty columns at the end."""
        for cells in self.columns:
            cells.trim()
        while self.columns and not self.columns[-1].kinds:
            self.columns.pop()

    def row_count(self) -> int:
        """The last row that holds anything."""
        return max((cells.next_row - 1 for cells in self.columns if cells.kinds), default=0)

    def filled(self, *, but: Iterable[Kind] = ()) -> int:
        """How many cells hold something, not counting the kinds in `but`."""
        apart = (Kind.EMPTY, *but)
        return sum(
            len(cells.kinds) - sum(cells.kinds.count(kind) for kind in apart) for cells in self.columns
        )
