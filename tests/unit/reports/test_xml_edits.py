"""Places in XML are found whatever it looks like, and only those places change."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from rowpost.model.cells import column_letters
from rowpost.reports.additions import AddedColumns, Additions, Beside, CellMark, Page, Tone
from rowpost.reports.sheet_edits import SheetWithAdditions
from rowpost.reports.sheet_scan import scan_sheet
from rowpost.reports.styles import Styles, bare_styles
from rowpost.reports.xml_edits import (
    Edit,
    NotEditable,
    child_appended,
    edited,
    elements,
    escaped,
    in_utf8,
    start_tag_with,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_elements_know_their_places() -> None:
    head = b'<?xml version="1.0"?>\n<a:x xmlns:a="u"><!-- <a:y> -->'
    data = head + b'<a:y k=\'>"\' a:id="7"/><a:y>t<z/></a:y></a:x>'
    top, first, second, inner = elements(data)
    assert data[first.start : first.end] == b'<a:y k=\'>"\' a:id="7"/>'
    assert (first.empty, second.empty, inner.empty, top.empty) == (True, False, True, False)
    assert data[second.opened : second.closing] == b"t<z/>"
    assert (second.local, second.prefix, first.attribute("id"), first.attribute("no")) == ("y", "a:", "7", "")
    assert edited(data, child_appended(first, b"!")).count(b'"7">!</a:y>') == 1
    assert edited(data, child_appended(second, b"!"), Edit(0, 0, b"")).count(b"<z/>!</a:y>") == 1
    assert start_tag_with(data, first, k="1", n="2") == b'<a:y k="1" a:id="7" n="2"/>'


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"<!DOCTYPE a><a/>", b"\x00\x01", b"<a>\xff</a>"])
def test_what_is_no_xml_is_not_edited(data: bytes) -> None:
    with pytest.raises(NotEditable):
        elements(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "us-ascii"])
def test_other_encodings_become_utf8(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?><a>{"x" if name == "us-ascii" else "ø"}</a>'
    data = in_utf8(text.encode(encoding))
    (element,) = elements(data)
    assert data[element.opened : element.closing].decode() in ("x", "ø")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_can_stand_in_a_cell(text: str) -> None:
    read = ET.fromstring(f"<t>{escaped(text)}</t>").text or ""
    shown = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), read)
    assert shown == text


def test_a_text_that_looks_escaped_stays_itself() -> None:
    assert escaped("_x000D_") == "_x005F_x000D_"
    assert escaped("a\r\nb\x0b") == "a_x000D_\nb_x000B_"


def _sheet(rows: dict[int, set[int]], prefix: str, quirks: list[int]) -> bytes:
    """A sheet of those cells, written in one of the many ways that are allowed."""
    odd, pieces, before = cycle(quirks), list[str](), 0
    for row, columns in sorted(rows.items()):
        number = "" if row == before + 1 and next(odd) == 1 else f' r="{row}"'
        cells, last = "", 0
        for column in sorted(columns):
            place = "" if column == last + 1 and next(odd) == 1 else f' r="{column_letters(column)}{row}"'
            kind = next(odd)
            inside = ("<v>1</v>", "<is><t><![CDATA[</row><c>]]></t></is>", "<!-- </row> --><v>1</v>")[
                kind % 3
            ]
            inside = re.sub(r"<(/?)([a-z]+)>", rf"<\1{prefix}\2>", inside) if kind % 3 != 1 else "<!-- > -->"
            cells += f'<{prefix}c{place} s="0">{inside}</{prefix}c>' if kind != 3 else f"<{prefix}c{place}/>"
            last = column
        spans = ' spans="1:9"' if next(odd) == 2 else ""
        empty = (
            f"<{prefix}row{number}{spans}/>"
            if next(odd) == 2
            else f"<{prefix}row{number}{spans}></{prefix}row>"
        )
        pieces.append(f"<{prefix}row{number}{spans}>{cells}</{prefix}row>" if cells else empty)
        before = row
    body = f"<{prefix}sheetData>{''.join(pieces)}</{prefix}sheetData>" if pieces else f"<{prefix}sheetData/>"
    space = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    head = f'<{prefix}worksheet {space}="{MAIN}"><{prefix}dimension ref="A1"/>'
    tail = f'<{prefix}pageMargins left="1"/><{prefix}extLst/></{prefix}worksheet>'
    return f"{head}{body}{tail}".encode()


def _cells_of(data: bytes) -> dict[tuple[int, int], str]:
    """The cells as a reader finds them, checking that rows and columns only ever grow."""
    found: dict[tuple[int, int], str] = {}
    row_number = 0
    for row in ET.fromstring(data).iter(f"{{{MAIN}}}row"):
        number = int(row.get("r") or row_number + 1)
        assert number > row_number
        row_number, column = number, 0
        for cell in row:
            reference = cell.get("r") or f"{column_letters(column + 1)}{number}"
            letters = reference.rstrip("0123456789")
            assert reference == f"{letters}{number}"
            new = next(at for at in range(1, 60) if column_letters(at) == letters)
            assert new > column
            column = new
            found[number, column] = cell.findtext(f"{{{MAIN}}}is/{{{MAIN}}}t") or cell.get("s", "")
    return found


CELLS = st.dictionaries(st.integers(1, 12), st.sets(st.integers(1, 8)), max_size=8)


@given(CELLS, st.sampled_from(["", "x:"]), st.lists(st.integers(0, 3), min_size=1, max_size=9), CELLS)
def test_cells_and_marks_land_where_they_belong(
    rows: dict[int, set[int]], prefix: str, quirks: list[int], wanted: dict[int, set[int]]
) -> None:
    data = _sheet(rows, prefix, quirks)
    first = scan_sheet(data, []).last_column + 1
    assert first == max((column for columns in rows.values() for column in columns), default=0) + 1
    beside = {row: Beside((f"r{row}", "")) for row in wanted}
    marks = {
        (row, column): CellMark(Tone.BAD if column % 2 else Tone.OPEN)
        for row in wanted
        for column in wanted[row]
    }
    styles = Styles(bare_styles())
    additions = Additions("S", 0, Page("P", (), list), {}, AddedColumns(("a", "b"), (9, 9), beside), marks)
    new = b"".join(SheetWithAdditions(data, additions, styles).pieces())
    before, after = _cells_of(data), _cells_of(new)
    assert {place: text for place, text in after.items() if place[1] < first} == before
    assert {row: text for (row, column), text in after.items() if column == first} == {
        row: f"r{row}" for row in wanted
    }
    assert _tinted(new) == {place: styles.tint(mark.tone) for place, mark in marks.items()}
    children = [child.tag.rpartition("}")[2] for child in ET.fromstring(new)]
    assert children == sorted(children, key=_ORDER.index)
    again = b"".join(SheetWithAdditions(new, replace(additions, columns=None), styles).pieces())
    assert _tinted(again) == _tinted(new)
    assert len(again) == len(new)


_ORDER = ("dimension", "cols", "sheetData", "conditionalFormatting", "pageMargins", "extLst")


def _tinted(data: bytes) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for rules in ET.fromstring(data).iter(f"{{{MAIN}}}conditionalFormatting"):
        for cells in rules.attrib["sqref"].split():
            left, top, right, bottom = range_boundaries(cells)
            assert left == right
            (rule,) = rules
            places = [(row, left) for row in range(top, bottom + 1)]
            assert not found.keys() & set(places)
            found |= dict.fromkeys(places, int(rule.attrib["dxfId"]))
    return found
