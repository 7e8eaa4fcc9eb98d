"""Shared strings: straight from the inflated bytes into the pool."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rowpost.model.trouble import Trouble
from rowpost.sheets.building import PoolBuilder
from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.cells import LONGEST_TEXT
from rowpost.sheets.xlsx.markup import Attributes, Markup, parse
from rowpost.sheets.xlsx.text import resolve, unescape
from rowpost.sheets.xlsx.tiles import NotTiled, check_plain

Chunks = Callable[[], Iterable[bytes]]
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*?\?>)?\s*<sst (?:[^>]*?\s)?xmlns=\"([^\"]*)\"[^>/]*>", re.DOTALL
)
_ENCODING = re.compile(rb"encoding=[\"'](?!utf-8|UTF-8)")
_STRING = re.compile(
    rb"<si><t(?: xml:space=\"preserve\")?>([^<]*)</t></si>|(<si>.*?</si>|<si/>)|(.+)", re.DOTALL
)
_INLINE = re.compile(rb"<is><t(?: xml:space=\"preserve\")?>([^<]*)</t></is>")
_OPEN, _CLOSE = b"<is><t>", b"</t></is>"
_FRAGMENT = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


class StringCollector:
    """Gathers the text of `<si>` or `<is>` elements: plain, rich runs, but no phonetic runs."""

    def __init__(self, take: Callable[[bytes], None], holder: str = "si") -> None:
        self._take = take
        self._holder = holder
        self._texts: list[str] = []
        self._phonetic = 0
        self._in_text = False

    def start(self, element: str, _: Attributes) -> None:
        """Begin an element."""
        if element == self._holder:
            self._texts = []
        elif element == "rPh":
            self._phonetic += 1
        self._in_text = element == "t"

    def end(self, element: str) -> None:
        """End an element."""
        self._in_text = False
        if element == "rPh":
            self._phonetic -= 1
        elif element == self._holder:
            self._take("".join(self._texts).encode())

    def text(self, data: str) -> None:
        """Take character data."""
        if self._in_text and not self._phonetic:
            self._texts.append(data)


def read_strings(part: str, chunks: Chunks, pool: PoolBuilder, most: int | None = None) -> None:
    """Lay the shared strings down, string i as text i + 1; at most `most` of them.

    Reads the bytes directly; where they cannot all be accounted for, again with expat.
    """
    try:
        _read_fast(chunks(), pool, most)
    except NotTiled:
        pool.cut(1)
        _read_exact(part, chunks(), pool, most)


def _read_exact(part: str, chunks: Iterable[bytes], pool: PoolBuilder, most: int | None) -> None:
    collector = StringCollector(lambda text: _lay_down([unescape(text)], pool))
    markup = Markup(part, collector.start, collector.end, collector.text)
    for chunk in chunks:
        markup.feed(chunk)
        if most is not None and len(pool) > most:
            return
    markup.feed(b"", final=True)


def _read_fast(chunks: Iterable[bytes], pool: PoolBuilder, most: int | None) -> None:
    rest = b""
    opened = False
    for chunk in chunks:
        rest += chunk
        if not opened:
            rest, opened = _after_head(rest)
        end = rest.rfind(b"</si>") + 5
        if opened and end > 5:
            _take(rest[:end], pool)
            rest = rest[end:]
        if most is not None and len(pool) > most:
            return
    _check_tail(rest, opened=opened)


def _after_head(data: bytes) -> tuple[bytes, bool]:
    match = _HEAD.match(data)
    if match is None:
        if len(data) > 4_096:
            raise NotTiled
        return data, False
    if _ENCODING.search(match[0]) or b"spreadsheetml" not in match[1]:
        raise NotTiled
    return data[match.end() :], True


def _check_tail(tail: bytes, *, opened: bool) -> None:
    left = re.sub(rb"(?:<si/>)*</sst>\s*|<extLst>.*?</extLst>", b"", tail, flags=re.DOTALL)
    if not opened or left or b"<si/>" in tail:
        raise NotTiled


def _take(data: bytes, pool: PoolBuilder) -> None:
    check_plain(data)
    texts: list[bytes] = []
    strange = b"&" in data or b"_x" in data
    for simple, odd, left in _STRING.findall(data):
        if left:
            raise NotTiled
        if odd:
            texts.append(unescape(_rich(odd, "si")))
        else:
            texts.append(unescape(resolve(simple)) if strange else simple)
    _lay_down(texts, pool)


def _rich(element: bytes, holder: str) -> bytes:
    """Read one rich string with expat; NotTiled if it cannot stand alone."""
    found: list[bytes] = []
    collector = StringCollector(found.append, holder)
    try:
        parse("sst", (_FRAGMENT, element, b"</sst>"), collector.start, collector.end, collector.text)
    except Trouble:
        raise NotTiled from None
    if len(found) != 1:
        raise NotTiled
    return found[0]


def inline_text(element: bytes) -> bytes:
    """Return the text of an `<is>` element, entities resolved. NotTiled if it cannot stand alone."""
    simple = _INLINE.fullmatch(element)
    return resolve(simple[1]) if simple else _rich(element, "is")


def plain_texts(elements: bytes, count: int) -> list[bytes] | None:
    """Return the texts of so many `<is>` elements end to end; None unless each holds one plain `<t>`."""
    elements = elements.replace(b'<t xml:space="preserve">', b"<t>")
    if not (elements.startswith(_OPEN) and elements.endswith(_CLOSE)):
        return None
    texts = elements[len(_OPEN) : -len(_CLOSE)].split(_CLOSE + _OPEN)
    if len(texts) != count or elements.count(b"<") != 4 * count:  # a fifth would stand within a text
        return None
    if b"&" in elements or b"_x" in elements:
        return [unescape(resolve(text)) for text in texts]
    return texts


def _lay_down(texts: list[bytes], pool: PoolBuilder) -> None:
    if max(map(len, texts), default=0) > LONGEST_TEXT and any(
        len(text.decode("utf-8", "surrogatepass")) > LONGEST_TEXT for text in texts
    ):
        raise refuse("sheets.text_too_long")
    pool.extend(texts)
