"""How a receipt falls into pages: strips of cells, broken into lines that fit their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice

_MOST_REMEMBERED = 20_000  # texts; a receipt repeats few sentences many times


@dataclass(frozen=True, slots=True)
class Column:
    """A column in the device's own units: where it begins, how wide it is, whether it ends flush."""

    left: float
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells side by side, each in lines; `above` and `height` are lengths, `rule` draws a hairline below."""

    cells: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    style: Style
    height: float
    above: float = 0.0
    rule: bool = False


class Style:
    """A font as the device sets it: measures and breaks texts."""

    def __init__(self, font: QFont, device: QPagedPaintDevice) -> None:
        self.font = font
        metrics = QFontMetricsF(font, device)
        self.advance = metrics.horizontalAdvance
        self.line_height, self.ascent = metrics.lineSpacing(), metrics.ascent()
        self._broken: dict[tuple[str, float], tuple[str, ...]] = {}

    def broken(self, text: str, width: float) -> tuple[str, ...]:
        """Return the lines of a text; a word that is too long for a line is broken where it must be."""
        known = self._broken.get((text, width))
        if known is None:
            known = self._broken[text, width] = tuple(self._lines(text, width))
            if len(self._broken) > _MOST_REMEMBERED:
                self._broken.clear()
        return known

    def _lines(self, text: str, width: float) -> Iterator[str]:
        if self.advance(text) <= width:
            yield text
            return
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if self.advance(longer) <= width:
                line = longer
                continue
            if line:
                yield line
            *full, line = self._pieces(word, width)
            yield from full
        yield line

    def _pieces(self, word: str, width: float) -> Iterator[str]:
        while len(word) > 1 and self.advance(word) > width:
            most = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or self.advance(word[:n]) <= width)
            hyphen = word.rfind("-", 1, most) + 1  # ids are broken behind a hyphen
            cut = hyphen or most
            yield word[:cut]
            word = word[cut:]
        yield word

    def strip(
        self, texts: Sequence[str], columns: tuple[Column, ...], *, above: float = 0.0, rule: bool = False
    ) -> Strip:
        """Return a strip that holds these texts."""
        cells = tuple(self.broken(text, column.width) for text, column in zip(texts, columns, strict=True))
        height = max(map(len, cells)) * self.line_height
        return Strip(cells, columns, self, height, above, rule)


def pages(strips: Iterable[Strip], head: Strip, room: float, *, begins_list: int) -> Iterator[list[Strip]]:
    """Put strips on pages `room` high; from strip `begins_list` on each page begins with `head`."""
    page: list[Strip] = []
    left = room
    for place, strip in enumerate(strips):
        needed = strip.above + strip.height
        if page and needed > left:
            yield page
            page = [head] if place > begins_list else []
            left = room - sum(one.above + one.height for one in page)
        page.append(strip)
        left -= needed
    yield page
