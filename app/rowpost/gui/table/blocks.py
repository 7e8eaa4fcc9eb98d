"""Blocks of cells as text, the way Excel writes and reads them on the clipboard; no Qt."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

Block = Sequence[Sequence[str]]
Cell = tuple[int, int, str]  # row, column, the text that is put there
FEW_CELLS = 200  # so many are changed at once; more of them would keep the window waiting
NO_ROOM = -1  # the row of what would lie outside of the table


def to_text(block: Iterable[Sequence[str]]) -> str:
    """Write cells with tabs between columns and line breaks between rows, quoted where needed."""
    out = io.StringIO()
    lines = (map(_with_one_break, line) for line in block)
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return out.getvalue().removesuffix("\n")


def _with_one_break(text: str) -> str:
    """Write every line break as Excel has it in a cell; a lone carriage return would end the block."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def from_text(text: str) -> Block:
    """Read what Excel, or a person, has copied; one line break at the end does not count."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[list[str]]:
    lines = _with_one_break(text).removesuffix("\n")
    return csv.reader(io.StringIO(lines), dialect="excel-tab") if lines else iter([[""]])


def only_cell(text: str) -> str | None:
    """The text of the one cell that was copied, None where there are more."""
    first = list(islice(_lines(text), 2))
    return first[0][0] if len(first) == len(first[0]) == 1 else None


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns of the grid, in the order of the view."""

    rows: Sequence[int]
    columns: Sequence[int]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.rows) * len(self.columns)


def lines_of(areas: Iterable[Area], text_at: Callable[[int, int], str]) -> Iterator[list[str]]:
    """The texts of some cells, line by line, for `to_text`."""
    for area in areas:
        for row in area.rows:
            yield [text_at(row, column) for column in area.columns]


@dataclass(frozen=True, slots=True)
class Filled:
    """All cells of a column are given the same text, by column."""

    areas: Sequence[Area]
    texts: Mapping[int, str]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return sum(area.size for area in self.areas)

    def cells(self) -> Iterator[Cell]:
        """Every cell with its new text, row by row."""
        for area in self.areas:
            for row in area.rows:
                for column in area.columns:
                    yield row, column, self.texts[column]

    def in_columns(self, place: Callable[[int], int]) -> Filled:
        """The same with its columns counted in another way."""
        areas = [Area(area.rows, [place(column) for column in area.columns]) for area in self.areas]
        return Filled(areas, {place(column): text for column, text in self.texts.items()})


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text from the clipboard, not taken apart yet; its corner comes to the first of these cells."""

    text: str
    to: Area

    @property
    def size(self) -> int:
        """About how many cells there are; never less than there are lines."""
        return self.text.count("\n") + self.text.count("\t") + 1

    def cells(self) -> Iterator[Cell]:
        """Every cell with its new text, row by row; what would lie outside has NO_ROOM."""
        rows, columns = self.to.rows, self.to.columns
        for down, line in enumerate(_lines(self.text)):
            row = rows[down] if down < len(rows) else NO_ROOM
            for column, text in zip(columns, line, strict=False):
                yield row, column, text
            for text in islice(line, len(columns), None):
                yield NO_ROOM, 0, text

    def in_columns(self, place: Callable[[int], int]) -> Pasted:
        """The same with its columns counted in another way."""
        return replace(self, to=Area(self.to.rows, [place(column) for column in self.to.columns]))


Put = Filled | Pasted
