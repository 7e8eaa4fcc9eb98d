"""Finds the columns that an earlier report has added, so that a new one renews them."""

from __future__ import annotations

import re

from rowpost.model.cells import column_number
from rowpost.reports.package import Package
from rowpost.reports.sheet_scan import scan_sheet
from rowpost.reports.xml_edits import Element, elements

MARK = "Rowpost: "  # how the heading of every added column begins, in all languages
_ESCAPED = (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def earlier_columns(package: Package, book: str, sheet: str, header_row: int, count: int) -> range:
    """Return the columns (from 1) that are ours: `count` in a row, and the last of the sheet. Else none.

    A person may have moved them, or put columns behind them: then they are left as they are.
    """
    data = package.read(sheet)
    places = scan_sheet(data, {header_row})
    row = places.rows.get(header_row)
    if row is None or row.empty:
        return range(0)
    headings = _texts(package, book, data[row.opened : row.closing])
    ours = sorted(column for column, text in headings.items() if text.startswith(MARK))
    found = range(places.last_column - count + 1, places.last_column + 1)
    return found if ours == list(found) else range(0)


def _texts(package: Package, book: str, cells: bytes) -> dict[int, str]:
    """The texts of a row's cells by column; a cell's number may stand for a shared text."""
    wrapped = b"<row>" + re.sub(rb"(</?)[A-Za-z_][\w.-]*:", rb"\1", cells) + b"</row>"
    found = elements(wrapped, {"c", "t", "v"})
    texts: dict[int, str] = {}
    for cell in (one for one in found if one.local == "c"):
        inner = [one for one in found if cell.start < one.start < cell.end]
        column = column_number(cell.attribute("r").rstrip("0123456789"))
        texts[column] = _text(package, book, wrapped, cell, inner)
    return texts


def _text(package: Package, book: str, data: bytes, cell: Element, inner: list[Element]) -> str:
    text = "".join(data[one.opened : one.closing].decode() for one in inner)
    if cell.attribute("t") == "s" and text.isdecimal():
        return _shared(package, book, int(text))
    return _plain(text)


def _shared(package: Package, book: str, number: int) -> str:
    part = next((found.target for found in package.related(book) if found.kind == "sharedStrings"), "")
    data = package.read(part) if part else b"<sst/>"
    entries = [one for one in elements(data, {"si"}) if one.local == "si"]
    if number >= len(entries):
        return ""
    entry = data[entries[number].start : entries[number].end]
    texts = (entry[one.opened : one.closing].decode() for one in elements(entry, {"t"}))
    return _plain("".join(texts))


def _plain(text: str) -> str:
    for name, letter in _ESCAPED:
        text = text.replace(name, letter)
    return text
