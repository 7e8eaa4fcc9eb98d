"""What a person should know about the workbook before anything is sent: facts about the whole sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rowpost.model.cells import CellRef, Kind, column_letters
from rowpost.model.problems import Problem, Severity, Value
from rowpost.model.table import Table
from rowpost.model.workbook import Layout, Reading, Visibility
from rowpost.sheets.damage import find_damage
from rowpost.sheets.layout import BLANK, REPEATED
from rowpost.sheets.raw import RawSheet
from rowpost.sheets.request import Words
from rowpost.sheets.totals import CLOSE, column_sums

EXAMPLES = 100  # cells that are named with a fact


def find_facts(
    raw: RawSheet, table: Table, layout: Layout, words: Words, reading: Reading
) -> tuple[Problem, ...]:
    """Gather the facts, what concerns the whole file first."""
    return (
        *raw.notes,
        *_sheet_facts(raw, table),
        *_row_facts(table, layout, reading),
        *_heading_facts(table, layout),
        *_total_facts(table, layout),
        *find_damage(table, layout, words, raw.long_numbers),
    )


def _sheet_facts(raw: RawSheet, table: Table) -> Iterator[Problem]:
    hidden = [sheet.name for sheet in raw.sheets if sheet.visibility is not Visibility.VISIBLE]
    if hidden:
        names = ", ".join(hidden[:20])
        yield Problem("sheets.hidden_sheets", Severity.NOTE, values={"count": len(hidden), "sheets": names})
    if table.epoch_1904:
        yield Problem("sheets.epoch_1904", Severity.NOTE, _first_dates(table))
    if table.hidden_columns:
        columns = [column for column in sorted(table.hidden_columns) if column <= table.column_count]
        filled = [column for column in columns if any(table.columns[column - 1].kinds)]
        if filled:
            letters = ", ".join(map(column_letters, filled[:20]))
            values: dict[str, Value] = {"count": len(filled), "columns": letters}
            yield Problem("sheets.hidden_columns", Severity.NOTE, values=values)
    if table.carried:
        cells = sum(bottom - top + 1 for top, _, bottom, _ in table.carried)
        where = tuple(table.ref(top, column) for top, column, _, _ in table.carried[:EXAMPLES])
        yield Problem("sheets.merged_cells", Severity.NOTE, where, values={"count": cells})


def _first_dates(table: Table) -> tuple[CellRef, ...]:
    for number, column in enumerate(table.columns, 1):
        index = bytes(column.kinds).find(Kind.DATE)
        if index >= 0:
            return (table.ref(column.first_row + index, number),)
    return ()


def _rows(code: str, severity: Severity, table: Table, rows: Iterable[int]) -> Iterator[Problem]:
    found = sorted(rows)
    if found:
        where = tuple(table.ref(row, 0) for row in found[:EXAMPLES])
        yield Problem(code, severity, where, values={"count": len(found), "row": found[0]})


def _row_facts(table: Table, layout: Layout, reading: Reading) -> Iterator[Problem]:
    hidden = set(layout.hidden_rows)
    asked = Severity.WARNING if reading.include_hidden is None else Severity.NOTE
    yield from _rows("sheets.hidden_rows", asked, table, hidden & table.hidden_rows)
    yield from _rows("sheets.filtered_rows", asked, table, hidden & table.filtered_rows)
    struck = (row for row in table.struck_rows if row >= layout.first_row)
    yield from _rows("sheets.struck_rows", Severity.WARNING, table, struck)
    for code, reason in (("sheets.blank_rows", BLANK), ("sheets.repeated_headings", REPEATED)):
        left_out = (row for row, why in layout.left_out if why == reason)
        yield from _rows(code, Severity.NOTE, table, left_out)


def _heading_facts(table: Table, layout: Layout) -> Iterator[Problem]:
    if not layout.header_rows:
        if table.row_count:
            yield Problem("sheets.no_headings", Severity.WARNING)
        return
    if len(layout.header_rows) > 1:
        first, last = layout.header_rows[0], layout.header_rows[-1]
        yield Problem(
            "sheets.two_line_headings",
            Severity.NOTE,
            (table.ref(first, 0),),
            values={"first": first, "last": last},
        )
    bare = [
        number
        for number, (column, heading) in enumerate(zip(table.columns, layout.headings, strict=True), 1)
        if not heading and any(column.kinds[max(layout.first_row - column.first_row, 0) :])
    ]
    if bare:
        where = tuple(table.ref(layout.header_row, column) for column in bare[:EXAMPLES])
        letters = ", ".join(map(column_letters, bare[:20]))
        values: dict[str, Value] = {"count": len(bare), "columns": letters}
        yield Problem("sheets.columns_without_heading", Severity.NOTE, where, values=values)


def _total_facts(table: Table, layout: Layout) -> Iterator[Problem]:
    """Hold every total against the rows above it."""
    totals = {total.row for total in layout.total_rows}
    left_out = totals | {row for row, reason in layout.left_out if reason == REPEATED}
    for total in layout.total_rows:
        fits = 0
        for column, text in total.sums:
            sums = column_sums(table, column, (layout.first_row, total.row), left_out)
            if any(abs(added - Decimal(text)) < CLOSE for added in sums):
                fits += 1
            elif _is_amount_column(table, column):
                yield Problem(
                    "sheets.total_differs",
                    Severity.WARNING,
                    (table.ref(total.row, column),),
                    values={
                        "row": total.row,
                        "heading": _called(layout, column),
                        "total": Decimal(text),
                        "sum": sums[0],
                    },
                )
        where = (table.ref(total.row, total.sums[0][0] if total.sums else 0),)
        code = "sheets.total_fits" if fits else "sheets.total_row"
        yield Problem(code, Severity.NOTE, where, values={"row": total.row})


def _called(layout: Layout, column: int) -> str:
    return "".join(layout.headings[column - 1 : column]) or column_letters(column)


def _is_amount_column(table: Table, number: int) -> bool:
    kinds = bytes(table.columns[number - 1].kinds)
    return kinds.count(Kind.NUMBER) * 2 > len(kinds) - kinds.count(Kind.EMPTY)
