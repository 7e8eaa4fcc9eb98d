"""Which mapping a sheet gets, and what a person is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rowpost.mapping import DateOrder, Grouping, GroupKind, Mapping, with_constants, with_golden
from rowpost.model.settings import ReadingSettings
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened
from rowpost.session.suggesting import Suggestion, suggestion
from rowpost.wording import LANGUAGES, Wording
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import CONSTANTS, GOOD, HEADINGS, mapped, row_with, sheet_of
from tests.support.tables import Given

READING = ReadingSettings("NO", "", "", "", 512, 60)


def opened(*rows: Sequence[Given], headings: Sequence[str] = HEADINGS) -> Opened:
    table, layout = sheet_of(*(rows or [GOOD]), headings=headings)
    return Opened("a.xlsx", "a.xlsx", 1, "", (), table, layout)


def saved(*rows: Sequence[Given]) -> Mapping:
    table, layout = sheet_of(*(rows or [GOOD]))
    return replace(mapped(table, layout), name="Riverside")


def found(book: Opened, *known: Mapping, reading: ReadingSettings = READING) -> Suggestion:
    return suggestion(book, invoice_catalog(), known, reading)


def codes(one: Suggestion) -> list[str]:
    return [fact.code for fact in one.facts]


def renamed(old: str, new: str) -> list[str]:
    return [new if heading == old else heading for heading in HEADINGS]


def test_without_a_saved_mapping_the_headings_decide() -> None:
    one = found(opened())
    assert (one.saved, one.facts) == (None, ())
    assert one.mapping.rule("invoiceNumber")


def test_the_saved_mapping_is_used_and_told() -> None:
    mapping = replace(saved(), leave_out_zero=False)
    one = found(opened(), mapping)
    assert codes(one) == ["mapping.saved_used"]
    assert one.mapping.rules == mapping.rules
    assert not one.mapping.leave_out_zero


def test_columns_that_are_gone_or_new_or_renamed_are_told_and_not_guessed() -> None:
    headings = [*renamed("E-post", "E-postadr"), "Kundenr"]
    one = found(opened([*GOOD, "17"], headings=headings), saved())
    assert codes(one) == ["mapping.saved_used", "mapping.saved_renamed", "mapping.saved_new"]
    assert one.mapping.rule("email") is None
    assert one.lost == ("email",)
    assert [rule.field for rule in one.mapping.unsure] == ["customerNumber"]
    gone = found(opened(headings=renamed("E-post", "Xyz")), saved())
    assert codes(gone) == ["mapping.saved_used", "mapping.saved_gone", "mapping.saved_new"]


def test_what_a_named_mapping_needs_and_has_not_is_refused_unless_given() -> None:
    one = found(opened(headings=renamed("KID", "Xyz")), saved())
    with pytest.raises(Trouble) as caught:
        one.refuse_lost(one.mapping)
    assert (caught.value.code, caught.value.remedy) == ("mapping.columns_gone", Remedy.FIX_FILE)
    one.refuse_lost(with_constants(one.mapping, {"ocrReferenceNumber": "20260001233"}, invoice_catalog()))


def test_a_program_that_reads_kept_rows_otherwise_says_so() -> None:
    table, layout = sheet_of(GOOD)
    kept = with_golden(saved(), table, layout, invoice_catalog())
    assert codes(found(opened(), kept)) == ["mapping.saved_used"]
    other = replace(kept, golden=(replace(kept.golden[0], fingerprint="0" * 64),))
    assert codes(found(opened(), other)) == ["mapping.saved_used", "mapping.saved_reads_otherwise"]


def test_the_settings_date_order_is_for_dates_with_two_readings_only() -> None:
    rows = [row_with(Fakturadato="03.04.2026", Forfallsdato="25.04.2026")]
    month_first = [row_with(Fakturadato="03/04/2026", Forfallsdato="04/05/2026")]
    reading = replace(READING, date_order="month_day")
    assert (rule := found(opened(*rows), reading=reading).mapping.rule("dueDate"))
    assert rule.date_order is None
    assert (rule := found(opened(*month_first), reading=reading).mapping.rule("dueDate"))
    assert rule.date_order is DateOrder.MONTH_DAY
    assert (rule := found(opened(*month_first)).mapping.rule("dueDate"))
    assert rule.date_order is None


def test_the_settings_currency_is_for_sheets_without_one_and_says_so() -> None:
    reading = replace(READING, currency="SEK")
    assert (rule := found(opened(), reading=reading).mapping.rule("currency"))
    assert (rule.constant, rule.reason) == ("SEK", "mapping.reason.from_settings")
    book = opened([*GOOD, "DKK"], headings=[*HEADINGS, "Valuta"])
    assert (rule := found(book, reading=reading).mapping.rule("currency"))
    assert rule.constant is None
    assert found(opened()).mapping.rule("currency") is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Restbeløp": "100", "Beskrivelse": "Renter"}, "mapping.grouping.claims"),
        ({"Navn": "Ola Prøve", "Fødselsnummer": "13527248013"}, "mapping.grouping.debtors"),
    ],
)
def test_rows_that_may_be_one_invoice_are_asked_about(changed: dict[str, Given], code: str) -> None:
    one = found(opened(GOOD, row_with(**changed), row_with(Fakturanr="10235")))
    assert codes(one) == [code]
    assert one.mapping.grouping == Grouping()
    assert (one.facts[0].values["count"], one.facts[0].values["rows"]) == (1, "2, 3")
    grouped = with_constants(
        one.mapping, {**CONSTANTS, "grouping": code.rpartition(".")[2]}, invoice_catalog()
    )
    assert grouped.grouping.kind is GroupKind(code.rpartition(".")[2])
    assert found(opened(GOOD, row_with(**changed)), replace(grouped, name="G")).facts[0].code == (
        "mapping.saved_used"
    )


def test_equal_or_contradicting_rows_are_no_group() -> None:
    assert found(opened(GOOD, GOOD)).facts == ()
    other = row_with(Restbeløp="100", Navn="Ola Prøve", Forfallsdato="05.09.2026")
    assert found(opened(GOOD, other)).facts == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_can_be_said(language: str) -> None:
    headings = [*renamed("E-post", "E-postadr"), "Kundenr"]
    wording = Wording(language, invoice_catalog())
    for fact in found(opened([*GOOD, "17"], headings=headings), saved()).facts:
        assert "{" not in wording.say(fact.code, fact.values)


def test_a_chosen_column_comes_before_everything_else() -> None:
    book = opened(headings=renamed("Restbeløp", "Beløp"))
    one = suggestion(book, invoice_catalog(), (), READING, [("remainingAmount", "Beløp")])
    rule = one.mapping.rule("remainingAmount")
    assert rule
    assert (rule.columns, rule.reason) == ((HEADINGS.index("Restbeløp") + 1,), "mapping.reason.chosen")


@pytest.mark.parametrize(
    ("heading", "field", "now"),
    [
        ("Forfallsdato", "dueDate", "Forfallsdatoen"),
        ("Restbeløp", "remainingAmount", "Restbeløpet"),
        ("Fødselsnummer", "identificationNumber", "Xyz"),
    ],
)
def test_money_dates_and_identifiers_that_moved_are_asked(heading: str, field: str, now: str) -> None:
    book = opened(headings=renamed(heading, now))
    one = found(book, saved())
    with pytest.raises(Trouble) as caught:
        one.refuse_changed(one.mapping, invoice_catalog(), ())
    assert (caught.value.code, caught.value.remedy) == ("mapping.saved_differs", Remedy.FIX_FILE)
    shown = now if now != "Xyz" else "…"
    assert caught.value.values["example"] == f'--column {field}="{shown}"'
    answered = suggestion(book, invoice_catalog(), [saved()], READING, [(field, now)])
    answered.refuse_changed(answered.mapping, invoice_catalog(), ())


def test_other_differences_are_told_and_stop_nothing() -> None:
    one = found(opened(headings=renamed("Beskrivelse", "Merknad")), saved())
    assert one.lost == ("description",)
    one.refuse_changed(one.mapping, invoice_catalog(), ())


def test_another_style_of_dates_or_amounts_is_asked() -> None:
    known = with_constants(saved(), {"date_order": "day_month"}, invoice_catalog())
    book = opened(row_with(Forfallsdato="09/30/2026"))
    one = found(book, known)
    with pytest.raises(Trouble) as caught:
        one.refuse_changed(one.mapping, invoice_catalog(), {"currency"})
    assert caught.value.code == "mapping.saved_other_date_order"
    assert caught.value.values["choice"] == "dueDate.date_order"
    for answer in ("date_order", "dueDate.date_order"):
        one.refuse_changed(one.mapping, invoice_catalog(), {answer})
    known = with_constants(saved(), {"number_style": "point"}, invoice_catalog())
    one = found(opened(row_with(Restbeløp="4.500,00")), known)
    with pytest.raises(Trouble, match=r"mapping\.saved_other_number_style"):
        one.refuse_changed(one.mapping, invoice_catalog(), ())


def test_a_sheet_without_headings_is_known_by_no_saved_mapping() -> None:
    nameless = [""] * len(HEADINGS)
    assert found(opened(headings=nameless), replace(saved(), headings=tuple(nameless))).saved is None
