"""A stretch of one column, cut from the XML, laid down in as few calls as can be."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Sequence

from rowpost.model.cells import Kind
from rowpost.sheets.building import SheetBuilder
from rowpost.sheets.xlsx.cells import ABSENT, NUMBER_BYTES, CellTaker, How, Look, look_of
from rowpost.sheets.xlsx.strings import inline_text
from rowpost.sheets.xlsx.styles import Styles
from rowpost.sheets.xlsx.text import resolve
from rowpost.sheets.xlsx.tiles import NotTiled

_ATTRIBUTES = re.compile(
    rb'"(?: s="(?P<s>[0-9]{1,9})"| t="(?P<t>[A-Za-z]{1,9})"| (?:cm|vm|ph)="[0-9]{1,9}")* ?/?'
)
_ODD = re.compile(
    rb"(?P<formula><f[^>]*>(?:(?<=/>)|[^<]*</f>))?(?:<v>(?P<value>[^<]*)</v>|(?P<blank><v/>)|(?P<inline><is>.*</is>)|)",
    re.DOTALL,
)


class ColumnTaker:
    """Lays cells down; knows the attribute texts it has met."""

    def __init__(self, builder: SheetBuilder, styles: Styles) -> None:
        self._builder = builder
        self._styles = styles
        self._cells = CellTaker(builder)
        self._looks: dict[bytes, Look] = {b"": ABSENT}
        self._strings = len(builder.pool)  # references below this one are shared strings

    def take(
        self,
        row: int,
        column: int,
        attributes: Sequence[bytes],
        values: Sequence[bytes],
        odd: Sequence[bytes],
    ) -> None:
        """Lay down the cells of consecutive rows from `row` on.

        `attributes` are as in the XML from the quote that ends `r` on, '' where there is no cell;
        `values` plain values; `odd` whatever else stood in the cell.
        """
        looks = {text: self._look(text) for text in set(attributes)}
        hows = {look.how for look in looks.values()} - {How.NOTHING}
        if not hows and not any(odd):
            refs: array[int] | None = array("I", bytes(4 * len(values)))
        else:
            refs = self._bulk(hows, looks, attributes, values, odd)
        if refs is None:
            self._one_by_one(row, column, zip(attributes, values, odd, strict=True))
            return
        if len(looks) == 1:
            look = looks[attributes[0]]
            kinds = bytes((look.kind,)) * len(values)
            formats = array("H", (look.number_format,)) * len(values)
        else:
            kind_of = {text: look.kind for text, look in looks.items()}
            kinds = bytes(map(kind_of.__getitem__, attributes))
            format_of = {text: look.number_format for text, look in looks.items()}
            formats = array("H", map(format_of.__getitem__, attributes))
        self._builder.put_many(row, column, kinds, refs, formats)

    def _look(self, attributes: bytes) -> Look:
        look = self._looks.get(attributes)
        if look is None:
            look = self._looks[attributes] = _look(attributes, self._styles)
        return look

    def _bulk(
        self,
        hows: set[How],
        looks: dict[bytes, Look],
        attributes: Sequence[bytes],
        values: Sequence[bytes],
        odd: Sequence[bytes],
    ) -> array[int] | None:
        """References of a stretch that holds one sort of value; None where it is not that simple."""
        if len(hows) != 1 or any(odd):
            return None
        present = len(attributes) - sum(
            attributes.count(text) for text, look in looks.items() if look.how is How.NOTHING
        )
        if len(values) - values.count(b"") != present:
            return None
        how = next(iter(hows))
        if how is How.SHARED:
            return self._shared(values)
        if how is How.NUMBER:
            return self._numbers(values)
        return None

    def _shared(self, values: Sequence[bytes]) -> array[int] | None:
        if b"".join(values).translate(None, b"0123456789"):
            return None
        try:
            refs = array("I", [int(value) + 1 if value else 0 for value in values])
        except OverflowError:
            return None
        return refs if max(refs) < self._strings else None

    def _numbers(self, values: Sequence[bytes]) -> array[int] | None:
        if b"".join(values).translate(None, NUMBER_BYTES):
            return None
        try:
            deque(map(float, filter(None, values)), 0)
        except ValueError:
            return None
        first = self._builder.pool.extend(values)
        return array("I", range(first, first + len(values)))

    def _one_by_one(self, row: int, column: int, cells: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        for number, (attributes, value, odd) in enumerate(cells, row):
            if attributes:
                look = self._looks[attributes]
                kind, ref = self._cell(look, value, odd, (number, column))
                self._builder.put(number, column, kind, ref, look.number_format)

    def _cell(self, look: Look, value: bytes, odd: bytes, place: tuple[int, int]) -> tuple[Kind, int]:
        if not odd:
            return self._cells.take(look, resolve(value) or None, place, formula=False)
        match = _ODD.fullmatch(odd)
        if match is None:
            raise NotTiled
        if match["inline"] is not None:
            return look.kind, self._cells.text(inline_text(match["inline"]), place)
        value_or_none = b"" if match["blank"] else match["value"]
        if value_or_none is not None:
            value_or_none = resolve(value_or_none)
        return self._cells.take(look, value_or_none, place, formula=match["formula"] is not None)


def _look(attributes: bytes, styles: Styles) -> Look:
    match = _ATTRIBUTES.fullmatch(attributes)
    if match is None:
        raise NotTiled
    style, cell_type = (match[name] for name in "st")
    look = look_of((style or b"0").decode(), (cell_type or b"n").decode(), styles, (0, 0))
    if attributes.endswith(b"/"):
        return Look(How.NOTHING, Kind.EMPTY, look.number_format)
    return look
