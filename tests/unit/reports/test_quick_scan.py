"""The quick scan of a sheet finds what the slow one finds, or leaves the sheet to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rowpost.reports.quick_scan import quick_scan
from rowpost.reports.sheet_scan import SheetPlaces, _Scan, scan_sheet

CELLS = (
    '<c r="A{0}"/>',
    '<c r="C{0}" s="2" t="inlineStr"><is><t>&lt;row r="9"></t></is></c>',
    "<c><v>1</v></c>",
    '<c\tr="D{0}"><f>A1&gt;2</f><v>7</v></c>',
    "<c s=\"1\" r='AB{0}'><v>1</v></c>",
)
ROWS = (
    '<row r="{0}">{1}</row>',
    '<row\n spans="1:3" r="{0}" x=">">{1}</row >',
    "<row>{1}</row>",
    '<row r="{0}"/>',
)
AROUND = (
    ("<dimension ref='A1'/><cols><col min='1' max='3'/></cols>", "<mergeCells/><legacyDrawing r:id='x'/>"),
    ("", ""),
    ("<!-- <sheetData> -->", "<extLst/>"),
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    number, rows = 0, []
    for _ in range(draw(st.integers(0, 4))):
        number += draw(st.integers(1, 3))
        cells = "".join(cell.format(number) for cell in draw(st.lists(st.sampled_from(CELLS), max_size=3)))
        rows.append(draw(st.sampled_from(ROWS)).format(number, cells))
        rows.append(draw(st.sampled_from(("", "", "\n", "<!--<row r='8'>-->"))))
    before, behind = draw(st.sampled_from(AROUND))
    inner = "".join(rows)
    text = f"<worksheet xmlns='m' xmlns:r='r'>{before}<sheetData>{inner}</sheetData>{behind}</worksheet>"
    if draw(st.booleans()):
        for name in ("worksheet", "sheetData", "row", "c", "v"):
            for opening in (f"<{name}", f"</{name}"):
                for end in (" ", ">", "\n", "\t", "/"):
                    text = text.replace(opening + end, opening.replace(name, f"x:{name}") + end)
        text = text.replace("xmlns='m'", "xmlns:x='m'")
    return text.encode()


def told(places: SheetPlaces) -> tuple[object, ...]:
    return tuple(getattr(places, name) for name in SheetPlaces.__slots__)


@given(sheets(), st.frozensets(st.integers(1, 14), max_size=6))
def test_both_scans_find_the_same(data: bytes, rows: frozenset[int]) -> None:
    assert told(scan_sheet(data, rows)) == told(_Scan(data, rows).run())


def test_an_ordinary_sheet_is_scanned_quickly() -> None:
    assert (
        quick_scan(b'<worksheet><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>') is not None
    )
