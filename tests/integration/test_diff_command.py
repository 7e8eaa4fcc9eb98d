"""`rowpost diff`: this month's file beside what was sent last month, and the practice server is asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.support.program import SAMPLE, Place, run, sandbox

UNCLEAR = 2  # of the sample: a number that stands twice, an amount that is none
FAST = ("--option", "sending.poll_first_seconds=0.05")


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What was sent: the agency, the run, and this month's file (made from it)."""

    place: Place
    name: str
    file: Path


@pytest.fixture
def last_month(tmp_path: Path) -> Iterator[LastMonth]:
    """Send the sample; this month 10207 is gone, 10202 is worth less, 99001 is new."""
    own = Path(shutil.copy(SAMPLE, tmp_path / "november.xlsx"))
    with sandbox() as place:
        sent = run("send", str(own), *place.arguments, "--yes", "--json", *FAST, env=place.env).document
        yield LastMonth(place, sent["run"], next_month(own, tmp_path / "december.xlsx"))


def next_month(own: Path, out: Path) -> Path:
    """Change the sample as a month does."""
    book = openpyxl.load_workbook(own)
    sheet = book["Forfalt"]
    (heading,) = [row for row in range(1, 10) if any(cell.value == "Fakturanr" for cell in sheet[row])]
    names = {cell.value: cell.column for cell in sheet[heading]}
    number, amount = names["Fakturanr"], names["Restbeløp"]
    by_number = {str(sheet.cell(row, number).value): row for row in range(heading + 1, sheet.max_row + 1)}
    sheet.cell(by_number["10202"], amount).value = 1
    sheet.cell(by_number["10207"], number).value = 99001
    book.save(out)
    return out


def test_what_is_new_gone_and_changed_and_what_is_still_open(last_month: LastMonth, tmp_path: Path) -> None:
    out = tmp_path / "difference.xlsx"
    asked = ("diff", str(last_month.file), "--since", last_month.name, "--json", "--out", str(out))
    ended = run(*asked, env=last_month.place.env)
    assert ended.code == 0, ended.err
    assert "Exception" not in ended.err
    document = ended.document
    counts = document["counts"]
    assert (counts["new"], counts["gone"], counts["changed"], counts["unclear"]) == (1, 1, 1, UNCLEAR)
    by_number = {line["invoice_number"]: line for line in document["invoices"]}
    assert {number for number, line in by_number.items() if line["change"] != "unclear"} == {
        *("10207", "10202", "99001")
    }
    gone = by_number["10207"]
    assert (gone["change"], gone["at_agency"], gone["before"] == gone["remaining"]) == ("gone", "open", True)
    assert (document["still_open"], document["cause"], bool(document["asked_at"])) == (1, "", True)
    assert by_number["10202"]["now"] == "1.00"
    assert "Gone but open at Amili" in openpyxl.load_workbook(out).sheetnames


def test_what_was_not_asked_is_not_known(last_month: LastMonth) -> None:
    quiet = run("diff", str(last_month.file), "--json", "--no-ask", env=last_month.place.env)
    assert quiet.code == 0  # without --since: the latest run of the same organisation
    (gone,) = [line for line in quiet.document["invoices"] if line["change"] == "gone"]
    assert (gone["at_agency"], quiet.document["asked_at"]) == ("not_known", None)
    no_secret = run("diff", str(last_month.file), "--since", last_month.name)
    assert no_secret.code == 4
    assert "not known" in no_secret.out
    assert "10207" in no_secret.out


def test_a_run_whose_persons_are_forgotten_can_be_compared(last_month: LastMonth) -> None:
    assert run("forget", last_month.name, "--yes").code in (0, 6)
    document = run("diff", str(last_month.file), "--json", "--no-ask").document
    assert document["counts"]["changed"] == 1


def test_the_same_file_again_and_another_organisation(last_month: LastMonth, tmp_path: Path) -> None:
    own = tmp_path / "november.xlsx"
    assert "no earlier run" in run("diff", str(own), "--no-ask").err
    same = run("diff", str(own), "--since", last_month.name, "--no-ask", "--json").document
    assert same["counts"]["same"] == sum(same["counts"].values()) - UNCLEAR
    other = ("--org", "00000000-0000-4000-8000-000000000000")
    ended = run("diff", str(own), "--since", last_month.name, *other)
    assert ended.code == 2
    assert "another organisation" in ended.err


def test_without_any_run_there_is_nothing_to_compare(home: Path) -> None:
    ended = run("diff", str(SAMPLE))
    assert ended.code == 2
    assert "no earlier run" in ended.err
    assert run("diff", str(SAMPLE), "--since", "nono-00").code == 2
