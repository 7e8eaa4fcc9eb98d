"""The second opinion: rows and filled cells counted from the raw XML, by other means than the reader's."""

from __future__ import annotations

import re

from rowpost.model.cells import Kind
from rowpost.sheets.building import SheetBuilder
from rowpost.sheets.refusals import refuse

_VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)(?:\s[^<>]*)?(?<!/)>(?!</)")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_INSTRUCTION = re.compile(rb"<\?(?!xml )")
_OVERLAP = 256
_LONGEST_REST = 4 << 20


class Recount:
    """Counts value elements and rows."""

    def __init__(self) -> None:
        self.rows = 0
        self.values = 0
        self._countable = True
        self._rest = b""

    def feed_plain(self, data: bytes, *, inline: bool) -> None:
        """Count in a chunk of whole rows as the fast path meets them, `<v></v>` included.

        `inline`: some cell says that its text stands in itself; else an `<is>` counts for nothing,
        and the counts differ.
        """
        self.rows += data.count(b"<row ")
        self.values += data.count(b"<v>") + (data.count(b"<is>") if inline else 0)

    def feed(self, data: bytes) -> None:
        """Count in the next bytes of a part of any shape."""
        if b"<!" in data or b"\0" in data or _INSTRUCTION.search(data):
            self._countable = False  # what looks like an element may be none
        data = self._rest + data
        cut = data.rfind(b"</", 0, max(0, len(data) - _OVERLAP)) + 2  # no element begins right there
        if cut < 2:
            cut = 0
            self._countable = self._countable and len(data) < _LONGEST_REST
        if not self._countable:
            self._rest = b""
            return
        self._count(data[:cut])
        self._rest = data[cut:]

    def _count(self, data: bytes) -> None:
        self.rows += len(_ROW.findall(data))
        self.values += len(_VALUE.findall(data))

    def check(self, builder: SheetBuilder) -> None:
        """Trouble `sheets.count_differs` unless the Table holds as many rows and values."""
        self._count(self._rest)
        self._rest = b""
        filled = builder.filled(but=(Kind.NO_VALUE,)) - builder.blanks
        if self._countable and (self.rows, self.values) != (builder.rows_seen, filled):
            raise refuse("sheets.count_differs", expected=self.values, found=filled)
