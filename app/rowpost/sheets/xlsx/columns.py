"""A stretch of one column, cut from the XML, laid down in as few calls as can be."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rowpost.model.cells import Kind
from rowpost.sheets.building import SheetBuilder
from rowpost.sheets.xlsx.cells import (
    ABSENT,
    KEPT_DIGITS,
    LONGEST_TEXT,
    NUMBER_BYTES,
    CellTaker,
    Formulas,
    How,
    Look,
    look_of,
)
from rowpost.sheets.xlsx.strings import inline_text, plain_texts
from rowpost.sheets.xlsx.styles import Styles
from rowpost.sheets.xlsx.text import resolve
from rowpost.sheets.xlsx.tiles import NotTiled

_ATTRIBUTES = re.compile(
    rb'"(?: s="(?P<s>[0-9]{1,9})"| t="(?P<t>[A-Za-z]{1,9})"| (?:cm|vm|ph)="[0-9]{1,9}")* ?/?'
)
_ODD = re.compile(
    rb"(?P<formula><f[^>]*>(?:(?<=/>)|[^<]*</f>))?"
    rb"(?:<v>(?P<value>[^<]*)</v>|(?P<blank><v/>)|(?P<inline><is>.*</is>)|)",
    re.DOTALL,
)
_GROUP = re.compile(rb' si="([0-9]{1,9})"')


@dataclass(frozen=True, slots=True)
class Stretch:
    """Cells of consecutive rows of one column, from `row` on.

    `attributes` are as in the XML from the quote that ends `r` on, '' where there is no cell;
    `values` plain values; `odd` whatever else stood in the cell.
    """

    row: int
    column: int
    attributes: Sequence[bytes]
    values: Sequence[bytes]
    odd: Sequence[bytes]

    def __len__(self) -> int:
        return len(self.attributes)


class ColumnTaker:
    """Lays stretches down; knows the attribute texts it has met."""

    def __init__(self, builder: SheetBuilder, styles: Styles) -> None:
        self._builder = builder
        self._styles = styles
        self._cells = CellTaker(builder)
        self._formulas = Formulas()
        self._looks: dict[bytes, Look] = {b"": ABSENT}
        self._strings = len(builder.pool)  # references below this one are shared strings

    def take(self, stretch: Stretch) -> None:
        """Lay the cells of a stretch down, all at once where they are of one sort."""
        looks = {text: self._look(text) for text in set(stretch.attributes)}
        refs = self._bulk(looks, stretch)
        if refs is None:
            self._one_by_one(stretch)
            return
        if len(looks) == 1:
            look = looks[stretch.attributes[0]]
            kinds = bytes((look.kind,)) * len(stretch)
            formats = array("H", (look.number_format,)) * len(stretch)
        else:
            kind_of = {text: look.kind for text, look in looks.items()}
            kinds = bytes(map(kind_of.__getitem__, stretch.attributes))
            format_of = {text: look.number_format for text, look in looks.items()}
            formats = array("H", map(format_of.__getitem__, stretch.attributes))
        self._builder.put_many(stretch.row, stretch.column, kinds, refs, formats)

    def _look(self, attributes: bytes) -> Look:
        look = self._looks.get(attributes)
        if look is None:
            look = self._looks[attributes] = _look_of(attributes, self._styles)
            self._builder.has_inline |= look.how is How.INLINE
        return look

    def _bulk(self, looks: dict[bytes, Look], stretch: Stretch) -> array[int] | None:
        """References of a stretch that holds one sort of value; None where it is not that simple."""
        hows = {look.how for look in looks.values()} - {How.NOTHING}
        empty = sum(stretch.attributes.count(text) for text, look in looks.items() if look.how is How.NOTHING)
        if hows == {How.INLINE} and stretch.odd.count(b"") == empty:
            return None if any(stretch.values) else self._inline(stretch.odd, len(stretch) - empty)
        if any(stretch.odd):
            return None
        if not hows:
            return array("I", bytes(4 * len(stretch)))
        if len(hows) > 1 or stretch.values.count(b"") != empty:
            return None
        how = hows.pop()
        if how is How.SHARED:
            return self._shared(stretch.values)
        return self._numbers(stretch.values, stretch.column) if how is How.NUMBER else None

    def _shared(self, values: Sequence[bytes]) -> array[int] | None:
        if b"".join(values).translate(None, b"0123456789"):
            return None
        try:
            refs = array("I", [int(value) + 1 if value else 0 for value in values])
        except OverflowError:
            return None
        return refs if max(refs) < self._strings else None

    def _inline(self, elements: Sequence[bytes], filled: int) -> array[int] | None:
        """References of texts that stand in their cells, where all are plain."""
        texts = plain_texts(b"".join(elements), filled)
        if texts is None or max(map(len, texts)) > LONGEST_TEXT:
            return None
        refs = self._builder.pool.add_many(texts)
        if filled == len(elements):
            return refs
        following = iter(refs)
        return array("I", [next(following) if element else 0 for element in elements])

    def _numbers(self, values: Sequence[bytes], column: int) -> array[int] | None:
        joined = b"".join(values)
        if joined.translate(None, NUMBER_BYTES):
            return None
        try:
            deque(map(float, filter(None, values)), 0)
        except ValueError:
            return None
        exponents = b"E" in joined or b"e" in joined
        if exponents or (max(map(len, values)) > KEPT_DIGITS and _any_long(values)):
            self._builder.long_numbers.add(column)
        first = self._builder.pool.extend(values)
        return array("I", range(first, first + len(values)))

    def _one_by_one(self, stretch: Stretch) -> None:
        cells: Iterable[tuple[bytes, bytes, bytes]] = zip(
            stretch.attributes, stretch.values, stretch.odd, strict=True
        )
        for row, (attributes, value, odd) in enumerate(cells, stretch.row):
            if attributes:
                look = self._looks[attributes]
                kind, ref = self._cell(look, value, odd, (row, stretch.column))
                self._builder.put(row, stretch.column, kind, ref, look.number_format)

    def _cell(self, look: Look, value: bytes, odd: bytes, place: tuple[int, int]) -> tuple[Kind, int]:
        if look.how is How.NOTHING:
            return Kind.EMPTY, 0
        if not odd:
            return self._cells.take(look, resolve(value) if value else None, place)
        match = _ODD.fullmatch(odd)
        if match is None:
            raise NotTiled
        if match["inline"] is not None:
            return look.kind, self._cells.text(inline_text(match["inline"]), place)
        found = b"" if match["blank"] else match["value"]
        if match["value"] == b"":
            self._builder.blanks -= 1
        resolved = None if found is None else resolve(found)
        if match["formula"] is None:
            return self._cells.take(look, resolved, place)
        return self._cells.take(look, resolved, place, formula=True, changing=self._changes(match["formula"]))

    def _changes(self, formula: bytes) -> bool:
        element, _, text = formula.removesuffix(b"</f>").partition(b">")
        group = _GROUP.search(element)
        return self._formulas.changing(text.decode(), group[1].decode() if group else "")


def _any_long(values: Sequence[bytes]) -> bool:
    return any(len(value.partition(b".")[0]) > KEPT_DIGITS for value in values)


def _look_of(attributes: bytes, styles: Styles) -> Look:
    match = _ATTRIBUTES.fullmatch(attributes)
    if match is None:
        raise NotTiled
    style, cell_type = match["s"] or b"0", match["t"] or b"n"
    look = look_of(style.decode(), cell_type.decode(), styles, (0, 0))
    if attributes.endswith(b"/"):
        return Look(How.NOTHING, Kind.EMPTY, look.number_format)
    return look
