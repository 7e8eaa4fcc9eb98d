"""Rows in which something stands: flags, one byte a row, so that filters can be laid over each other."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import compress, count, islice
from threading import Event
from typing import NamedTuple, cast

from rowpost.catalog import Catalog
from rowpost.model.cells import Kind
from rowpost.model.outside import StopToken
from rowpost.model.table import Cell, Table, TextPool
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Opened
from rowpost.shown import EXCEL_US, Habits, shown_text
from rowpost.shown.habits import NO_BREAK_SPACE

_BLOCK = 1 << 20  # bytes of text looked through at a time
_CELLS = 1 << 15  # cells looked at without a pause, so that the window's thread gets its turn
_NUMBER = re.compile(r"[0-9]+[., ][0-9., ]*")  # digits with a sign among them
_EASE = 0x20  # between a letter and its capital, in ASCII and in the second byte of Å, Æ, Ø, Ä, Ö
# capitals become small letters; the bytes of other alphabets may fall together, so every find is looked at
_FOLD = bytes(byte + _EASE if 0x41 <= byte <= 0x5A or 0x80 <= byte <= 0x9E else byte for byte in range(256))


def shown(table: Table, row: int, column: int, habits: Habits) -> str:
    """Return a cell as the table in the window shows it."""
    return cell_text(table.cell(row, column), table, habits)


def cell_text(cell: Cell, table: Table, habits: Habits) -> str:
    """Return a cell of a table as Excel shows it there; as it is stored where Excel's form is not known."""
    text = shown_text(cell, table.epoch_1904, habits)
    return cell.stored if text is None else text


Key = tuple[int, int, int]  # of a cell: its kind, its text, its number format
_PROBE = "\0"  # no number format can hold it


def text_of(table: Table, key: Key, habits: Habits) -> str:
    """Return how a cell with this key is shown."""
    kind, ref, form = key
    return cell_text(Cell(Kind(kind), table.pool[ref], table.number_formats[form]), table, habits)


def texts_of(table: Table, keys: Collection[Key], habits: Habits) -> Iterator[tuple[Key, str]]:
    """Return with every key how such a cell is shown; most texts as they are, without asking for each."""
    forms = {form for kind, _, form in keys if kind == Kind.TEXT}
    as_they_are = {form for form in forms if _shows_as_stored(table.number_formats[form])}
    for key in keys:
        kind, ref, form = key
        is_plain = kind == Kind.TEXT and form in as_they_are
        yield key, table.pool[ref] if is_plain else text_of(table, key, habits)


def _shows_as_stored(code: str) -> bool:
    """Whether a number format leaves every text as it is: it puts the same around each, or nothing."""
    return shown_text(Cell(Kind.TEXT, _PROBE, code), epoch_1904=False) == _PROBE


class Searched(NamedTuple):
    """The columns that a search looks through: for any text, and for numbers with their signs only."""

    texts: Sequence[int]
    amounts: Sequence[int]


def rows_found(table: Table, searched: Searched, text: str, habits: Habits, stop: StopToken) -> bytearray:
    """Flag the rows in which a text stands, or a number that is shown so here or in English.

    An amount is found by a text with a sign in it (`1 250` or `12,5`): digits alone are part of too many.
    """
    flags = rows_with_text(table, searched.texts, text, stop)
    for form in dict.fromkeys((habits, EXCEL_US)):
        for row in _rows_with_number(table, (*searched.texts, *searched.amounts), text, form, stop):
            flags[row] = 1
    return flags


def _rows_with_number(
    table: Table, columns: Sequence[int], text: str, habits: Habits, stop: StopToken
) -> Iterator[int]:
    wanted = with_one_blank(text.strip())
    digits = _NUMBER.fullmatch(wanted) and _stored_digits(wanted, habits)
    if not digits:
        return
    found = _texts_with(table.pool, digits, stop)
    for column in columns:
        cells = table.columns[column - 1]
        rows = set(compress(count(cells.first_row), map(found.__getitem__, cells.refs)))
        for row in rows.union(row for row, at in table.edits if at == column):
            if wanted in with_one_blank(shown(table, row, column, habits)):
                yield row


def _stored_digits(text: str, habits: Habits) -> str:
    """What is stored where this is shown, as far as that is certain: 3 657,50 -> 3657.5."""
    whole, _, decimals = text.partition(habits.decimal)
    plain = whole.replace(with_one_blank(habits.thousands), "")
    return f"{plain}.{decimals}".rstrip("0").rstrip(".") if plain.isdecimal() else ""


def with_one_blank(text: str) -> str:
    """Return a text as people type it: the blanks between thousands are seldom typed as they are shown."""
    return text.replace(NO_BREAK_SPACE, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def rows_with_text(table: Table, columns: Sequence[int], text: str, stop: StopToken) -> bytearray:
    """Flag the rows in which one of the columns holds the text, however it is capitalised."""
    flags, wanted = _no_rows(table), text.casefold()
    found = _texts_with(table.pool, wanted, stop)
    for column in columns:
        cells = table.columns[column - 1]
        for row in compress(count(cells.first_row), map(found.__getitem__, cells.refs)):
            flags[row] = 1
    for row in {row for row, column in table.edits if column in columns}:
        flags[row] = any(wanted in table.cell(row, column).stored.casefold() for column in columns)
    return flags


def text_in(opened: Opened, _: Catalog, searched: Searched, text: str, habits: Habits) -> bytearray:
    """Flag the rows of a sheet that hold a text; for a process that is not stopped but ended."""
    return rows_found(opened.table, searched, text, habits, Event())


def value_in(opened: Opened, _: Catalog, column: int, value: str, habits: Habits) -> bytearray:
    """Flag the rows of a sheet that show a value in a column."""
    return rows_with_value(opened.table, column, value, habits)


def _no_rows(table: Table) -> bytearray:
    edited = max((row for row, _ in table.edits), default=0)
    ends = (cells.first_row + len(cells.kinds) for cells in table.columns)
    return bytearray(max(table.row_count, edited, *ends, 0) + 2)


def _texts_with(pool: TextPool, wanted: str, stop: StopToken) -> bytearray:
    """Flag the texts of a pool that hold another one."""
    needle, found = wanted.encode("utf-8", "surrogatepass").translate(_FOLD), bytearray(len(pool))
    for first, last in _blocks(pool):
        if stop.is_set():
            raise Stopped
        for text in _hits(pool, first, last, needle):
            found[text] = wanted in pool[text].casefold()
    return found


def _blocks(pool: TextPool) -> Iterator[tuple[int, int]]:
    """Runs of texts, `last` excluded, none of them long."""
    first = 0
    while first < len(pool):
        last = bisect_right(pool.offsets, pool.offsets[first] + _BLOCK, first + 1, len(pool))
        yield first, last
        first = last


def _hits(pool: TextPool, first: int, last: int, needle: bytes) -> Iterator[int]:
    start = pool.offsets[first]
    data = bytes(pool.blob[start : pool.offsets[last]]).translate(_FOLD)
    at = data.find(needle)
    while at >= 0:
        text = bisect_right(pool.offsets, start + at, first, last) - 1
        yield text
        at = data.find(needle, max(at + 1, pool.offsets[text + 1] - start))


def rows_with_value(table: Table, column: int, value: str, habits: Habits) -> bytearray:
    """Flag the rows whose cell in a column is shown as this value; '' finds empty cells."""
    flags, cells = _no_rows(table), table.columns[column - 1]
    if not value:
        flags = bytearray(b"\1") * len(flags)
    wanted: dict[Key, bool] = {}
    for start in range(0, len(cells.kinds), _CELLS):
        part = slice(start, start + _CELLS)
        keys = list(zip(cells.kinds[part], cells.refs[part], cells.formats[part], strict=True))
        new = set(keys).difference(wanted)
        wanted.update((key, text == value) for key, text in texts_of(table, new, habits))
        at = start + cells.first_row
        flags[at : at + len(keys)] = bytes(map(wanted.__getitem__, keys))
    for row, at in table.edits:
        if at == column:
            flags[row] = shown(table, row, column, habits) == value
    return flags


def same_rows(table: Table, column: int, row: int, most: int) -> array[int]:
    """Return the rows whose cell in a column holds in the workbook what that of `row` holds, `row` too.

    Nothing where there are more than `most`, or where the cell is empty.
    """
    cells = table.columns[column - 1]
    own = cells.index(row)
    if own < 0 or cells.kinds[own] == Kind.EMPTY:
        return array("I")
    kind, first = cells.kinds[own], cells.first_row
    places = islice(_places_of(cells.refs, cells.refs[own]), most + 1)
    found = array("I", (place + first for place in places if cells.kinds[place] == kind))
    return found if len(found) <= most else array("I")


def _places_of(refs: Sequence[int], ref: int) -> Iterator[int]:
    """The places of a number in an array, found as bytes: a million of them in a millisecond."""
    view = memoryview(cast("array[int]", refs))
    data, size = bytes(view), view.itemsize
    needle = ref.to_bytes(size, sys.byteorder)
    at = data.find(needle)
    while at >= 0:
        place, beside = divmod(at, size)
        if not beside:
            yield place
        at = data.find(needle, at + (1 if beside else size))
