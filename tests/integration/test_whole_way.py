"""A workbook goes in, a verdict per row comes out: the program from outside, over real sockets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.program import SAMPLE, Place, run, sandbox

STATES = ("left_out", "not_fit", "waiting", "accepted", "rejected", "not_known")


@pytest.fixture
def place(home: Path) -> Iterator[Place]:
    with sandbox() as place:
        yield place


def send(place: Place, *more: str, workbook: Path = SAMPLE) -> Any:
    return run("send", str(workbook), *place.arguments, "--yes", "--json", *FAST, *more, env=place.env)


FAST = ("--option", "sending.poll_first_seconds=0.05", "--option", "sending.poll_max_seconds=0.2")


def assert_balanced(document: dict[str, Any]) -> None:
    counts = document["counts"]
    assert counts["rows"] == sum(counts[state] for state in STATES)
    assert counts["ready"] == sum(counts[state] for state in STATES[2:])
    by_state = Counter[str]()
    for row in document["rows"]:
        by_state[row["state"]] += len(row["rows"])
    assert by_state == Counter({state: counts[state] for state in STATES if counts[state]})
    for totals in document["totals"].values():
        assert Decimal(totals["rows"]) == sum(Decimal(totals[state]) for state in STATES)


def test_the_practice_run_shows_every_kind_of_row_and_balances() -> None:
    ended = run("demo", "--headless", "--json")
    document = ended.document
    assert_balanced(document)
    assert ended.code == 1
    assert document["status"] == "done"
    assert document["counts"]["rejected"] == 3
    assert document["counts"]["not_fit"] >= 5
    assert document["counts"]["accepted"] >= 40
    assert document["counts"]["waiting"] == document["counts"]["not_known"] == 0
    rejected = [row for row in document["rows"] if row["state"] == "rejected"]
    assert all(row["reason"] and row["reason_raw"] for row in rejected)
    assert all(row["invoice_id"] for row in document["rows"] if row["state"] == "accepted")


def test_the_practice_run_can_be_had_again_and_again() -> None:
    first, second = (run("demo", "--headless", "--json").document for _ in range(2))
    assert first["counts"] == second["counts"]


def test_a_run_is_told_again_by_results_and_runs(place: Place) -> None:
    sent = send(place)
    again = run("results", sent.document["run"], "--json")
    assert again.document == sent.document
    assert again.code == sent.code
    (line,) = run("runs", "--json").document["runs"]
    assert (line["run"], line["counts"]) == (sent.document["run"], sent.document["counts"])


def test_nothing_is_sent_twice_when_the_same_workbook_comes_again(place: Place) -> None:
    first = send(place)
    before = place.books()["invoices"]
    second = send(place)
    assert first.document["counts"]["accepted"] > 0
    assert second.document["counts"]["accepted"] == 0
    assert place.books()["invoices"] == before


def test_check_sends_nothing_and_writes_exactly_what_would_be_sent(place: Place, tmp_path: Path) -> None:
    payload = tmp_path / "payload.jsonl"
    ended = run("check", str(SAMPLE), "--json", "--payload", str(payload))
    lines = payload.read_text("utf-8").splitlines()
    assert ended.code == 1
    assert len(lines) == ended.document["ready"]
    assert all(line.startswith('{"_rows":[') for line in lines)
    assert {"code", "severity", "sheet", "row", "column", "cell", "field", "value", "message"} == set(
        ended.document["problems"][0]
    )


def test_send_without_a_terminal_and_without_yes_sends_nothing(place: Place) -> None:
    ended = run("send", str(SAMPLE), *place.arguments, env=place.env)
    assert ended.code == 2
    assert "--yes" in ended.err
    assert not ended.out


def test_a_refused_connection_leaves_every_row_waiting_and_resume_sends_them(place: Place) -> None:
    ended = send(replace(place, api_url="http://127.0.0.1:9/collection/v1"))
    assert ended.code == 5
    assert ended.document["counts"]["waiting"] == ended.document["counts"]["ready"] > 0
    assert_balanced(ended.document)


def test_a_wrong_secret_is_a_matter_of_signing_in(place: Place) -> None:
    ended = send(replace(place, client_secret="wrong"))
    assert ended.code == 4
    assert ended.document["counts"]["waiting"] == ended.document["counts"]["ready"] > 0


def test_parts_of_one_size_or_another_come_to_the_same(place: Place) -> None:
    ended = send(place, "--part-size", "7")
    assert ended.document["counts"]["rejected"] == 3
    assert len({row["batch_id"] for row in ended.document["rows"] if row["batch_id"]}) >= 7


def test_a_saved_mapping_is_used_again_told_and_refused_where_it_does_not_fit(
    place: Place, tmp_path: Path
) -> None:
    def check(workbook: Path, *more: str) -> Any:
        return run("check", str(workbook), "--json", *more, env=place.env)

    first = check(SAMPLE, "--save-mapping", "Riverside")
    again = check(SAMPLE)
    told, told_again = first.document, again.document
    before, mapped = told.pop("mapping"), told_again.pop("mapping")
    assert (before["saved"], mapped["saved"]) == ("", "Riverside")
    assert [field["columns"] for field in mapped["fields"]] == [
        field["columns"] for field in before["fields"]
    ]
    assert told_again == told
    assert "Riverside" in again.err
    assert "Riverside" not in first.err
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book.worksheets[0]
    email = next(cell for row in sheet.iter_rows() for cell in row if cell.value in {"E-post", "Email"})
    email.value = "Xyz"
    other = tmp_path / "other.xlsx"
    book.save(other)
    refused = check(other, "--mapping", "Riverside")
    assert (refused.code, refused.document["error"]["code"]) == (3, "mapping.columns_gone")
    inspected = run("inspect", str(other), "--json", env=place.env).document
    told = {fact["code"] for fact in inspected["facts"]}
    assert {"mapping.saved_used", "mapping.saved_gone", "mapping.saved_new"} <= told


def test_inspect_shows_why_dates_and_amounts_are_read_as_they_are(tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    lines = ["Fakturanr;Forfallsdato;Restbeløp", "1;03.04.2026;1.200,50", "2;25.04.2026;99,00"]
    sheet.write_text("\n".join(lines), "utf-8")
    number, due, rest = run("inspect", str(sheet), "--json").document["columns"]
    assert number["evidence"] is None
    assert due["evidence"]["decided"] == "day_month"
    assert due["evidence"]["messages"][0] == "1 of 2 dates only fit day-month"
    assert rest["evidence"]["only"] == {"comma": 2}
