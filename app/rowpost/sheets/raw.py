"""A sheet as a reader leaves it, before anybody has looked for the table in it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from rowpost.model.problems import Problem
from rowpost.model.table import Column, Table, TextPool
from rowpost.model.workbook import SheetInfo
from rowpost.sheets.building import SheetBuilder

Range = tuple[int, int, int, int]


@dataclass(slots=True)
class RawSheet:
    """The sheet chosen, the names of all, and what its reader noticed."""

    sheets: tuple[SheetInfo, ...]
    chosen: int
    builder: SheetBuilder
    codes: tuple[str, ...] = ("General",)
    struck: frozenset[int] = frozenset()  # indexes into `codes`
    epoch_1904: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    filter: Range | None = None
    notes: list[Problem] = field(default_factory=list)

    @property
    def long_numbers(self) -> set[int]:
        """Columns that may hold numbers of more than 15 digits."""
        return self.builder.long_numbers

    @property
    def name(self) -> str:
        """The name of the sheet chosen."""
        return self.sheets[self.chosen].name


def table_of(raw: RawSheet) -> Table:
    """Make the Table; the builder's arrays go into it."""
    builder = raw.builder
    builder.trim()
    hidden = frozenset(builder.hidden_rows)
    return Table(
        sheet=raw.name,
        row_count=builder.row_count(),
        columns=tuple(
            Column(cells.first_row, cells.kinds, cells.refs, cells.formats) for cells in builder.columns
        ),
        pool=TextPool(builder.pool.blob, builder.pool.offsets),
        number_formats=raw.codes,
        epoch_1904=raw.epoch_1904,
        hidden_rows=hidden - _filtered(hidden, raw.filter),
        filtered_rows=_filtered(hidden, raw.filter),
        struck_rows=_struck(builder, raw.struck) if raw.struck else frozenset(),
        hidden_columns=raw.hidden_columns,
        merged=raw.merged,
    )


def _filtered(hidden: frozenset[int], area: Range | None) -> frozenset[int]:
    """Hidden rows within the filtered area, its heading apart, are hidden by the filter."""
    if area is None:
        return frozenset()
    return frozenset(row for row in hidden if area[0] < row <= area[2])


def _struck(builder: SheetBuilder, struck: frozenset[int]) -> frozenset[int]:
    """Rows all of whose filled cells are struck through."""
    crossed: set[int] = set()
    plain: set[int] = set()
    for cells in builder.columns:
        if struck.isdisjoint(cells.formats):
            marks: array[int] | bytes = bytes(len(cells.formats))
        else:
            marks = bytes(number in struck for number in cells.formats)
        for row, (kind, mark) in enumerate(zip(cells.kinds, marks, strict=True), cells.first_row):
            if kind:
                (crossed if mark else plain).add(row)
    return frozenset(crossed - plain)
