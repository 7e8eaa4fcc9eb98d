"""A problem workbook that comes back: which cells a person has corrected in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rowpost.model.cells import Kind
from rowpost.model.table import NO_EDITS, VALUE, Cell, Column, Table
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened
from rowpost.shown import serial_date, shown_text
from rowpost.shown.typed import typed

Correction = tuple[int, int, str]  # row, column, the edit that makes the cell what it is now

_VALUES = (Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was changed in a copy. `unread` are cells (row, column) that hold a formula without its result.

    Programs that do not calculate save such cells; what stood there is not taken for emptied.
    """

    changes: tuple[Correction, ...]
    unread: tuple[tuple[int, int], ...] = ()


def is_copy_of(path: Path, opened: Opened) -> bool:
    """Whether a file is a problem workbook made from exactly this workbook and sheet."""
    from rowpost.reports.problem_workbook import KIND
    from rowpost.reports.stamp import read_stamp

    stamp = read_stamp(path)
    if stamp is None or not opened.sha256:
        return False
    about = (stamp.get("kind"), stamp.get("sha256"), stamp.get("sheet"))
    return about == (KIND, opened.sha256, opened.table.sheet)


def corrections(original: Opened, copy: Opened) -> Corrections:
    """Return every cell of the table that differs. Trouble if rows or columns have moved."""
    if _shape(original) != _shape(copy):
        values = {"file": copy.file_name}
        raise Trouble("corrected.other_shape", Remedy.FIX_FILE, values)
    found = sorted(_differences(original, copy))
    unread = {(row, column) for row, column, _ in found if _is_unread(copy.table, row, column)}
    return Corrections(tuple(one for one in found if one[:2] not in unread), tuple(sorted(unread)))


def _is_unread(table: Table, row: int, column: int) -> bool:
    return table.cell(row, column).kind is Kind.NO_VALUE


def _shape(opened: Opened) -> tuple[object, ...]:
    layout = opened.layout
    return layout.header_rows, layout.first_row, layout.last_row, layout.headings


def _differences(original: Opened, copy: Opened) -> Iterator[Correction]:
    before, after, layout = original.table, copy.table, original.layout
    rows = range(layout.first_row, layout.last_row + 1)
    for number in range(1, min(before.column_count, after.column_count) + 1):
        one = _stored(before, before.columns[number - 1], rows)
        other = _stored(after, after.columns[number - 1], rows)
        for row, was, now in zip(rows, one, other, strict=True):
            if was != now:
                yield from _difference(before, after, row, number)


def _stored(table: Table, cells: Column, rows: range) -> list[str]:
    """The stored texts of a column, '' where it does not reach."""
    low, high = max(rows.start, cells.first_row), min(rows.stop, cells.first_row + len(cells.kinds))
    if low >= high:
        return [""] * len(rows)
    texts = table.pool.texts(cells.refs[low - cells.first_row : high - cells.first_row])
    return [""] * (low - rows.start) + texts + [""] * (rows.stop - high)


def _difference(before: Table, after: Table, row: int, number: int) -> Iterator[Correction]:
    """What is stored in another way, but shown the same, is no correction."""
    was, now = _as_saved(before, row, number), after.cell(row, number)
    if _shown(was, before) != _shown(now, after):
        under = before.under(row, number)
        is_value = now.kind is under.kind and now.kind in _VALUES and before.epoch_1904 is after.epoch_1904
        yield row, number, VALUE + now.stored if is_value else _as_typed(now, after)


def _as_saved(table: Table, row: int, number: int) -> Cell:
    """A cell as a copy of the workbook holds it, with what a person has changed in it."""
    edited = table.edits.get((row, number))
    there = table.with_edits(NO_EDITS).cell(row, number) if edited is not None else table.cell(row, number)
    return there if edited is None else typed(edited, there, table.epoch_1904)


def _shown(cell: Cell, table: Table) -> str:
    text = shown_text(cell, table.epoch_1904)
    return cell.stored if text is None else text


def _as_typed(cell: Cell, table: Table) -> str:
    """The text that means the same wherever it is read: dates and numbers without a country's habits."""
    if cell.kind is Kind.DATE:
        moment = serial_date(cell.stored, table.epoch_1904)
        return moment.date().isoformat() if moment else _shown(cell, table)
    return cell.stored if cell.kind is Kind.NUMBER else _shown(cell, table)
