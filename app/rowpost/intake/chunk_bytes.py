"""A chunk as bytes, and back: how it comes from the process that shares the work."""

from __future__ import annotations

import msgspec

from rowpost.intake.entries import Chunk, Entry
from rowpost.intake.flaws import FlawRecord, flaw_of, record_of
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Flaw, PlacedFlaw

Cells = list[tuple[int, int]]


class _Record(msgspec.Struct, array_like=True):
    """`new` are flaws told for the first time; from then on each goes by its number.

    `found` are (place of the entry, number of the flaw, row, column, further cells).
    """

    first: int
    entries: list[Entry]
    new: list[FlawRecord]
    found: list[tuple[int, int, int, int, Cells]]
    everywhere: list[int]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Record).decode


class ChunkWriter:
    """Writes the chunks of one process; knows which flaws it has told."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._flaws: list[Flaw] = []  # kept alive, so that the id of each stays its own

    def write(self, first: int, chunk: Chunk) -> bytes:
        """Return the block that begins with row `first` as bytes. It has no groups."""
        known = len(self._flaws)
        found = [
            (
                place,
                self._number(one.flaw),
                one.row,
                one.column,
                [(cell.row, cell.column) for cell in one.also],
            )
            for place, flaws in chunk.flaws.items()
            for one in flaws
        ]
        everywhere = [self._number(flaw) for flaw in chunk.everywhere]
        new = [record_of(flaw) for flaw in self._flaws[known:]]
        return _encode(_Record(first, list(chunk.entries), new, found, everywhere))

    def _number(self, flaw: Flaw) -> int:
        number = self._numbers.setdefault(id(flaw), len(self._flaws))
        if number == len(self._flaws):
            self._flaws.append(flaw)
        return number


class ChunkReader:
    """Reads what one `ChunkWriter` wrote, in its order."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._flaws: list[Flaw] = []

    def read(self, data: bytes) -> tuple[int, Chunk]:
        """Return the first row of the block, and the block."""
        record = _decode(data)
        self._flaws += map(flaw_of, record.new)
        flaws: dict[int, list[PlacedFlaw]] = {}
        for place, number, row, column, cells in record.found:
            also = tuple(CellRef(self._sheet, *cell) for cell in cells)
            flaws.setdefault(place, []).append(PlacedFlaw(row, column, self._flaws[number], also))
        everywhere = [self._flaws[number] for number in record.everywhere]
        return record.first, Chunk(record.entries, flaws, everywhere=everywhere)
