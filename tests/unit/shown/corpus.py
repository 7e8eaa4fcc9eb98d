"""Holds the shown text against what Excel itself showed: `PYTHONPATH=app python -m tests.unit.shown.corpus`
prints the figure.

The corpus lies beside the checkout and is read in place. Its CSV files were written in Windows-1252
and turned to UTF-8 as if they were Mac Roman (`°` became `∞`); that is undone before comparing.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from rowpost.model.cells import Kind
from rowpost.model.table import Table
from rowpost.model.workbook import Reading
from rowpost.sheets.raw import table_of
from rowpost.sheets.request import Request, Words, no_stage
from rowpost.sheets.xlsx.workbook import XlsxFile
from rowpost.shown import shown_text

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpus" / "excel-shows"


@dataclass
class Figure:
    """How many filled cells were equal, not known, different (with where)."""

    equal: int = 0
    not_known: int = 0
    different: list[str] = field(default_factory=list)

    @property
    def cells(self) -> int:
        return self.equal + self.not_known + len(self.different)

    @property
    def share(self) -> float:
        return self.equal / self.cells if self.cells else 0.0


def measure(folder: Path = CORPUS) -> Figure:
    """Compare every sheet of the corpus."""
    figure = Figure()
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        table = _table(folder / entry["workbook"], entry["sheet"] + 1)
        text = (folder / entry["csv"]).read_text("utf-8")  # line ends made alike
        for place, shown, wanted in _cells(table, text, entry["row_offset"], entry["column_offset"]):
            if shown is None:
                figure.not_known += 1
            elif wanted in (shown, _as_spoilt(shown)) or (wanted and not wanted.strip("#")):
                figure.equal += 1
            else:
                figure.different.append(f"{entry['csv']} {place}: {shown!r} is not {wanted!r}")
    return figure


def _as_spoilt(text: str) -> str:
    return text.encode("cp1252", "replace").decode("mac_roman")


def _table(path: Path, sheet: int) -> Table:
    with path.open("rb") as file:
        request = Request(str(path), Reading(sheet=str(sheet)), Words())
        return table_of(XlsxFile(file, request, no_stage).read())


def _cells(table: Table, text: str, rows: int, columns: int) -> Iterator[tuple[str, str | None, str]]:
    for row, fields in enumerate(csv.reader(StringIO(text, newline="")), rows + 1):
        for column, wanted in enumerate(fields, columns + 1):
            cell = table.cell(row, column)
            if wanted or cell.kind is not Kind.EMPTY:
                yield table.ref(row, column).a1, shown_text(cell, table.epoch_1904), wanted


def main() -> int:
    """Print the figure; 1 where it misses the goal."""
    figure = measure()
    told = (
        f"{figure.cells} cells: {figure.share:.3%} as Excel showed them, "
        f"{figure.not_known} marked as not known, {len(figure.different)} different\n"
    )
    sys.stdout.write("\n".join([*figure.different, told]))
    return int(figure.share < 0.995 or bool(figure.different))


if __name__ == "__main__":
    sys.exit(main())
