"""A new workbook, for where there is none to copy: text files, old formats, a file that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rowpost.model.cells import Kind
from rowpost.model.table import Cell, Table
from rowpost.reports.additions import FILLS, Additions, Link, Page, Shown, Tone
from rowpost.reports.comments import AUTHOR, MOST
from rowpost.reports.stamp import NAME, encoded
from rowpost.reports.xml_edits import LONGEST_TEXT

_OPTIONS = {"constant_memory": True}  # rows go to disk as they are written


def write_fresh(table: Table | None, additions: Additions, out: Path) -> None:
    """Write the table's cells with the additions to `out`; without a table, the additions alone."""
    book = Workbook(str(out), _OPTIONS)
    writer = _Writer(book)
    try:
        if table is not None or additions.columns:
            writer.table_sheet(book.add_worksheet(additions.sheet), table, additions)
        writer.page(book.add_worksheet(additions.page.name), additions.page)
        book.set_custom_property(NAME, encoded(additions.stamp), "text")
        book.close()
    except FileCreateError as error:
        raise OSError(*getattr(error.args[0], "args", ())) from error


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[str, Tone, bool], Format] = {}

    def _format(self, number_format: str, tone: Tone = Tone.PLAIN, *, bold: bool = False) -> Format:
        key = (number_format, tone, bold)
        if key not in self._formats:
            look: dict[str, object] = {"num_format": number_format, "bold": bold}
            if tone in FILLS:
                look["bg_color"] = f"#{FILLS[tone]}"
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    # -- The sheet as it was, and what stands beside it --------------------------------------

    def table_sheet(self, sheet: Worksheet, table: Table | None, additions: Additions) -> None:
        width = table.column_count if table else 0
        for place, size in enumerate(additions.columns.widths if additions.columns else (), start=width):
            sheet.set_column(place, place, size)
        for row in range(1, _last_row(table, additions) + 1):
            if table:
                self._row(sheet, table, row, additions)
            bold = row == additions.header_row
            for column, (text, tone) in enumerate(_beside(additions, row), start=width):
                sheet.write_string(row - 1, column, text[:LONGEST_TEXT], self._format("@", tone, bold=bold))
        for (row, column), mark in list(additions.marks.items())[:MOST]:
            if mark.comment:
                sheet.write_comment(row - 1, column - 1, mark.comment[:LONGEST_TEXT], {"author": AUTHOR})

    def _row(self, sheet: Worksheet, table: Table, row: int, additions: Additions) -> None:
        for column in range(1, table.column_count + 1):
            mark = additions.marks.get((row, column))
            self._cell(sheet, row, column, table.cell(row, column), mark.tone if mark else Tone.PLAIN)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, tone: Tone) -> None:
        place = (row - 1, column - 1)
        if cell.kind in (Kind.EMPTY, Kind.NO_VALUE):
            if tone is not Tone.PLAIN:
                sheet.write_blank(*place, None, self._format("@", tone))
        elif cell.kind in (Kind.NUMBER, Kind.DATE) and is_exact(cell.stored):
            sheet.write_number(*place, float(cell.stored), self._format(cell.format, tone))
        else:
            sheet.write_string(*place, cell.stored[:LONGEST_TEXT], self._format("@", tone))

    # -- The new page ------------------------------------------------------------------------

    def page(self, sheet: Worksheet, page: Page) -> None:
        for column, size in enumerate(page.widths):
            sheet.set_column(column, column, size)
        if page.frozen_lines:
            sheet.freeze_panes(page.frozen_lines, 0)
        for row, line in enumerate(page.lines):
            for column, value in enumerate(line):
                self._shown(sheet, row, column, value, bold=row in page.bold)

    def _shown(self, sheet: Worksheet, row: int, column: int, value: Shown, *, bold: bool) -> None:
        match value:
            case str():
                sheet.write_string(row, column, value[:LONGEST_TEXT], self._format("@", bold=bold))
            case Link():
                sheet.write_url(row, column, f"internal:{value.location}", None, value.text)
            case Decimal():
                sheet.write_number(row, column, float(value), self._format("#,##0.00"))
            case int():
                sheet.write_number(row, column, value)


def is_exact(stored: str) -> bool:
    """Whether a number survives as Excel keeps it: else its digits are written as text."""
    try:
        return Decimal(repr(float(stored))) == Decimal(stored)
    except (ValueError, InvalidOperation):
        return False


def _last_row(table: Table | None, additions: Additions) -> int:
    columns = additions.columns
    return max(table.row_count if table else 0, additions.header_row, *(columns.rows if columns else ()), 0)


def _beside(additions: Additions, row: int) -> Iterator[tuple[str, Tone]]:
    columns = additions.columns
    if columns is None:
        return
    if row == additions.header_row:
        yield from ((text, Tone.PLAIN) for text in columns.headings)
    elif beside := columns.rows.get(row):
        yield from ((text, beside.tone) for text in beside.texts)
