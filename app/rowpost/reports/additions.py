"""What a report adds to a workbook, as values: both writers (copy and new workbook) render these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from rowpost.model.table import Cell


class Tone(StrEnum):
    """The tint of an added or marked cell; the word beside it says the same."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    CHANGED = "changed"


FILLS: Mapping[Tone, str] = MappingProxyType(
    {Tone.GOOD: "E8F5EC", Tone.BAD: "FDECEA", Tone.OPEN: "FFF4E0", Tone.CHANGED: "E4EEFB"}
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one row: one text for each added column."""

    texts: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class AddedColumns:
    """Columns right of everything the sheet holds. `rows` are by Excel's row number.

    Where an earlier report has put such columns there they are renewed; rows in `kept` then keep
    what it says of them.
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Mapping[int, Beside]
    kept: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of the same workbook (sheet name, A1)."""

    sheet: str
    cell: str

    @property
    def text(self) -> str:
        """The address as a person reads it."""
        return self.cell

    @property
    def location(self) -> str:
        """The address as Excel wants it in a link."""
        name = self.sheet.replace("'", "''")
        return f"'{name}'!{self.cell}"


Shown = str | int | Decimal | Link


@dataclass(frozen=True, slots=True)
class Page:
    """A new sheet at the end. `lines` makes its lines, each time anew; `bold` are headings, from 0."""

    name: str
    widths: tuple[int, ...]
    lines: Callable[[], Iterable[Sequence[Shown]]]
    bold: frozenset[int] = frozenset()
    frozen_lines: int = 0


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell of the user's sheet to be tinted, and what its comment says ('' for none)."""

    tone: Tone
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Additions:
    """Everything that a report adds to one workbook.

    `marks` are by (row, column) of `sheet`, both from 1. `stamp` is what `stamp.read_stamp` finds
    when the workbook is opened again, together with `page`, the name that the page has got.
    `cells` are cells of `sheet` that hold something else now, by the same places.
    `replaces_page`: the page of an earlier report of the same kind gives way to this one.
    """

    sheet: str
    header_row: int
    page: Page
    stamp: Mapping[str, str | int]
    columns: AddedColumns | None = None
    marks: Mapping[tuple[int, int], CellMark] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    replaces_page: bool = False
