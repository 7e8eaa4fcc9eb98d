"""Finds the rows of an ordinary sheet ten times as fast as an event for every cell would.

Only for sheets as Excel and its like write them: every cell says where it stands, and between the
rows there is nothing but rows. `None` for any other; then the slow scan looks at every element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rowpost.model.cells import column_number
from rowpost.reports.xml_edits import new_parser, parse

_OPENS = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\s*>")
_ODD = (b"<!", b"<?")  # comments, sections, instructions: they may hold what looks like a row
_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")
_LETTERS = re.compile(rb"""[^>]*?\sr\s*=\s*["']([A-Z]{1,3})[0-9]""")


@dataclass(frozen=True, slots=True)
class QuickRow:
    """A row and its places, as in `sheet_scan.Span`; `last_column` is 0 where it has no cell."""

    number: int
    start: int
    opened: int
    closing: int
    last_column: int


@dataclass(frozen=True, slots=True)
class QuickSheet:
    """The rows in their order, and the places behind <sheetData> and before its end."""

    opened: int
    closing: int
    rows: tuple[QuickRow, ...]


def quick_scan(data: bytes) -> QuickSheet | None:
    """Return the rows of a sheet, None where it is not ordinary. NotEditable where it is not XML."""
    found = _OPENS.search(data)
    if not found:
        return None
    prefix, opened = found[1], found.end()
    closing = data.find(b"</" + prefix + b"sheetData", opened)
    odd = (*_ODD, *(b"<" + prefix + b"c" + end for end in (b">", b"/", b"\t", b"\n", b"\r")))
    if (
        closing < 0
        or data.find(b"<!", 0, opened) >= 0
        or any(data.find(o, opened, closing) >= 0 for o in odd)
    ):
        return None
    parse(new_parser(), data)
    rows = tuple(_rows(data, prefix, opened, closing))
    return (
        None
        if any(row.last_column < 0 or row.number < 0 for row in rows)
        else QuickSheet(opened, closing, rows)
    )


def _rows(data: bytes, prefix: bytes, opened: int, closing: int) -> Iterator[QuickRow]:
    """Every row; a number of -1 where a row or its last cell does not say where it stands."""
    row_tag = re.compile(rb"<" + re.escape(prefix) + rb"row(?=[\s/>])" + _ATTRIBUTES + rb">")
    cell, end_tag = b"<" + prefix + b"c ", b"</" + prefix + b"row"
    letters: dict[bytes, int] = {}
    for tag in row_tag.finditer(data, opened, closing):
        number, behind = _NUMBER.search(tag[0]), tag.end()
        end = behind if data[behind - 2] == ord("/") else data.index(end_tag, behind)
        last = data.rfind(cell, behind, end)
        column = 0 if last < 0 else _column(data, last, letters)
        yield QuickRow(int(number[1]) if number else -1, tag.start(), behind, end, column)


def _column(data: bytes, cell: int, known: dict[bytes, int]) -> int:
    found = _LETTERS.match(data, cell)
    if not found:
        return -1
    if found[1] not in known:
        known[found[1]] = column_number(found[1].decode())
    return known[found[1]]


def missing_rows(rows: Iterable[QuickRow], wanted: Iterable[int], end: int) -> dict[int, int]:
    """Where the wanted rows that are not there would stand: before the next higher one."""
    there, missing = set[int](), dict[int, int]()
    waiting = sorted(wanted, reverse=True)
    for row in rows:
        there.add(row.number)
        while waiting and waiting[-1] <= row.number:
            number = waiting.pop()
            if number not in there:
                missing[number] = row.start
    missing.update((number, end) for number in reversed(waiting) if number not in there)
    return missing
