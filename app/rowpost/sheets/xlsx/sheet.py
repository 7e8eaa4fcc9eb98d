"""One sheet part: the fast path where every byte can be accounted for, else the exact path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from rowpost.sheets.building import PoolBuilder, SheetBuilder
from rowpost.sheets.xlsx.count import Recount
from rowpost.sheets.xlsx.exact import ExactReader
from rowpost.sheets.xlsx.frame import Frame
from rowpost.sheets.xlsx.markup import MAIN, Markup
from rowpost.sheets.xlsx.scan import RowScanner
from rowpost.sheets.xlsx.styles import Styles
from rowpost.sheets.xlsx.tiles import NotTiled, check_plain

OnBytes = Callable[[int], None]
Chunks = Callable[[], Iterable[bytes]]
_LONGEST_HEAD = 4 << 20
_LONGEST_ROW = 16 << 20
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*?\?>)?\s*<worksheet (?:[^>]*?\s)?xmlns=\"([^\"]*)\"[^>]*>", re.DOTALL
)
_ENCODING = re.compile(rb"encoding=[\"'](?!utf-8|UTF-8)")


class SheetReader:
    """Reads one sheet part into a builder. `rows` limits how many rows are read (a preview)."""

    def __init__(
        self, part: str, pool: PoolBuilder, styles: Styles, *, rows: int | None = None, on_bytes: OnBytes
    ) -> None:
        self._part = part
        self._pool = pool
        self._styles = styles
        self._rows = rows
        self._on_bytes = on_bytes
        self._texts = len(pool)

    def read(self, chunks: Chunks) -> tuple[SheetBuilder, Frame]:
        """Read the part; `chunks` gives its bytes anew each time. Raises Trouble."""
        try:
            return self.read_fast(chunks())
        except NotTiled:
            self._pool.cut(self._texts)
            return self.read_exact(chunks())

    def read_exact(self, chunks: Iterable[bytes]) -> tuple[SheetBuilder, Frame]:
        """Read with expat."""
        builder, frame, recount = SheetBuilder(self._pool), Frame(), Recount()
        reader = ExactReader(builder, self._styles, frame)
        markup = Markup(self._part, reader.start, reader.end, reader.text)
        for chunk in chunks:
            markup.feed(chunk)
            recount.feed(chunk)
            self._on_bytes(len(chunk))
            if self._rows is not None and builder.rows_seen > self._rows:
                return builder, frame
        markup.feed(b"", final=True)
        recount.check(builder)
        return builder, frame

    def read_fast(self, chunks: Iterable[bytes]) -> tuple[SheetBuilder, Frame]:
        """Read by scanning the bytes. NotTiled where some cannot be accounted for."""
        builder, frame = SheetBuilder(self._pool), Frame()
        markup = Markup(self._part, frame.start)
        pieces = iter(self._told(chunks))
        rest = self._head(pieces, markup)
        if rest is None:
            markup.feed(b"", final=True)
            return builder, frame
        rest = self._data(rest, pieces, builder)
        if self._rows is not None and builder.rows_seen > self._rows:
            return builder, frame
        markup.feed(rest)
        for chunk in pieces:
            markup.feed(chunk)
        markup.feed(b"", final=True)
        return builder, frame

    def _told(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._on_bytes(len(chunk))
            yield chunk

    def _head(self, pieces: Iterator[bytes], markup: Markup) -> bytes | None:
        """Feed all up to and with `<sheetData>` to the frame; None where the sheet has no cells."""
        head = b""
        for chunk in pieces:
            head += chunk
            at = head.find(b"<sheetData")
            if at >= 0 and len(head) > at + 12:
                _check_head(head[:at])
                if head.startswith(b"<sheetData>", at):
                    markup.feed(head[: at + 11])
                    return head[at + 11 :]
                if head.startswith(b"<sheetData/>", at):
                    markup.feed(head)
                    for rest in pieces:
                        markup.feed(rest)
                    return None
                raise NotTiled
            if len(head) > _LONGEST_HEAD:
                raise NotTiled
        raise NotTiled

    def _data(self, rest: bytes, pieces: Iterator[bytes], builder: SheetBuilder) -> bytes:
        """Scan the rows; return the bytes from `</sheetData>` on."""
        scanner = RowScanner(builder, self._styles)
        recount = Recount()
        while True:
            end = rest.find(b"</sheetData>")
            ready = rest[:end] if end >= 0 else rest[: rest.rfind(b"</row>") + 6]
            if len(ready) > 5 or end >= 0:
                if ready:
                    scanner.take(ready)
                    recount.feed_plain(ready, inline=builder.has_inline)
                rest = rest[len(ready) :]
            if self._rows is not None and builder.rows_seen > self._rows:
                return rest
            if end >= 0:
                recount.check(builder)
                return rest
            more = next(pieces, None)
            if more is None or len(rest) > _LONGEST_ROW:
                raise NotTiled
            rest += more


def _check_head(head: bytes) -> None:
    check_plain(head)
    match = _ROOT.match(head)
    if match is None or _ENCODING.search(match[0]) or match[1].decode() not in MAIN or b"<!" in head:
        raise NotTiled
