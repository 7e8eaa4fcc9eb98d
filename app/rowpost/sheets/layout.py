"""Where in the sheet the table is: headings, first and last row, rows that are no data."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.table import Table
from rowpost.model.workbook import Layout, Reading
from rowpost.sheets.heading import find_header, headings_of
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import Words
from rowpost.sheets.totals import find_totals

BLANK = "row.blank"
REPEATED = "row.repeated_header"
TOTAL = "row.total"
HIDDEN = "row.hidden"


def find_layout(table: Table, reading: Reading, words: Words) -> Layout:
    """Find the table in the sheet, as far as the person has not said where it is."""
    header = header_rows(table, reading, words)
    first = header[-1] + 1 if header else _first_filled(table)
    filled = filled_rows(table)
    blank = [row for row in range(first, table.row_count + 1) if not filled[row]]
    headings = headings_of(table, header)
    totals = find_totals(table, first, words)
    hidden = sorted(row for row in table.hidden_rows | table.filtered_rows if row >= first and filled[row])
    left_out = dict.fromkeys(hidden, HIDDEN) if reading.include_hidden is False else {}
    left_out.update(dict.fromkeys(_repeated(table, header, first), REPEATED))
    left_out.update({total.row: TOTAL for total in totals})
    left_out.update(dict.fromkeys(blank, BLANK))
    return Layout(
        header_rows=header,
        first_row=first,
        last_row=table.row_count,
        headings=headings,
        title_rows=tuple(row for row in range(1, header[0] if header else first) if filled[row]),
        total_rows=totals,
        left_out=tuple(sorted(left_out.items())),
        hidden_rows=tuple(hidden),
    )


def header_rows(table: Table, reading: Reading, words: Words) -> tuple[int, ...]:
    """The rows that name the columns: where the person says, else where they are found.

    Trouble where the person says a row below the sheet's last.
    """
    if reading.header_row is None:
        return find_header(table, words)
    if reading.header_row > table.row_count:
        raise refuse("sheets.no_such_row", row=reading.header_row, last=table.row_count)
    found = find_header(table, words)
    if found and found[-1] == reading.header_row:
        return found
    return (reading.header_row,) if reading.header_row else ()


def filled_rows(table: Table) -> bytes:
    """One byte a row, from row 0 to the last: not 0 where any cell holds something."""
    length = table.row_count + 1
    together = 0
    for column in table.columns:
        together |= int.from_bytes(column.kinds, "little") << (8 * column.first_row)
    return together.to_bytes(length, "little")


def _first_filled(table: Table) -> int:
    filled = filled_rows(table)
    return next((row for row, mark in enumerate(filled) if mark), 1)


def _repeated(table: Table, header: tuple[int, ...], first: int) -> Iterator[int]:
    """Rows below the headings that hold the very headings again."""
    if not header:
        return
    wanted = {
        column: text
        for column in range(1, table.column_count + 1)
        if (text := table.cell(header[-1], column).stored)
    }
    if len(wanted) < 2:
        return
    column = next(iter(wanted))
    ref = table.columns[column - 1].refs[header[-1] - table.columns[column - 1].first_row]
    for row in _rows_with(table, column, ref, first):
        if all(table.cell(row, other).stored == text for other, text in wanted.items()):
            yield row


def _rows_with(table: Table, column: int, ref: int, first: int) -> Iterator[int]:
    """Rows from `first` on whose cell refers to the same text."""
    cells = table.columns[column - 1]
    at = max(first - cells.first_row, 0)
    while True:
        try:
            at = cells.refs.index(ref, at)
        except ValueError:
            return
        yield cells.first_row + at
        at += 1
