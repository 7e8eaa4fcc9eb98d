"""Fix and send again: only what was rejected or released, linked to the first run, and nothing twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.program import SAMPLE, Ended, Place, run, sandbox

FAST = ("--option", "sending.poll_first_seconds=0.05")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The person's own workbook."""
    return Path(shutil.copy(SAMPLE, tmp_path / "own.xlsx"))


def send(place: Place, workbook: Path, *more: str) -> Ended:
    return run("send", str(workbook), *place.arguments, "--yes", "--json", *FAST, *more, env=place.env)


def rows_in(state: str, document: dict[str, Any]) -> list[int]:
    return [row["row"] for row in document["rows"] if row["state"] == state]


def test_only_the_rejected_rows_go_again_from_a_corrected_copy(own: Path, tmp_path: Path, home: Path) -> None:
    results = tmp_path / "results.xlsx"
    with sandbox() as place:
        first = send(place, own, "--results", str(results)).document
        rejected = rows_in("rejected", first)
        book = openpyxl.load_workbook(results)
        book["Forfalt"][f"A{rejected[0]}"] = "20-206"  # the number itself is mended
        book.save(results)
        again = send(place, results, "--again", first["run"])
        held = place.books()
    second = again.document
    assert len(rejected) == 3
    assert [row["row"] for row in second["rows"] if row["state"] in ("accepted", "rejected")] == rejected
    assert second["counts"]["accepted"] + second["counts"]["rejected"] == len(rejected)
    assert second["counts"]["left_out"] == second["counts"]["rows"] - len(rejected)
    assert "3 invoices of run" in again.err
    assert all(invoice["times"] == 1 for invoice in held["invoices"])
    mended = next(row for row in second["rows"] if row["row"] == rejected[0])
    assert mended["invoice_number"] == "20-206"


def test_the_link_is_told_in_both_directions(own: Path, home: Path) -> None:
    with sandbox() as place:
        first = send(place, own).document["run"]
        second = send(place, own, "--again", first).document["run"]
    listed = {one["run"]: one for one in run("runs", "--json").document["runs"]}
    assert (listed[second]["follows"], listed[first]["followed_by"]) == (first, [second])
    assert second in run("results", first).out
    assert first in run("results", second).out


def test_why_the_rest_stays_is_said_of_every_row(own: Path, home: Path) -> None:
    with sandbox() as place:
        first = send(place, own).document
        second = send(place, own, "--again", first["run"]).document
    before = {row["row"]: row["state"] for row in first["rows"]}
    codes = {before[row["row"]]: row["code"] for row in second["rows"] if row["code"].startswith("again.")}
    assert codes["accepted"] == "again.accepted"
    assert codes["not_fit"] == "again.not_fit"


def test_when_all_is_accepted_there_is_nothing_to_send_again(own: Path, home: Path) -> None:
    with sandbox() as place:
        first = send(place, own, "--set", "currency=NOK").document
        keep = set(rows_in("accepted", first))
        book = openpyxl.load_workbook(own)
        sheet = book["Forfalt"]
        for row in range(sheet.max_row, 3, -1):
            if row not in keep:
                sheet.delete_rows(row)
        book.save(own)
        other = send(place, own, "--org", "1b4e28ba-2fa1-4d1b-8f4a-0000000000aa").document["run"]
        ended = send(place, own, "--again", other, "--org", "1b4e28ba-2fa1-4d1b-8f4a-0000000000aa")
    assert ended.code == 2
    assert ended.document["error"]["code"] == "again.nothing"


def test_another_organisation_is_refused(own: Path, home: Path) -> None:
    with sandbox() as place:
        first = send(place, own).document["run"]
        ended = send(place, own, "--again", first, "--org", "1b4e28ba-2fa1-4d1b-8f4a-0000000000bb")
    assert (ended.code, ended.document["error"]["code"]) == (2, "again.other_target")


def test_it_is_read_as_it_was_read_then(own: Path, home: Path) -> None:
    """What was typed for the first run (a constant, a column) need not be typed again."""
    with sandbox() as place:
        first = send(place, own, "--set", "invoiceType=PAYMENT_REMINDER").document
        second = send(place, own, "--again", first["run"]).document
    assert rows_in("rejected", first) == rows_in("rejected", second) + rows_in("accepted", second)


def test_only_rows_that_need_a_person_can_be_closed(own: Path, home: Path) -> None:
    with sandbox() as place:
        first = send(place, own).document
    row = str(rows_in("accepted", first)[0])
    ended = run("close", first["run"], "--row", row, "--there", "--reason", "I looked", "--json")
    assert (ended.code, ended.document["error"]["code"]) == (2, "close.not_for_a_person")


QUICK = (
    *("--option", "sending.settle_seconds=0.2", "--option", "sending.settle_looks=1"),
    *("--option", "sending.post_deadline_seconds=5"),
)


@pytest.fixture
def lossy(tmp_path: Path) -> Path:
    """A server that loses the first POST and says so badly."""
    scenario = tmp_path / "lost.json"
    fault = {"at": ["createInvoices"], "times": 1, "status": 500}
    scenario.write_text(json.dumps({"faults": [fault]}), encoding="utf-8")
    return scenario


def test_a_row_looked_for_in_vain_is_closed_and_never_sent_by_itself(
    own: Path, lossy: Path, home: Path
) -> None:
    with sandbox("--scenario", str(lossy)) as place:
        first = send(place, own, *QUICK).document
        absent = [row["row"] for row in first["rows"] if row["code"] == "row.absent"]
        row = str(absent[0])
        closed = run("close", first["run"], "--row", row, "--not-there", "--reason", "Lise does not see it")
        later = run("results", first["run"], "--json").document
        again = send(place, own, *QUICK).document
    assert closed.code == 0
    assert (later["counts"]["left_out"], later["counts"]["not_known"]) == (1, len(absent) - 1)
    mine = next(one for one in again["rows"] if one["row"] == int(row))
    assert (mine["state"], mine["code"]) == ("not_fit", "duplicate.sent_before")


def test_released_rows_go_again_in_the_run_that_follows_and_only_there(
    own: Path, lossy: Path, home: Path
) -> None:
    with sandbox("--scenario", str(lossy)) as place:
        first = send(place, own, *QUICK).document
        absent = [row["row"] for row in first["rows"] if row["code"] == "row.absent"]
        nothing = send(place, own, "--again", first["run"])
        chosen = absent[:3]
        for row in chosen:
            run("release", first["run"], "--row", str(row), "--reason", "asked on the telephone")
        second = send(place, own, "--again", first["run"]).document
        resumed = run("resume", first["run"], "--yes", "--json", *QUICK, env=place.env).document
        held = place.books()
    assert nothing.document["error"]["code"] == "again.nothing", "what is not known is never sent again"
    assert rows_in("accepted", second) == chosen
    moved = {row["row"]: row["code"] for row in resumed["rows"] if row["state"] == "left_out"}
    assert moved == dict.fromkeys(chosen, "row.passed_on")
    assert {invoice["times"] for invoice in held["invoices"]} == {1}
    assert len(held["invoices"]) == len(chosen)


def test_results_beside_results_renew_the_columns(own: Path, tmp_path: Path, home: Path) -> None:
    first_out, second_out = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    with sandbox() as place:
        first = send(place, own, "--results", str(first_out)).document
        rejected = rows_in("rejected", first)[0]
        book = openpyxl.load_workbook(first_out)  # as Excel does: shared texts, other styles, other order
        book["Forfalt"][f"A{rejected}"] = "20-206"
        book.save(first_out)
        second = send(place, first_out, "--again", first["run"], "--results", str(second_out)).document
    before, after = (openpyxl.load_workbook(path) for path in (first_out, second_out))
    old, new = before["Forfalt"], after["Forfalt"]
    assert new.max_column == old.max_column
    assert after.sheetnames == before.sheetnames
    headings = [cell.value for cell in new[3] if str(cell.value).startswith("Rowpost: ")]
    assert len(headings) == len(set(headings)) == 7
    mine = [str(cell.value) for cell in new[rejected]][-7:]
    assert mine[0] == "Accepted"
    assert next(row for row in second["rows"] if row["row"] == rejected)["invoice_id"] in mine
    accepted = rows_in("accepted", first)[0]
    assert [cell.value for cell in new[accepted]] == [cell.value for cell in old[accepted]]
    assert second["run"] in [cell.value for row in after["Summary"].iter_rows() for cell in row]
