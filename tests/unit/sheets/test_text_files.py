"""Text files: encodings and dialects, every field exactly as it stands in the file."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.sheets.text_files import decode, find_dialect
from tests.support.workbook_bytes import read_here

TEXT = "Fakturanr;Navn;Beløp\nF0001;Bjørn Ærlig;1 200,50\n0150;Åse;-3,00\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = list(csv.reader(StringIO(TEXT), delimiter=";"))
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    opened = read_here(tmp_path, out.getvalue().encode(encoding), "liste.csv")
    table = opened.table
    assert [[table.cell(row, column).stored for column in (1, 2, 3)] for row in (1, 2, 3)] == rows
    assert opened.facts[0].code == "sheets.text_file"
    assert opened.layout.header_row == 1


def test_a_line_that_names_the_separator_is_no_row(tmp_path: Path) -> None:
    opened = read_here(tmp_path, b"sep=|\nFakturanr|Navn\nF1|A", "a.txt")
    assert opened.layout.header_row == 2


def test_lines_that_end_as_on_old_macs_may_hold_line_feeds(tmp_path: Path) -> None:
    """`\\r` ends a line; a `\\n` within quotes is part of the field."""
    opened = read_here(tmp_path, b'sep=;\rFakturanr;Navn\r1;"A\nB"\r2;"C;\nD"\r', "a.csv")
    table = opened.table
    assert opened.layout.header_row == 2
    assert [table.cell(row, 2).stored for row in (3, 4)] == ["A\nB", "C;\nD"]
    assert opened.layout.last_row == 4


@given(st.binary(max_size=300))
def test_any_bytes_are_some_text(data: bytes) -> None:
    text, spoken = decode(data)
    assert isinstance(text, str)
    assert spoken in ("UTF-8", "UTF-16", "Windows-1252")
    assert find_dialect(text).separator


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1),
            min_size=3,
            max_size=3,
        ),
        min_size=3,
        max_size=8,
    )
)
def test_decoding_loses_nothing(rows: list[list[str]]) -> None:
    out = StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    text, _ = decode(out.getvalue().encode("utf-8-sig"))
    assert list(csv.reader(StringIO(text, newline=""), delimiter=";")) == rows
