"""The receipt says everything that is needed to prove what was sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rowpost.model.books import RowState
from rowpost.model.results import PersonsWord
from rowpost.reports.receipt import make_receipt
from rowpost.wording import LANGUAGES, Wording
from tests.support.runs import AT, made_result, made_run

RUN = made_run(
    [
        made_result((4,), RowState.ACCEPTED, "1234.50"),
        made_result((5, 6), RowState.REJECTED, "99.00", raw="Debtor is unknown"),
        made_result((7,), RowState.LEFT_OUT, "0"),
    ],
    sheet="Ark1",
    sha256="ab" * 32,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_in_every_language(language: str) -> None:
    receipt = make_receipt(RUN, Wording(language), chain_head="c0ffee", made_at=AT)
    texts = [receipt.title, receipt.footer, receipt.page(1, 7), *receipt.closing]
    texts += [
        text
        for line in (*receipt.about, *receipt.totals, receipt.headings, *receipt.invoices())
        for text in line
    ]
    assert not [text for text in texts if "reports." in text or "…" in text or "{" in text]
    about = dict(receipt.about)
    assert {RUN.summary.run, "Kari Nordvik", "a.xlsx", "ab" * 32} <= set(about.values())
    assert any("Riverside AS" in text for text in about.values())
    assert "c0ffee" in receipt.closing[-1]


def test_the_tables_of_a_receipt() -> None:
    receipt = make_receipt(RUN, Wording("nb"), chain_head="c0ffee", made_at=AT)
    assert receipt.totals[0] == ("Resultat", "Rader", "NOK")
    assert receipt.totals[-1] == ("Alle rader i arbeidsboken", "4", "1\N{NO-BREAK SPACE}333,50")
    assert {len(line) for line in receipt.totals} == {3}
    assert receipt.totals_right == (1, 2)
    accepted = ("4", "10004", "1\N{NO-BREAK SPACE}234,50 NOK", "Godtatt", "inv-10004", "")
    first, second, _ = receipt.invoices()
    assert receipt.count == 3
    assert first == accepted
    assert second[0] == "5, 6"
    assert second[5] == "«Debtor is unknown»"
    assert receipt.page(1, 7) == "1 av 7"
    assert receipt.invoices_right == (2,)
    assert receipt.footer.endswith("21.11.2026 10:30")


def test_what_a_person_decided_is_told_with_who_when_and_why() -> None:
    word = PersonsWord("Kari Nordvik", AT, "asked Lise on the telephone")
    row = replace(made_result((4,), RowState.LEFT_OUT, code="row.closed_not_there"), person=word)
    run = made_run([row], sheet="Ark1")
    linked = replace(run, summary=replace(run.summary, follows="bado-47", followed_by=("kadu-30",)))
    receipt = make_receipt(linked, Wording("en"), chain_head="c0ffee", made_at=AT)
    (line,) = receipt.invoices()
    assert "Kari Nordvik" in line[5]
    assert "asked Lise on the telephone" in line[5]
    about = dict(receipt.about)
    assert (about["Sends again from run"], about["Sent again in run"]) == ("bado-47", "kadu-30")
