"""The first rows of a sheet as they stand in the workbook, for the Open page."""

from __future__ import annotations

from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.views.finding import cell_text
from rowpost.gui.words import Words
from rowpost.model.cells import Kind, column_letters
from rowpost.model.workbook import Opened

DATA_ROWS = 20
_NAMED = 40  # rows that facts speak of, and that are shown beside the first ones


class PreviewGrid(FactLines):
    """Title rows, headings, the first data rows, the totals, and rows that a fact speaks of.

    The first column says what a row is, where it is no data; the sheet's own columns follow.
    """

    def __init__(self, opened: Opened, words: Words) -> None:
        self._table = opened.table
        self._layout = opened.layout
        self._words = words
        self._rows = preview_rows(opened)
        self._headings = frozenset(opened.layout.header_rows)
        self._reasons = dict(opened.layout.left_out)

    @property
    def row_count(self) -> int:
        """How many rows are shown."""
        return len(self._rows)

    @property
    def column_count(self) -> int:
        """How many columns the sheet has, and one that says what a row is."""
        return self._table.column_count + 1

    def excel_row(self, row: int) -> int:
        """Return Excel's number of a row of the preview."""
        return self._rows[row]

    def place(self, excel_row: int) -> int:
        """Return the row of the preview that shows Excel's row, -1 where none does."""
        return self._rows.index(excel_row) if excel_row in self._rows else -1

    def heading(self, column: int) -> str:
        """Return Excel's letters: here the sheet is shown as it is."""
        return column_letters(column) if column else ""

    def row_name(self, row: int) -> str:
        """Return Excel's row number."""
        return str(self._rows[row])

    def face(self, row: int, column: int) -> Face:
        """Return a cell; titles, totals and rows that stay are grey, headings strong."""
        number = self._rows[row]
        if not column:
            return Face(self.role(number), quiet=True)
        cell = self._table.cell(number, column)
        return Face(
            cell_text(cell, self._table, self._words.habits),
            right=cell.kind is Kind.NUMBER,
            quiet=not self._is_data(number),
            strong=number in self._headings,
        )

    def role(self, number: int) -> str:
        """Say in a word or two what an Excel row is; '' for data."""
        layout, words = self._layout, self._words
        if number in self._headings:
            return words("open.row.headings")
        if number in self._reasons:
            return words.wording.say(self._reasons[number])
        if number in layout.hidden_rows:
            return words.wording.say("row.hidden")
        if number < layout.first_row:
            return words("open.row.title")
        return "" if number <= layout.last_row else words("open.row.below")

    def _is_data(self, number: int) -> bool:
        layout = self._layout
        inside = layout.first_row <= number <= layout.last_row
        return number in self._headings or (inside and number not in self._reasons)

    def sentence(self, row: int, _: int) -> str:
        """Say why a row is no data."""
        reason = self._reasons.get(self._rows[row])
        return self._words.wording.say(reason) if reason else ""


def preview_rows(opened: Opened) -> tuple[int, ...]:
    """Return the Excel rows worth a first look: down to the 20th data row, then what is spoken of."""
    layout = opened.layout
    last = min(layout.last_row, layout.first_row + DATA_ROWS - 1)
    totals = {total.row for total in layout.total_rows}
    named = sorted({fact.row for fact in opened.facts if fact.row > last})[:_NAMED]
    return (*range(1, last + 1), *sorted({row for row in (*totals, *named) if row > last}))
