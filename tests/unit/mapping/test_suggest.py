"""Suggestions: right on real headings, silent where a guess could cost money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from rowpost.catalog import FieldKind
from rowpost.mapping import SURE, DateOrder, NumberStyle, suggest
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.trouble import Trouble
from tests.support.catalogs import invoice_catalog
from tests.support.tables import Given, layout_of, number, table_of
from tests.unit.mapping.headings import SHEETS, Sheet

STRICT = {FieldKind.AMOUNT, FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.IDENTIFIER}


def suggested(headings: list[str], *rows: list[Given]) -> ColumnMapping:
    grid: list[list[Given]] = [[*headings], *rows]
    return suggest(table_of(grid), layout_of(grid), invoice_catalog())


def outcome(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """What was expected of each column, and what came: fields joined by '+', '?' asked, '-' nothing."""
    samples: list[Given] = [sample for _, sample, _ in sheet]
    mapping = suggested([heading for heading, _, _ in sheet], *[samples] * 4)
    for column, (heading, _, wanted) in enumerate(sheet, 1):
        fields = [rule.field for rule in mapping.rules if column in rule.columns]
        asked = any(question.column == column for question in mapping.questions)
        asked = asked or any(column in rule.columns for rule in mapping.unsure)
        yield heading, wanted, "+".join(fields) or ("?" if asked else "-")


def test_there_are_enough_sheets() -> None:
    assert len(SHEETS) >= 25


def test_at_least_97_percent_of_the_columns_are_right() -> None:
    results = [one for sheet in SHEETS.values() for one in outcome(sheet)]
    wrong = [(heading, wanted, came) for heading, wanted, came in results if wanted != came]
    assert len(wrong) <= 0.03 * len(results), wrong


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_wrong_on_money_dates_and_identifiers(name: str) -> None:
    catalog = invoice_catalog()
    for heading, wanted, came in outcome(SHEETS[name]):
        if came in {"?", "-"} or came == wanted:
            continue
        assert not any(catalog.field(key).kind in STRICT for key in came.split("+")), (heading, wanted, came)


def test_reasons_say_why() -> None:
    mapping = suggested(
        ["FAKTURANUMMER", "eräpvm", "Fakturadat", "Restsum"], ["1", date(2026, 9, 1), date(2026, 8, 1), 5]
    )
    reasons = {rule.field: rule.reason for rule in (*mapping.rules, *mapping.unsure)}
    assert reasons["invoiceNumber"] == "mapping.reason.same_heading"
    assert reasons["dueDate"] == "mapping.reason.known_name.fi"
    assert reasons["invoiceDate"] == "mapping.reason.close_spelling"
    assert reasons["remainingAmount"].startswith("mapping.reason.known_name")
    assert [rule.field for rule in mapping.unsure] == ["invoiceDate"]
    assert all(rule.confidence < SURE for rule in mapping.unsure)


@pytest.mark.parametrize("invoice", ["Fakturanr", "Fakturanr.", "FAKTURANUMMER", "Faktura nr"])
def test_a_vouchers_number_gives_way_to_the_invoices(invoice: str) -> None:
    rows: list[list[Given]] = [["7000", "50100", date(2026, 7, 1), date(2026, 8, 1)]] * 3
    mapping = suggested(["Bilagsnr", invoice, "Bilagsdato", "FAKTURADATO"], *rows)
    assert {rule.field: rule.columns for rule in mapping.rules} == {
        "invoiceNumber": (2,),
        "invoiceDate": (4,),
    }
    assert not mapping.questions


@pytest.mark.parametrize(
    ("one", "other"), [("FAKTURABELØP", "Total"), ("Restbeløp (NOK)", "Utestående"), ("KUNDENR.", "Kundeid")]
)
def test_spelling_decides_between_no_two_columns(one: str, other: str) -> None:
    mapping = suggested([one, other], *[[Decimal(100), Decimal(50)]] * 3)
    assert not mapping.rules
    assert [question.column for question in mapping.questions] == [1, 2]


@pytest.mark.parametrize("heading", ["Rente %", "Forsinkelsesrente (%)", "Interest %", "Viivästyskorko-%"])
def test_a_percentage_is_no_amount(heading: str) -> None:
    rows: list[list[Given]] = [[Decimal("12.5")], [Decimal(8)], [Decimal("9.25")]]
    assert not suggested([heading], *rows).rules


def test_an_interest_that_is_the_same_for_all_is_a_rate() -> None:
    assert not suggested(["Rente"], *[[Decimal("12.5")]] * 3).rules
    percents: list[list[Given]] = [[number("0.125", "0.00%")], [number("0.08", "0%")], [number("0.1", "0%")]]
    assert not suggested(["Rente"], *percents).rules
    amounts: list[list[Given]] = [[Decimal("12.5")], [Decimal(8)], [Decimal("9.25")]]
    assert suggested(["Rente"], *amounts).rule("claim.interest")


@pytest.mark.parametrize("kunde", ["K-1001", "Kari Nordmann"])
def test_a_customer_gives_way_to_the_customers_name(kunde: str) -> None:
    mapping = suggested(["Kunde", "Kundenavn"], *[[kunde, "Kari Nordmann"]] * 3)
    assert {rule.field: rule.columns for rule in mapping.rules} == {"name": (2,)}


def test_what_holds_numbers_is_no_name() -> None:
    mapping = suggested(["Kunde", "By"], *[["10023 Kari Nordmann", "0155 Oslo"]] * 3)
    assert not mapping.rules
    assert {rule.field for rule in mapping.unsure} == {"name", "city"}
    assert suggested(["Kunde"], ["Moe & Co 2"], ["Liv Moe"], ["Bygg AS"]).rule("name")


@pytest.mark.parametrize(
    ("heading", "currency", "reason"),
    [
        ("Restbeløp (NOK)", "NOK", ""),
        ("Restbeløp (NOK)", "EUR", "mapping.reason.other_currency"),
        ("Open Amount (LCY)", "EUR", "mapping.reason.says_more"),
        ("Restbeløp (eks. mva)", "NOK", "mapping.reason.says_more"),
        ("Restbeløp (inkl. mva)", "NOK", ""),
        ("Restbeløp [brutto]", "NOK", ""),
        ("Restbeløp *", "NOK", ""),
    ],
)
def test_what_a_heading_says_beside_the_name_of_an_amount(heading: str, currency: str, reason: str) -> None:
    mapping = suggested([heading, "Valuta"], [Decimal(10), currency], [Decimal(20), currency])
    taken = mapping.rule("remainingAmount")
    assert bool(taken) is not bool(reason)
    assert [rule.reason for rule in mapping.unsure] == [reason] * bool(reason)


def test_amounts_are_no_yes_and_no() -> None:
    amounts: list[list[Given]] = [[Decimal(70)], [Decimal(35)], [Decimal(105)]]
    assert not suggested(["Fees"], *amounts).rules
    assert suggested(["Fees"], *[["ja"], ["nei"], ["ja"]]).rule("fees")


def test_running_numbers_of_a_sheet_are_no_key() -> None:
    running: list[list[Given]] = [[1], [2], [3]]
    assert not suggested(["Løpenr"], *running).rules
    assert suggested(["Løpenr"], [40112], [40113], [40114]).rule("uniqueSourceInvoiceId")


def test_of_two_columns_for_the_whole_invoice_one_may_be_what_remains() -> None:
    mapping = suggested(["Totalt", "Att betala"], *[[100, 50]] * 3)
    both = ("originalInvoiceAmount", "remainingAmount")
    assert [question.candidates for question in mapping.questions] == [both, both]
    known = suggested(["Totalt", "Att betala", "Restbelopp"], *[[100, 50, 50]] * 3)
    assert {question.candidates for question in known.questions} == {("originalInvoiceAmount",)}


def test_values_that_contradict_the_heading_are_asked() -> None:
    rows: list[list[Given]] = [["14 dager", "501"], ["30 dager", "502"]]
    mapping = suggested(["Forfall", "Navn"], *rows * 2)
    assert not mapping.rules
    assert {rule.field for rule in mapping.unsure} == {"dueDate", "name"}


@pytest.mark.parametrize("heading", ["Dato", "DATUM", "Date", "Pvm."])
def test_a_day_that_says_no_more_is_proposed_as_the_invoices(heading: str) -> None:
    (only,) = suggested([heading], *[["01.08.2026"]] * 3).unsure
    assert (only.field, only.reason) == ("invoiceDate", "mapping.reason.looks_like_date")
    assert not suggested([heading, "Fakturadato"], *[["01.08.2026", "01.08.2026"]] * 3).unsure
    assert not suggested([heading], *[["ring"]] * 3).unsure


def test_columns_known_by_their_values_are_only_proposed() -> None:
    rows: list[list[Given]] = [["x", "kari@example.no", "923609016"]] * 4
    mapping = suggested(["A1", "B1", "C1"], *rows)
    assert {rule.field for rule in mapping.unsure} == {"email", "organizationNumber"}


def test_two_columns_for_one_amount_are_asked() -> None:
    mapping = suggested(["Restbeløp", "Restsum"], [Decimal(1), Decimal(2)])
    assert mapping.rule("remainingAmount") is None
    assert [question.candidates for question in mapping.questions] == [("remainingAmount",)] * 2


def test_a_sheet_without_headings_suggests_nothing() -> None:
    grid: list[list[Given]] = [["10234", date(2026, 9, 1), Decimal(5)]]
    mapping = suggest(table_of(grid), layout_of(grid, header_row=0), invoice_catalog())
    assert mapping.rules == ()
    assert {field.key for field in mapping.missing(invoice_catalog())} >= {
        "invoiceNumber",
        "dueDate",
        "currency",
    }


def test_constants_by_key_and_by_path() -> None:
    grid: list[list[Given]] = [["Fakturanr", "Forfall", "Restbeløp"], ["1", "01.02.2026", "1.234"]]
    constants = {
        "currency": "NOK",
        "debtors[0].addresses[0].countryCode": "NO",
        "dueDate.date_order": "dmy",
        "number_style": "comma",
    }
    mapping = suggest(table_of(grid), layout_of(grid), invoice_catalog(), constants=constants)
    rules = {rule.field: rule for rule in mapping.rules}
    assert rules["currency"].constant == "NOK"
    assert rules["countryCode"].constant == "NO"
    assert rules["dueDate"].date_order is DateOrder.DAY_MONTH
    assert rules["remainingAmount"].number_style is NumberStyle.COMMA


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nosuch", "1", "mapping.unknown_field"),
        ("date_order", "sideways", "mapping.unknown_choice"),
        ("nosuch.date_order", "dmy", "mapping.unknown_field"),
    ],
)
def test_constants_that_no_field_has(name: str, value: str, code: str) -> None:
    grid: list[list[Given]] = [["Fakturanr"], ["1"]]
    with pytest.raises(Trouble) as caught:
        suggest(table_of(grid), layout_of(grid), invoice_catalog(), constants={name: value})
    assert caught.value.code == code
