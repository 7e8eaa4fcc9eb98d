"""The fast path and the exact path must give the same Table for the same cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.table import Table
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import SheetInfo
from rowpost.sheets.building import PoolBuilder
from rowpost.sheets.raw import RawSheet, table_of
from rowpost.sheets.xlsx.sheet import SheetReader
from rowpost.sheets.xlsx.strings import read_strings
from rowpost.sheets.xlsx.styles import read_styles
from rowpost.sheets.xlsx.tiles import NotTiled
from tests.support.workbook_bytes import MAIN, strings_xml, styles_xml

STRINGS = ("Fakturanr", "Bjørn &amp; Åse", "", " blank ", "_x000D_x", "&#65;", "&lt;b&gt;")
STYLES = read_styles("styles", [styles_xml(["General", "0000", "dd.mm.yyyy"], struck=True).encode()])
TEXT = st.sampled_from(["Øyvind", "a &amp; b", "", "  x ", "&#x41;", "_x0041_", "1", "#N/A"])


@dataclass(frozen=True)
class Made:
    """One cell: attributes after `r`, and what stands in it."""

    column: int
    attributes: str
    content: str


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, str]:
    style = draw(st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="99"']))
    number = draw(
        st.sampled_from(
            ["0", "158", "45306", "-12.50", "1.2E+24", "0.30000000000000004", "12345678901234567"]
        )
    )
    formula = draw(
        st.sampled_from(
            [
                "",
                "<f>A1+1</f>",
                '<f t="shared" si="0"/>',
                "<f>TODAY()</f>",
                '<f t="shared" ref="A1:A2" si="0">NOW()</f>',
            ]
        )
    )
    text = draw(TEXT)
    shared = draw(st.integers(0, len(STRINGS) - 1))
    return draw(
        st.sampled_from(
            [
                (style, f"{formula}<v>{number}</v>"),
                (f'{style} t="n"', f"{formula}<v>{number}</v>"),
                (f'{style} t="s"', f"<v>{shared}</v>"),
                (f'{style} t="str"', f"{formula}<v>{text}</v>"),
                (f'{style} t="b"', f"{formula}<v>1</v>"),
                (f'{style} t="e"', f"{formula}<v>#N/A</v>"),
                (f'{style} t="d"', "<v>2024-01-15T00:00:00</v>"),
                (f'{style} t="inlineStr"', f"<is><t>{text}</t></is>"),
                (
                    f'{style} t="inlineStr"',
                    f"<is><r><t>{text}</t></r><rPh sb='0' eb='1'><t>no</t></rPh><r><t>b</t></r></is>",
                ),
                (style, formula),
                (style, f"{formula}<v></v>"),
                (style, f"{formula}<v/>"),
            ]
        )
    )


@st.composite
def sheets(draw: st.DrawFn) -> list[tuple[int, str, list[Made]]]:
    rows = []
    number = 0
    for _ in range(draw(st.integers(0, 6))):
        number += draw(st.sampled_from([1, 1, 1, 2, 90]))
        hidden = draw(st.sampled_from(["", ' hidden="1"', ' spans="1:3" ht="0"']))
        columns = sorted(draw(st.sets(st.integers(1, 30), max_size=5)))
        rows.append((number, hidden, [Made(column, *draw(cells())) for column in columns]))
    return rows


def letters(column: int) -> str:
    return chr(64 + column) if column < 27 else "A" + chr(64 + column - 26)


def plain(rows: Sequence[tuple[int, str, list[Made]]]) -> bytes:
    """As Excel writes it."""
    body = "".join(
        f'<row r="{number}"{attributes}>'
        + "".join(
            f'<c r="{letters(cell.column)}{number}"{cell.attributes}>{cell.content}</c>'
            if cell.content
            else f'<c r="{letters(cell.column)}{number}"{cell.attributes}/>'
            for cell in made
        )
        + "</row>"
        for number, attributes, made in rows
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'.encode()


def prefixed(data: bytes) -> bytes:
    """The same in another shape: prefixes, odd quotes and spaces, strict names."""
    text = data.decode().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace("<x:row", "\n <x:row")
    return text.encode()


def read(data: bytes, *, fast: bool, size: int = 97) -> Table | str:
    pool = PoolBuilder()
    read_strings("strings", lambda: [strings_xml([f"<t>{text}</t>" for text in STRINGS]).encode()], pool)
    reader = SheetReader("sheet", pool, STYLES, on_bytes=lambda _: None)
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    try:
        builder, frame = reader.read_fast(chunks) if fast else reader.read_exact(chunks)
    except Trouble as trouble:
        return trouble.code
    raw = RawSheet((SheetInfo("Ark1"),), 0, builder, STYLES.codes, STYLES.struck, merged=tuple(frame.merged))
    return table_of(raw)


def content(table: Table | str) -> object:
    """Everything that is in a Table, in a form that can be compared."""
    if isinstance(table, str):
        return table
    grid = [
        (row, column, table.cell(row, column))
        for row in range(1, table.row_count + 1)
        for column in range(1, table.column_count + 1)
    ]
    return grid, table.hidden_rows, table.struck_rows, table.row_count, table.column_count


@given(sheets())
def test_every_shape_of_the_same_cells_gives_the_same_table(rows: list[tuple[int, str, list[Made]]]) -> None:
    data = plain(rows)
    exact = content(read(data, fast=False))
    assert content(read(prefixed(data), fast=False)) == exact
    assert content(read(data, fast=True)) == exact


INLINE = st.sampled_from(
    [
        "<is><t>Øyvind</t></is>",
        '<is><t xml:space="preserve"> a &amp; b </t></is>',
        "<is><t>_x0041_</t></is>",
        "<is><t></t></is>",
        "<is><t/></is>",
        "<is><r><t>x</t></r><r><t>y</t></r></is>",
        "<is><t>a</t><rPh sb='0' eb='1'><t>no</t></rPh></is>",
        f"<is><t>{'lang ' * 60}</t></is>",
    ]
)


@given(st.lists(st.tuples(st.none() | INLINE, INLINE, st.none() | INLINE), max_size=12), st.integers(0, 8))
def test_texts_in_their_cells_are_the_same_one_by_one_and_all_at_once(
    rows: list[tuple[str | None, ...]], plain_from: int
) -> None:
    simple = [
        (*row[:2], "<is><t>Øyvind</t></is>") if at >= plain_from else row for at, row in enumerate(rows)
    ]
    data = plain(
        [
            (
                row,
                "",
                [Made(at, ' t="inlineStr"', text) for at, text in enumerate(texts, 1) if text is not None],
            )
            for row, texts in enumerate(simple, 1)
        ]
    )
    exact = content(read(data, fast=False))
    assert content(read(data, fast=True)) == exact
    assert content(read(data, fast=True, size=len(data))) == exact


@given(sheets(), st.integers(0, 4_000), st.binary(min_size=1, max_size=3))
def test_spoilt_bytes_are_never_read_differently_by_the_two_paths(
    rows: list[tuple[int, str, list[Made]]], place: int, junk: bytes
) -> None:
    data = plain(rows)
    at = place % len(data)
    data = data[:at] + junk + data[at + len(junk) :]
    try:
        fast = content(read(data, fast=True))
    except NotTiled:
        return
    exact = content(read(data, fast=False))
    if isinstance(exact, str):
        assert isinstance(fast, str) or exact in ("sheets.damaged", "sheets.count_differs")
    else:
        assert fast == exact


@given(
    st.lists(
        st.sampled_from(
            [
                "<t>a</t>",
                '<t xml:space="preserve"> b </t>',
                "<t/>",
                "",
                "<r><t>x</t></r><r><rPr><b/></rPr><t>y</t></r>",
                "<t>&amp;&#248;_x0041_</t>",
                "<t>kort</t><rPh sb='0' eb='1'><t>no</t></rPh>",
            ]
        )
    ),
    st.integers(40, 200),
)
def test_shared_strings_are_the_same_either_way(items: list[str], size: int) -> None:
    data = strings_xml(items).encode()
    fast, exact = PoolBuilder(), PoolBuilder()
    read_strings("strings", lambda: [data[at : at + size] for at in range(0, len(data), size)], fast)
    read_strings("strings", lambda: [prefixed(data).replace(b"xml:space", b"xml:space")], exact)
    assert [fast.text(ref) for ref in range(len(fast))] == [exact.text(ref) for ref in range(len(exact))]
    assert len(fast) == len(items) + 1


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("second", [1, 2])
def test_rows_that_go_back_are_refused_wherever_the_chunks_end(*, fast: bool, second: int) -> None:
    def row(number: int) -> tuple[int, str, list[Made]]:
        return number, f' spans="1:{"9" * 60}"', [Made(1, "", "<v>1</v>")]

    assert read(plain([row(2), row(second)]), fast=fast) == "sheets.row_twice"
