"""Anything may come: the container, the XML, the cells. Each ends in data or in a Trouble."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.model.trouble import Trouble
from rowpost.model.workbook import Reading
from rowpost.sheets.prescreen import Container
from rowpost.sheets.raw import table_of
from rowpost.sheets.request import Request, Words, no_stage
from rowpost.sheets.xlsx.tiles import NotTiled
from rowpost.sheets.xlsx.workbook import XlsxFile
from rowpost.shown import serial_date, shown_text
from tests.support.hostile import good
from tests.unit.sheets.test_both_paths import content, plain, read, sheets

GOOD = good()
LONG = settings(max_examples=50_000, deadline=None, suppress_health_check=list(HealthCheck))
SPOILT = st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6)
PIECES = st.lists(
    st.sampled_from(
        [
            "<row",
            ' r="1"',
            ' r="2"',
            ">",
            "</row>",
            "<c",
            ' r="A1"',
            ' r="B2"',
            ' t="s"',
            ' t="str"',
            ' s="1"',
            "/>",
            "1",
        ]
    )
    | st.sampled_from(
        ["<v>", "</v>", "x", "&amp;", "&#0;", "<f>", "</f>", "</c>", "<is><t>", "</t></is>", "<!--", "-->"]
    ),
    max_size=30,
)


def container(spoilt: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in spoilt:
        data[place] = value
    file = BytesIO(bytes(data))
    with suppress(Trouble):
        table = table_of(XlsxFile(file, Request("", Reading(), Words()), no_stage).read())
        assert table.row_count < 1_048_577


def names(listed: list[str]) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in dict.fromkeys(listed):
            packed.writestr(name or "x", b"")
    try:
        parts = Container(file).parts
    except Trouble:
        return
    assert all(".." not in part.split("/") and not part.startswith("/") for part in parts)


def markup(pieces: list[str]) -> None:
    """Both paths agree on any soup of pieces, or the fast one leaves it to the other."""
    data = plain([]).replace(b"<sheetData>", b"<sheetData>" + "".join(pieces).encode())
    try:
        fast = content(read(data, fast=True))
    except NotTiled:
        return
    exact = content(read(data, fast=False))
    assert fast == exact or isinstance(exact, str)


def cell(stored: str, code: str, kind: Kind) -> None:
    shown = shown_text(Cell(kind, stored, code), epoch_1904=False)
    assert shown is None or isinstance(shown, str)
    serial_date(stored, epoch_1904=False)


NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), max_size=6)
NUMBERS = st.one_of(st.floats().map(repr), st.text(max_size=12), st.decimals(allow_nan=False).map(str))
CODES = st.text('0#?.,%;E+-"\\_*@/[]$ dmyhs:AP<>=19Gg', max_size=20)


@given(SPOILT)
def test_spoilt_containers(spoilt: list[tuple[int, int]]) -> None:
    container(spoilt)


@given(NAMES)
def test_names_of_parts(listed: list[str]) -> None:
    names(listed)


@given(PIECES)
def test_pieces_of_markup(pieces: list[str]) -> None:
    markup(pieces)


@given(NUMBERS, CODES, st.sampled_from(Kind))
def test_cells_of_any_kind(stored: str, code: str, kind: Kind) -> None:
    cell(stored, code, kind)


@pytest.mark.long
@pytest.mark.parametrize(
    ("strategy", "work"),
    [
        (st.tuples(SPOILT), container),
        (st.tuples(PIECES), markup),
        (st.tuples(NUMBERS, CODES, st.sampled_from(Kind)), cell),
        (st.tuples(sheets()), lambda rows: markup([plain(rows).decode()])),
    ],
    ids=["container", "markup", "cell", "sheet"],
)
def test_two_hundred_thousand_times(strategy: st.SearchStrategy[tuple[object]], work: object) -> None:
    """Four kinds, 50,000 each."""

    @LONG
    @given(strategy)
    def run(arguments: tuple[object]) -> None:
        work(*arguments)  # type: ignore[operator]  # each takes what its strategy makes

    run()
