"""The first rows of a sheet as they stand in the workbook, for the Open page."""

from __future__ import annotations

from rowpost.gui.table.grid import Face, Quality
from rowpost.gui.words import Words
from rowpost.model.cells import Kind, column_letters
from rowpost.model.workbook import Opened
from rowpost.shown import shown_text

DATA_ROWS = 20


class PreviewGrid:
    """Title rows, headings, the first data rows and the totals of a sheet."""

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
        """How many columns the sheet has."""
        return self._table.column_count

    def excel_row(self, row: int) -> int:
        """Return Excel's number of a row of the preview."""
        return self._rows[row]

    def heading(self, column: int) -> str:
        """Return Excel's letters: here the sheet is shown as it is."""
        return column_letters(column + 1)

    def row_name(self, row: int) -> str:
        """Return Excel's row number."""
        return str(self._rows[row])

    def face(self, row: int, column: int) -> Face:
        """Return a cell; titles, totals and rows that stay are grey, headings strong."""
        number = self._rows[row]
        cell = self._table.cell(number, column + 1)
        text = shown_text(cell, self._table.epoch_1904)
        return Face(
            cell.stored if text is None else text,
            right=cell.kind is Kind.NUMBER,
            quiet=not self._is_data(number),
            strong=number in self._headings,
        )

    def _is_data(self, number: int) -> bool:
        layout = self._layout
        inside = layout.first_row <= number <= layout.last_row
        return number in self._headings or (inside and number not in self._reasons)

    def sentence(self, row: int, _: int) -> str:
        """Say why a row is no data."""
        reason = self._reasons.get(self._rows[row])
        return self._words.wording.say(reason) if reason else ""

    def editable(self, _row: int, _column: int) -> bool:
        """Nothing is changed here."""
        return False

    def edit_text(self, row: int, column: int) -> str:
        """Return the text; nobody edits it."""
        return self.face(row, column).text

    def quality(self, _: int) -> Quality | None:
        """Nothing has been judged yet."""
        return None


def preview_rows(opened: Opened) -> tuple[int, ...]:
    """Return the Excel rows worth a first look: down to the 20th data row, then the totals."""
    layout = opened.layout
    last = min(layout.last_row, layout.first_row + DATA_ROWS - 1)
    totals = [total.row for total in layout.total_rows if total.row > last]
    return (*range(1, last + 1), *totals)
