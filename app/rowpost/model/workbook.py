"""A workbook that has been opened: its sheets, the table in one of them, and the facts found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rowpost.model.again import Again
from rowpost.model.problems import Problem
from rowpost.model.table import Table


class Visibility(StrEnum):
    """Whether Excel shows a sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet of the workbook; `rows` and `filled` are estimates until the sheet is read."""

    name: str
    visibility: Visibility = Visibility.VISIBLE
    rows: int = 0
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person wants a workbook read; None and '' mean: find out."""

    sheet: str = ""  # a name, or a number from 1
    header_row: int | None = None  # Excel's row number; 0: there is no header row
    include_hidden: bool | None = None  # None: not answered yet


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that adds up the rows above; `sums` are (column, stored text) pairs."""

    row: int
    sums: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in the sheet the table is. All rows are Excel's own numbers; columns count from 1.

    `headings` has one entry a column, '' where there is none; `left_out` pairs rows that are
    no data with the wording code of the reason (total row, repeated header, blank, hidden).
    """

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    headings: tuple[str, ...]
    title_rows: tuple[int, ...] = ()
    total_rows: tuple[TotalRow, ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()
    hidden_rows: tuple[int, ...] = ()

    @property
    def header_row(self) -> int:
        """The row that names the columns (the last of them); 0 where there is none."""
        return self.header_rows[-1] if self.header_rows else 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook, read. `sha256` is of the file's bytes as they were read.

    `again` says what of an earlier run is to be sent once more from it, where it was opened for that.
    """

    file_name: str
    path: str
    size: int
    sha256: str
    sheets: tuple[SheetInfo, ...]
    table: Table
    layout: Layout
    facts: tuple[Problem, ...] = field(default=())
    again: Again | None = None
