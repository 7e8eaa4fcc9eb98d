"""What a `<c>` element means: its attributes, its kinds of value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from rowpost.model.cells import Kind, column_letters
from rowpost.sheets.building import SheetBuilder
from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.styles import Styles
from rowpost.sheets.xlsx.text import unescape

NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
NUMBER_BYTES = b"0123456789.-+eE"
KEPT_DIGITS = 15  # significant digits that Excel keeps
_CHANGING = re.compile(r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)\(", re.IGNORECASE)
LONGEST_TEXT = 32_767  # characters, Excel's own limit


class Formulas:
    """Knows formulas whose value is another one every time: today, now, at random."""

    def __init__(self) -> None:
        self._groups: set[str] = set()

    def changing(self, text: str, group: str) -> bool:
        """Whether the formula changes; `group` is the number of a shared one, told by its first cell."""
        if _CHANGING.search(text):
            if group:
                self._groups.add(group)
            return True
        return bool(group) and not text and group in self._groups


class How(IntEnum):
    """What the value element of a cell holds."""

    NOTHING = 0
    NUMBER = 1
    SHARED = 2  # the number of a shared string
    TEXT = 3
    BOOLEAN = 4
    ERROR = 5
    ISO_DATE = 6
    INLINE = 7  # the text stands in <is>


_SHAPES = {
    How.NUMBER: NUMBER,
    How.BOOLEAN: re.compile(rb"[01]"),
    How.ERROR: re.compile(rb"#[A-Za-z0-9/_!?]{1,30}"),
}
_BY_TYPE = {
    "n": How.NUMBER,
    "s": How.SHARED,
    "str": How.TEXT,
    "b": How.BOOLEAN,
    "e": How.ERROR,
    "d": How.ISO_DATE,
    "inlineStr": How.INLINE,
}
_TEXTS = frozenset((How.TEXT, How.INLINE, How.ISO_DATE))
_KINDS = {
    How.NUMBER: Kind.NUMBER,
    How.SHARED: Kind.TEXT,
    How.TEXT: Kind.TEXT,
    How.BOOLEAN: Kind.BOOLEAN,
    How.ERROR: Kind.ERROR,
    How.ISO_DATE: Kind.DATE,
    How.INLINE: Kind.TEXT,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the attributes of a cell say: how to read it, its kind if it holds a value, its format."""

    how: How
    kind: Kind
    number_format: int


ABSENT = Look(How.NOTHING, Kind.EMPTY, 0)


def look_of(style: str, cell_type: str, styles: Styles, place: tuple[int, int]) -> Look:
    """Turn the attributes `s` and `t` into a Look. Trouble where they mean nothing."""
    how = _BY_TYPE.get(cell_type)
    if how is None or not (style.isascii() and style.isdigit()) or len(style) > 9:
        raise refuse("sheets.odd_cell", cell=cell_name(place))
    number = int(style)
    number_format = styles.by_style[number] if number < len(styles.by_style) else 0
    is_date = how is How.NUMBER and number_format in styles.dates
    return Look(how, Kind.DATE if is_date else _KINDS[how], number_format)


class CellTaker:
    """Turns one cell's value into a kind and a reference into the pool; both paths end here."""

    def __init__(self, builder: SheetBuilder) -> None:
        self._builder = builder
        self._pool = builder.pool
        self._strings = len(builder.pool)  # references below this one are shared strings

    def take(
        self,
        look: Look,
        value: bytes | None,
        place: tuple[int, int],
        *,
        formula: bool = False,
        changing: bool = False,
    ) -> tuple[Kind, int]:
        """`value` is the resolved content of `<v>`, None where there is none; `place` row and column.

        The value of a `changing` formula is kept, but it is not what Excel would show today.
        """
        if value and look.how not in _TEXTS:
            value = value.strip()
            self._builder.blanks -= not value
        if not value:
            return self._without_value(look, formula=formula, element=value is not None)
        if changing:
            self._builder.blanks -= 1
            return Kind.NO_VALUE, self._pool.add(value)
        if look.how is How.SHARED:
            return Kind.TEXT, self._shared(value, place)
        if look.how in _TEXTS:
            return look.kind, self.text(value, place)
        if look.how is How.NUMBER and (len(value) > KEPT_DIGITS or b"E" in value.upper()):
            self._builder.long_numbers.add(place[1])
        return look.kind, self._pool.add(_checked(look.how, value, place))

    def text(self, text: bytes, place: tuple[int, int]) -> int:
        """Lay a text down, Excel's own escapes undone."""
        text = unescape(text)
        if len(text) > LONGEST_TEXT and len(text.decode("utf-8", "surrogatepass")) > LONGEST_TEXT:
            raise refuse("sheets.text_too_long", cell=cell_name(place))
        return self._pool.add(text)

    def _without_value(self, look: Look, *, formula: bool, element: bool) -> tuple[Kind, int]:
        """Nothing stored. A formula of text that gives nothing has a value all the same: ''."""
        if formula and element and look.how is How.TEXT:
            self._builder.blanks += 1
            return Kind.TEXT, 0
        return (Kind.NO_VALUE if formula else Kind.EMPTY), 0

    def _shared(self, value: bytes, place: tuple[int, int]) -> int:
        if not value.isdigit() or len(value) > 9 or int(value) + 1 >= self._strings:
            raise refuse("sheets.odd_cell", cell=cell_name(place))
        return int(value) + 1


def cell_name(place: tuple[int, int]) -> str:
    """Name a cell as Excel does: (14, 6) -> F14."""
    return f"{column_letters(place[1])}{place[0]}"


def _checked(how: How, value: bytes, place: tuple[int, int]) -> bytes:
    if how is How.BOOLEAN:
        value = {b"true": b"1", b"false": b"0"}.get(value, value)
    if _SHAPES[how].fullmatch(value) is None:
        raise refuse("sheets.odd_cell", cell=cell_name(place))
    return value
