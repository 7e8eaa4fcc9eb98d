"""Copies of the workbook that tell what is wrong and what became of every row."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.pdf import read_pdf
from tests.support.program import SAMPLE, Place, run, sandbox

FAST = ("--option", "sending.poll_first_seconds=0.05")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The person's own workbook."""
    return Path(shutil.copy(SAMPLE, tmp_path / "own.xlsx"))


def sheet(path: Path, name: str = "Forfalt") -> Worksheet:
    found = openpyxl.load_workbook(path)[name]
    assert isinstance(found, Worksheet)
    return found


def texts(row: int, where: Worksheet) -> str:
    return " ".join(str(cell.value) for cell in where[row])


def as_text(value: object) -> str:
    """Write a cell as Excel saves it in a text file; whole numbers here are postcodes in format 0000."""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}"
    return f"{value:04d}" if isinstance(value, int) else str(value or "")


def send(place: Place, workbook: Path, out: Path) -> str:
    arguments = ("--yes", "--json", "--results", str(out), *FAST)
    run_name = run("send", str(workbook), *place.arguments, *arguments, env=place.env).document["run"]
    return str(run_name)


def test_the_verdicts_stand_beside_the_right_rows(own: Path, tmp_path: Path, home: Path) -> None:
    before = own.read_bytes()
    out = tmp_path / "results.xlsx"
    with sandbox() as place:
        send(place, own, out)
    rejected = texts(9, sheet(out))
    assert "10206" in rejected
    assert "DEBTOR_DECEASED" in rejected
    assert "Accepted" in texts(4, sheet(out))
    assert "Must be fixed" in texts(12, sheet(out))
    assert own.read_bytes() == before


def test_a_text_file_gets_its_results_in_a_new_workbook(tmp_path: Path, home: Path) -> None:
    source, out = tmp_path / "own.csv", tmp_path / "results.xlsx"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for row in sheet(SAMPLE).iter_rows(min_row=3, max_row=12, values_only=True):
            writer.writerow(as_text(cell) for cell in row)
    with sandbox() as place:
        send(place, source, out)
    (first, *_) = openpyxl.load_workbook(out).worksheets
    assert "Accepted" in texts(2, first)


def test_a_receipt_is_made_without_a_screen(own: Path, tmp_path: Path, home: Path) -> None:
    sent, later = tmp_path / "sent.pdf", tmp_path / "later.pdf"
    with sandbox() as place:
        arguments = ("--yes", "--json", "--receipt", str(sent), *FAST)
        document = run("send", str(own), *place.arguments, *arguments, env=place.env).document
    ended = run(
        "results", document["run"], "--receipt", str(later), "--lang", "nb", env={"QT_QPA_PLATFORM": ""}
    )
    assert (ended.code, str(later) in ended.err) == (1, True)
    for path, title in (
        (sent, "Receipt: invoices sent to Amili"),
        (later, "Kvittering: fakturaer sendt til Amili"),
    ):
        said = read_pdf(path.read_bytes()).text
        assert title in said
        assert document["run"] in said
        assert "DEBTOR_DECEASED" in said
        assert {row["invoice_number"] for row in document["rows"] if row["invoice_number"]} <= set(
            said.split()
        )


def test_results_can_be_had_when_the_workbook_is_gone(own: Path, tmp_path: Path, home: Path) -> None:
    with sandbox() as place:
        name = send(place, own, tmp_path / "first.xlsx")
    own.unlink()
    again = tmp_path / "again.xlsx"
    ended = run("results", name, "--results", str(again))
    assert ended.code == 1
    assert "10206" in " ".join(
        texts(row, page) for page in openpyxl.load_workbook(again).worksheets for row in range(1, 20)
    )


def test_problems_are_marked_at_their_cells(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "problems.xlsx"
    run("check", str(own), "--problems", str(out))
    marked = sheet(out)
    commented = {cell.coordinate for row in marked.iter_rows() for cell in row if cell.comment}
    assert {"C12", "M26", "K35", "E46"} <= commented
    assert not {"A4", "C13"} & commented


def test_every_cell_of_a_sheet_as_excel_shows_it(tmp_path: Path) -> None:
    out = tmp_path / "cells.csv"
    run("inspect", str(SAMPLE), "--cells", str(out))
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[2][0] == "Fakturanr"
    assert (rows[3][1], rows[3][14]) == ("04.07.2026", "0150")
    assert len(rows) == 63


def test_a_corrected_copy_with_marks_is_recognised(own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "problems.xlsx"
    run("check", str(own), "--problems", str(copy))
    book = openpyxl.load_workbook(copy)
    book["Forfalt"]["K35"] = "Kari Nordvik"
    book.save(copy)
    facts = run("inspect", str(copy), "--json").document["facts"]
    assert facts[0]["code"] == "opened.problems_copy"
    first, second = (run("check", str(path), "--json").document for path in (own, copy))
    assert (first["rows"], first["not_fit"]) == (second["rows"], second["not_fit"] + 1)


def test_a_copy_with_results_offers_only_what_was_not_accepted(own: Path, tmp_path: Path, home: Path) -> None:
    out = tmp_path / "results.xlsx"
    with sandbox() as place:
        name = send(place, own, out)
        who = ("--org", place.organization_id)
        document = run("check", str(out), *who, "--json").document
    facts = run("inspect", str(out), "--json").document["facts"]
    assert (facts[0]["code"], name in facts[0]["message"]) == ("opened.results_copy", True)
    assert document["rows"] == 60
    assert document["ready"] == 3


def test_check_tells_of_hidden_rows_until_somebody_has_answered(own: Path, home: Path) -> None:
    book = openpyxl.load_workbook(own)
    book["Forfalt"].row_dimensions[5].hidden = True
    book.save(own)
    asked = run("check", str(own), "--json").document["problems"]
    told = [one for one in asked if one["code"] == "sheets.hidden_rows"]
    assert [(one["severity"], one["row"]) for one in told] == [("warning", 5)]
    answered = run("check", str(own), "--json", "--leave-out-hidden").document["problems"]
    assert not [one for one in answered if one["code"].startswith("sheets.")]


def test_what_a_results_workbook_cannot_keep_is_said_before_it_is_saved(
    own: Path, tmp_path: Path, home: Path
) -> None:
    with sandbox() as place:
        name = send(place, own, tmp_path / "first.xlsx")
    own.unlink()
    nowhere = tmp_path / "no" / "again.xlsx"
    ended = run("results", name, "--results", str(nowhere))
    said, refused = (ended.err.index(words) for words in ("is no longer there", "The folder"))
    assert said < refused
    assert ended.err.count("is no longer there") == 1
