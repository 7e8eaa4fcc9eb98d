"""Gives cells of a sheet's XML another value; each keeps its style, and every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rowpost.model.cells import Kind, column_letters, column_number
from rowpost.model.table import Cell
from rowpost.reports.sheet_scan import Span
from rowpost.reports.xml_edits import Edit, Element, NotEditable, elements, escaped

_DIGITS = "0123456789"


def row_cell_edits(
    data: bytes, span: Span, row: int, cells: Mapping[int, Cell], prefix: str
) -> Iterator[Edit]:
    """The edits that put `cells` (by column) into a row that holds others.

    NotEditable where a cell holds a formula that other cells share.
    """
    end = data.index(b">", span.closing) + 1
    there = dict(_cells(data[span.start : end]))
    for column, cell in sorted(cells.items()):
        old = there.get(column)
        if old is not None:
            _refuse_shared(data[span.start + old.start : span.start + old.end])
            xml = cell_xml(cell, row, column, prefix, old.attribute("s"))
            yield Edit(span.start + old.start, span.start + old.end, xml.encode())
        else:
            behind = min((one.start for at, one in there.items() if at > column), default=None)
            place = span.closing if behind is None else span.start + behind
            yield Edit(place, place, cell_xml(cell, row, column, prefix).encode())


def cell_xml(cell: Cell, row: int, column: int, prefix: str, style: str = "") -> str:
    """A cell as the sheet holds it; a text is never read as a formula."""
    tag = f'{prefix}c r="{column_letters(column)}{row}"' + (f' s="{style}"' if style else "")
    if cell.kind is Kind.EMPTY:
        return f"<{tag}/>"
    if cell.kind is Kind.TEXT:
        text = f'<{prefix}t xml:space="preserve">{escaped(cell.stored)}</{prefix}t>'
        return f'<{tag} t="inlineStr"><{prefix}is>{text}</{prefix}is></{prefix}c>'
    return f"<{tag}><{prefix}v>{escaped(cell.stored)}</{prefix}v></{prefix}c>"


def _cells(row: bytes) -> Iterator[tuple[int, Element]]:
    column = 0
    for found in elements(row, {"c"}):
        letters = found.attribute("r").rstrip(_DIGITS)
        column = column_number(letters) if letters else column + 1
        yield column, found


def _refuse_shared(cell: bytes) -> None:
    """Without the formula of this cell those that share it would have none."""
    for formula in elements(cell, {"f"}):
        if formula.attribute("t") and formula.attribute("ref"):
            raise NotEditable("shared formula")
