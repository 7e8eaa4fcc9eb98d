"""What stands around the cells of a sheet: hidden columns, merged ranges, the filter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rowpost.model.cells import column_number
from rowpost.sheets.building import MOST_COLUMNS, MOST_ROWS
from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.markup import Attributes, is_true

Range = tuple[int, int, int, int]  # first row, first column, last row, last column
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_MOST_RANGES = 1_000_000


@dataclass(slots=True)
class Frame:
    """Filled while the part is parsed."""

    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    filter: Range | None = None
    rows_hidden_by_default: bool = False
    root: str = ""

    def start(self, element: str, attributes: Attributes) -> None:
        """Take notice of an element."""
        if not self.root:
            self.root = element
            if element != "worksheet":
                raise refuse("sheets.not_a_workbook")
        elif element == "col":
            self._take_columns(attributes)
        elif element == "mergeCell":
            self._take_merged(attributes)
        elif element == "autoFilter":
            self.filter = range_of(attributes.get("ref", ""))
        elif element == "sheetFormatPr":
            self.rows_hidden_by_default = is_true(attributes.get("zeroHeight"))

    def _take_columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")):
            first, last = (attributes.get(name, "") for name in ("min", "max"))
            if first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6:
                self.hidden_columns.update(range(int(first), min(int(last), MOST_COLUMNS) + 1))

    def _take_merged(self, attributes: Attributes) -> None:
        merged = range_of(attributes.get("ref", ""))
        if merged is not None and len(self.merged) < _MOST_RANGES:
            self.merged.append(merged)


def range_of(text: str) -> Range | None:
    """Read `B2:D9`; None where it is no range within a sheet."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    column, row = column_number(match[1]), int(match[2])
    last_column = column_number(match[3]) if match[3] else column
    last_row = int(match[4]) if match[4] else row
    if not (1 <= row <= last_row <= MOST_ROWS and column <= last_column <= MOST_COLUMNS):
        return None
    return row, column, last_row, last_column
