"""What was sent is recognised when it comes again: same file, other name, other spelling, same totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.support.program import Place, run, sandbox

HEADINGS = ("Fakturanr", "Fakturadato", "Forfallsdato", "Valuta", "Fakturabeløp", "Beløp", "Navn", "E-post")
CHOSEN = ("--column", "remainingAmount=Beløp", "--set", "invoiceType=PAYMENT_REMINDER")
FAST = ("--option", "sending.poll_first_seconds=0.05", "--option", "sending.poll_max_seconds=0.2")


@pytest.fixture
def place(home: Path) -> Iterator[Place]:
    with sandbox() as place:
        yield place


def workbook(path: Path, *numbers: str, source_ids: bool = False, sheet: str = "Fakturaer") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, (*HEADINGS, *(["Unik ID"] if source_ids else [])))
        for row, number in enumerate(numbers, 1):
            cells = (number, "15.08.2026", "01.09.2026", "NOK", 4500, 100 + row, "Prøve AS", "k@example.no")
            for column, value in enumerate((*cells, *([f"X-{row}"] if source_ids else []))):
                page.write(row, column, value)
    return path


def checked(place: Place, file: Path, *more: str) -> dict[str, Any]:
    ended = run("check", str(file), *CHOSEN, *more, *place.arguments, "--json", env=place.env)
    return ended.document


def twins(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in document["problems"] if one["code"].startswith("duplicate.")]


def test_what_was_sent_is_named_with_its_run_and_row(place: Place, tmp_path: Path) -> None:
    first = workbook(tmp_path / "november.xlsx", "10234", "A-1")
    sent = run("send", str(first), *CHOSEN, *place.arguments, *FAST, "--yes", "--json", env=place.env)
    assert sent.document["counts"]["accepted"] == 2
    name = sent.document["run"]

    again = checked(place, workbook(tmp_path / "ny.xlsx", " 010234", "a-1", sheet="Ark1"))
    assert (again["ready"], again["not_fit"]) == (0, 2)
    file, *rows = again["problems"]
    assert (file["code"], file["row"], file["other"]["run"]) == ("duplicate.same_content", None, name)
    before = [one for one in rows if one["code"] == "duplicate.sent_before"]
    assert [one["row"] for one in before] == [2, 3]
    assert [one["other"] for one in before] == [
        {"run": name, "row": row, "file": "november.xlsx"} for row in (2, 3)
    ]
    assert name in before[0]["message"]

    number = checked(place, workbook(tmp_path / "id.xlsx", "10234", source_ids=True))
    assert [(one["code"], one["other"]["run"]) for one in twins(number)] == [
        ("duplicate.number_sent_before", name)
    ]

    totals = checked(place, workbook(tmp_path / "andre.xlsx", "20001", "20002"))
    assert [(one["code"], one["severity"]) for one in twins(totals)] == [("duplicate.same_totals", "note")]
    assert Decimal(totals["totals"]["NOK"]) == 203

    refused = run("send", str(first), *CHOSEN, *place.arguments, "--yes", env=place.env)
    assert refused.code == 1
    assert f"run {name}, row 2" in refused.out


def test_a_saved_mapping_that_moved_is_asked_about_before_anything_is_sent(
    place: Place, tmp_path: Path
) -> None:
    first = workbook(tmp_path / "oktober.xlsx", "1", "2")
    mapped = run("check", str(first), *CHOSEN, "--save-mapping", "Prøve", "--json")
    fields = {rule["field"]: rule for rule in mapped.document["mapping"]["fields"]}
    assert fields["remainingAmount"]["headings"] == ["Beløp"]
    assert fields["remainingAmount"]["reason"] == "chosen by you"

    moved = tmp_path / "november.xlsx"
    with xlsxwriter.Workbook(str(moved)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [f"{name}en" if name == "Forfallsdato" else name for name in HEADINGS])
        page.write_row(1, 0, ["3", "15.08.2026", "01.09.2026", "NOK", 4500, 100, "Prøve AS", "k@example.no"])
    stopped = run("send", str(moved), *place.arguments, "--yes", "--json", env=place.env)
    assert stopped.code == 3
    error = stopped.document["error"]
    assert error["code"] == "mapping.saved_differs"
    assert '--column dueDate="Forfallsdatoen"' in error["cure"]
    assert "mapping.saved_renamed" in [fact["code"] for fact in error["facts"]]
    answer = ("--column", "dueDate=Forfallsdatoen")
    again = run("check", str(moved), *answer, "--json").document
    assert (again["ready"], again["mapping"]["saved"]) == (1, "Prøve")
    assert "mapping.saved_renamed" in [one["code"] for one in again["mapping"]["differences"]]
