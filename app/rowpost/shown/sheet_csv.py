"""A whole sheet as Excel shows it, as CSV lines."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.cells import Kind
from rowpost.model.table import Cell, Table
from rowpost.shown.text import shown_text

NOT_KNOWN = "\N{REPLACEMENT CHARACTER}"


def shown_rows(table: Table) -> Iterator[list[str]]:
    """Yield every row from Excel's row 1 on, every cell from column A on, as Excel shows it.

    A cell whose shown form is not known begins with U+FFFD; its stored text follows. Cells that
    repeat a merged one above them are empty, as they are in Excel.
    """
    repeated = {(row, column) for top, column, last, _ in table.carried for row in range(top, last + 1)}
    for row in range(1, table.row_count + 1):
        yield [
            "" if (row, column) in repeated else shown_or_marked(table.cell(row, column), table)
            for column in range(1, table.column_count + 1)
        ]


def shown_or_marked(cell: Cell, table: Table) -> str:
    """Return what Excel shows in a cell of this table; where that is not known, the stored text, marked."""
    if cell.kind is Kind.EMPTY:
        return ""
    shown = shown_text(cell, table.epoch_1904)
    return NOT_KNOWN + cell.stored if shown is None else shown
