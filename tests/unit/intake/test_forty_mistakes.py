"""A hand-made workbook with forty mistakes: the right sentence at each cell, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from rowpost.model.assessment import Assessment
from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.wording import LANGUAGES, Wording
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, HEADINGS, TODAY, assessed
from tests.support.tables import Given, error, no_value, number

MORE = (
    *HEADINGS,
    "Inkassovarsel",
    "Renter",
    "Kundetype",
    "Fødselsdato",
    "Kundenr",
    "Valuta",
    "Purretrinn",
    "Mva-flagg",
)
EMPTY: dict[str, Given] = {}
D = date(2026, 9, 1)

# heading, what stands there, the code, and other cells of the row that must change for it
MISTAKES: list[tuple[str, Given, str, dict[str, Given]]] = [
    ("Fakturanr", None, "value.missing", EMPTY),
    ("Fakturanr", number("1.2345678901234567E+19"), "identifier.damaged", EMPTY),
    ("Fakturanr", error("#N/A"), "cell.error", EMPTY),
    ("Fakturanr", no_value(), "cell.no_value", EMPTY),
    ("Fakturanr", "102\u200b99", "identifier.invisible", EMPTY),
    ("Fakturanr", date(2026, 1, 2), "identifier.is_date", EMPTY),
    ("Fakturanr", True, "identifier.is_boolean", EMPTY),
    ("Fakturanr", Decimal("12.5"), "identifier.not_whole", EMPTY),
    ("Fakturanr", "9" * 65, "value.too_long", EMPTY),
    ("Fakturadato", "32.13.2026", "date.not_a_date", EMPTY),
    ("Fakturadato", None, "value.missing", EMPTY),
    ("Forfallsdato", date(2026, 8, 1), "date.due_before_invoice", EMPTY),
    ("Forfallsdato", TODAY + timedelta(3), "date.due_in_future", EMPTY),
    ("Forfallsdato", TODAY - timedelta(9), "date.too_early", EMPTY),
    ("Forfallsdato", date(2023, 9, 1), "date.limitation", {"Fakturadato": date(2023, 8, 1)}),
    ("Forfallsdato", date(2024, 2, 1), "date.limitation_soon", {"Fakturadato": date(2024, 1, 1)}),
    ("Forfallsdato", Cell(Kind.DATE, "46266.5", "dd.mm.yyyy hh:mm"), "date.time_of_day", EMPTY),
    ("Forfallsdato", number("46266"), "date.from_number", EMPTY),
    ("Fakturabeløp", "12.3.4", "amount.not_a_number", EMPTY),
    ("Fakturabeløp", Decimal("1000.005"), "amount.decimals", EMPTY),
    ("Fakturabeløp", D, "amount.is_date", EMPTY),
    ("Fakturabeløp", Decimal(0), "amount.not_positive", EMPTY),
    ("Restbeløp", "1.234", "amount.ambiguous", EMPTY),
    ("Restbeløp", "SEK 100", "amount.other_currency", EMPTY),
    ("Restbeløp", Decimal(4501), "amount.principal_above_original", EMPTY),
    ("Restbeløp", Decimal(10) ** 16, "amount.too_large", EMPTY),
    ("Navn", None, "debtor.no_name", EMPTY),
    ("Navn", "Kari\u202e Prøve", "text.invisible", EMPTY),
    ("Fødselsnummer", "10915596785", "id.person_wrong", EMPTY),
    ("Fødselsnummer", None, "debtor.private_without_id", {"Kundetype": "privat"}),
    ("Orgnr", "923609017", "id.organization_wrong", {"Fødselsnummer": None}),
    ("Adresse", "Storgata 1\nOppgang B", "text.line_break", EMPTY),
    ("Postnr", number("158"), "identifier.zeros_restored", EMPTY),
    ("Postnr", "15", "zip_code.wrong_form", EMPTY),
    ("Land", "Atlantis", "country.not_a_code", EMPTY),
    ("E-post", "kari(at)example.no", "email.not_an_address", EMPTY),
    ("Mobil", "ring meg", "phone.not_a_number", EMPTY),
    ("KID", "20260001231", "reference.not_plausible", EMPTY),
    ("Beskrivelse", None, "description.missing", EMPTY),
    ("Inkassovarsel", D, "date.notice_before_due", EMPTY),
    ("Inkassovarsel", TODAY + timedelta(1), "date.notice_in_future", EMPTY),
    ("Inkassovarsel", date(2026, 9, 20), "date.notice_not_needed", EMPTY),
    ("Valuta", "NOKK", "enum.did_you_mean", EMPTY),
    ("Valuta", "kr.", "enum.not_one_of", EMPTY),
    ("Purretrinn", "Inkasso", "enum.no_word_yet", EMPTY),
    ("Mva-flagg", "kanskje", "boolean.not_yes_or_no", EMPTY),
    ("Fødselsdato", "1.1.55", "date.not_a_date", EMPTY),
    ("Fakturanr", Cell(Kind.NUMBER, "14", '"F-"0000'), "identifier.shown_otherwise", EMPTY),
    ("Fødselsnummer", "198112189876", "id.person_elsewhere", EMPTY),
    ("Orgnr", "13585628", "id.organization_elsewhere", {"Fødselsnummer": None}),
    ("Postnr", "0150 Oslo", "zip_code.wrong_form", EMPTY),
]


def workbook() -> list[list[Given]]:
    """One row for each mistake; every other cell is right, and no two rows are alike."""
    rows = []
    for place, (heading, cell, _, others) in enumerate(MISTAKES):
        row = dict(zip(MORE, (*GOOD, *[None] * 8), strict=True))
        row |= {"Fakturanr": f"F-{place}", "Kundenr": str(place), "Valuta": "NOK", "Purretrinn": "Purring"}
        row |= {"Adresse": f"Storgata {place}", "Restbeløp": Decimal(4000 + place), **others, heading: cell}
        rows.append(list(row.values()))
    return rows


def found() -> Assessment:
    return assessed(*workbook(), headings=MORE, constants={})


def test_there_are_forty() -> None:
    assert len({(heading, code) for heading, _, code, _ in MISTAKES}) >= 40


def test_every_mistake_at_its_cell_and_nothing_else() -> None:
    expected = {row: (MORE.index(heading) + 1, code) for row, (heading, _, code, _) in enumerate(MISTAKES, 2)}
    told = [(problem.row, problem.where[0].column, problem.code) for problem in found().problems]
    assert told == [(row, column, code) for row, (column, code) in expected.items()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_read(language: str) -> None:
    wording = Wording(language, invoice_catalog())
    for problem in found().problems:
        sentence = wording.say(problem.code, problem.values)
        assert sentence != problem.code
        assert "…" not in sentence, (problem.code, sentence)
        assert "{" not in sentence
