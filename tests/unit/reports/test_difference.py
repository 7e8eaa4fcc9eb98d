"""The difference as a workbook: what to do something about first, texts as texts, amounts as numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from rowpost.model.difference import AtAgency, Change, Difference, DifferenceLine
from rowpost.model.trouble import Trouble
from rowpost.reports.difference_workbook import write_difference_workbook
from rowpost.wording import LANGUAGES, Wording
from tests.support.runs import made_run

LINES = (
    DifferenceLine(
        Change.GONE, "=1+1", "k-1", "NOK", Decimal("100.50"), None, (4,), (), "", AtAgency.OPEN, "OPEN",
        Decimal("90.25"), "77",
    ),
    DifferenceLine(Change.GONE, "0012", "k-2", "NOK", Decimal(7), None, (5,)),
    DifferenceLine(Change.NEW, "+47", "k-3", "SEK", None, Decimal(9), (), (6,)),
    DifferenceLine(Change.CHANGED, "@x", "k-4", "NOK", Decimal(10), Decimal("8.50"), (7,), (8, 9)),
    DifferenceLine(Change.UNCLEAR, "-1", "k-5", "", None, Decimal(1), (1,), (1,), "diff.no_amount"),
    DifferenceLine(Change.SAME, "s", "k-6", "NOK", Decimal(1), Decimal(1), (1,), (1,)),
)  # fmt: skip


def difference(lines: tuple[DifferenceLine, ...] = LINES) -> Difference:
    at = datetime(2026, 12, 3, 12, tzinfo=UTC)
    return Difference(made_run([], sheet="s").summary, "=evil.xlsx", lines, (1, 2), at)


def test_a_sheet_a_kind_with_what_to_do_first(tmp_path: Path) -> None:
    out = tmp_path / "difference.xlsx"
    write_difference_workbook(difference(), out, Wording("en"))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [
        *("Summary", "Gone but open at Amili", "Gone", "Another amount", "New", "Cannot be compared")
    ]
    (row,) = book["Gone but open at Amili"].iter_rows(min_row=4, values_only=True)
    assert row == ("=1+1", "k-1", "NOK", 100.5, "4", "Open", "OPEN", 90.25, "77")
    assert [line[0] for line in book["Gone"].iter_rows(min_row=4, values_only=True)] == ["=1+1", "0012"]
    (changed,) = book["Another amount"].iter_rows(min_row=4, values_only=True)
    assert changed[3:] == (10, 8.5, -1.5, "7", "8, 9")
    cells = (cell for sheet in book for line in sheet.iter_rows() for cell in line)
    assert not [cell for cell in cells if cell.data_type == "f"]
    summary = dict(book["Summary"].iter_rows(min_row=3, max_col=2, values_only=True))
    assert summary["Gone"] == "2"
    assert summary["This file"] == "=evil.xlsx"
    assert summary["Without invoice number, not compared"] == "3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_sheet_names_that_excel_takes(tmp_path: Path, language: str) -> None:
    write_difference_workbook(difference(), tmp_path / "x.xlsx", Wording(language))
    names = openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert len(names) == 6
    assert all(len(name) <= 31 for name in names)


def test_nothing_open_is_said_too(tmp_path: Path) -> None:
    write_difference_workbook(difference(()), tmp_path / "x.xlsx", Wording("nb"))
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == [
        "Sammendrag",
        "Borte, men åpen hos Amili",
    ]


def test_a_folder_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"reports\.no_folder"):
        write_difference_workbook(difference(), tmp_path / "no" / "x.xlsx", Wording("en"))
