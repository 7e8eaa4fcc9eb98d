"""Styles: which number format a cell has, and whether its font is struck through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.markup import Attributes, is_true, parse
from rowpost.shown import BUILTIN_FORMATS, is_date_format

_MOST_STYLES = 65_500  # Excel's own limit is 65,490 cell formats


@dataclass(frozen=True, slots=True)
class Styles:
    """By style number: the index into `codes`. Codes may repeat: `struck` are indexes of struck ones."""

    codes: tuple[str, ...] = ("General",)
    by_style: tuple[int, ...] = (0,)
    dates: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Collector:
    """Gathers the few elements that matter from the styles part."""

    custom: dict[int, str] = field(default_factory=dict)
    struck_fonts: set[int] = field(default_factory=set)
    fonts: int = 0
    styles: list[tuple[int, int]] = field(default_factory=list)
    path: list[str] = field(default_factory=list)

    def start(self, element: str, attributes: Attributes) -> None:
        parent = self.path[-1] if self.path else ""
        self.path.append(element)
        if element == "numFmt" and parent == "numFmts":
            self.custom[_number(attributes, "numFmtId")] = attributes.get("formatCode", "General")
        elif element == "font" and parent == "fonts":
            self.fonts += 1
        elif element == "strike" and parent == "font" and is_true(attributes.get("val", "1")):
            self.struck_fonts.add(self.fonts - 1)
        elif element == "xf" and parent == "cellXfs":
            self._add_style(attributes)

    def _add_style(self, attributes: Attributes) -> None:
        if len(self.styles) >= _MOST_STYLES:
            raise refuse("sheets.too_many_styles")
        self.styles.append((_number(attributes, "numFmtId"), _number(attributes, "fontId")))

    def end(self, _: str) -> None:
        self.path.pop()


def read_styles(part: str, chunks: Iterable[bytes]) -> Styles:
    """Read the styles part."""
    found = _Collector()
    parse(part, chunks, found.start, found.end)
    codes: dict[tuple[str, bool], int] = {("General", False): 0}
    by_style = [
        codes.setdefault((_code(found, number_format), font in found.struck_fonts), len(codes))
        for number_format, font in found.styles
    ]
    return Styles(
        tuple(code for code, _ in codes),
        tuple(by_style or (0,)),
        frozenset(index for (code, _), index in codes.items() if is_date_format(code)),
        frozenset(index for (_, struck), index in codes.items() if struck),
    )


def _code(found: _Collector, number_format: int) -> str:
    return found.custom.get(number_format) or BUILTIN_FORMATS.get(number_format, "General")


def _number(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
