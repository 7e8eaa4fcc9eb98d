"""The streamed pass: books that balance, one cause a row, duplicates, groups, the whole file's troubles."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.checks import safe_fixes
from rowpost.intake import assess, assess_in_child
from rowpost.mapping import Grouping, GroupKind
from rowpost.model.assessment import Assessment
from rowpost.model.books import RowState
from rowpost.model.outside import Progress
from rowpost.model.settings import CheckSettings
from rowpost.model.targets import Environment
from rowpost.model.trouble import Stopped, Trouble
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import CONSTANTS, GOOD, HEADINGS, RULES, assessed, mapped, row_with, sheet_of, told
from tests.support.tables import Given


def states(found: Assessment) -> dict[str, int]:
    return {state.value: count for state, count in found.books.by_state.items() if count}


def test_a_good_row_is_ready() -> None:
    found = assessed(GOOD)
    (invoice,) = found.ready
    assert told(found) == []
    assert (invoice.rows, invoice.invoice_number, invoice.currency) == ((2,), "10234", "NOK")
    assert (invoice.amount, invoice.debtor) == (Decimal("4500.00"), "Kari Prøve")
    assert b'"remainingAmount":4500.00' in invoice.payload
    assert msgspec.json.decode(invoice.payload)["uniqueSourceInvoiceId"] == invoice.source_id


def test_the_books_balance_in_counts_and_amounts() -> None:
    found = assessed(
        row_with(Fakturanr="1"),
        row_with(Fakturanr="2", Restbeløp=0),
        row_with(Fakturanr="3", Restbeløp=Decimal("-12.50")),
        row_with(Fakturanr="4", Forfallsdato="x"),
        row_with(Fakturanr="5", Fakturadato=date(2026, 8, 14)),
    )
    assert found.books.balanced
    assert found.books.rows == 5
    assert states(found) == {"waiting": 2, "left_out": 2, "not_fit": 1}
    assert found.books.amounts == {"NOK": Decimal("13487.50")}
    assert [(row.rows, row.code) for row in found.staying] == [
        ((3,), "left_out.zero"),
        ((4,), "left_out.negative"),
        ((5,), "date.not_a_date"),
    ]


def test_a_row_shows_its_causes_and_not_their_consequences() -> None:
    found = assessed(
        row_with(Forfallsdato="32.13.2026", Fødselsnummer="1\u200b0915596784", Restbeløp="12.3.4")
    )
    assert told(found) == [
        ("C2", "date.not_a_date"),
        ("E2", "amount.not_a_number"),
        ("G2", "identifier.invisible"),
    ] or sorted(told(found)) == [
        ("C2", "date.not_a_date"),
        ("E2", "amount.not_a_number"),
        ("G2", "identifier.invisible"),
    ]


def test_two_rows_with_one_number_are_both_told_and_both_stay() -> None:
    found = assessed(row_with(Fakturanr="a-7"), row_with(Fakturanr="8"), row_with(Fakturanr="0A-7 "))
    assert [invoice.invoice_number for invoice in found.ready] == ["8"]
    twins = [problem for problem in found.problems if problem.code == "duplicate.invoice_number"]
    assert [(problem.row, problem.values["row"]) for problem in twins] == [(2, 4), (4, 2)]
    assert found.books.balanced
    assert states(found) == {"waiting": 1, "not_fit": 2}


def test_the_same_claim_under_another_number_is_a_warning() -> None:
    found = assessed(row_with(Fakturanr="1"), row_with(Fakturanr="2"))
    assert told(found) == [("A3", "duplicate.same_claim")]
    assert len(found.ready) == 2


def test_a_credit_note_with_the_same_number_is_no_duplicate() -> None:
    found = assessed(GOOD, row_with(Restbeløp=Decimal(-4500)))
    assert told(found) == []
    assert len(found.ready) == 1


def test_an_amount_may_name_the_currency_of_its_row_and_no_other() -> None:
    headings = (*HEADINGS, "Valuta")
    rows = [
        [*row_with(Fakturanr="1", Fakturabeløp="NOK 99,50", Restbeløp="99,50 NOK"), "NOK"],
        [*row_with(Fakturanr="2", Restbeløp="EUR 98,50"), "NOK"],
    ]
    found = assessed(*rows, headings=headings, constants={"invoiceType": "NOTICE"})
    assert [(at, code) for at, code in told(found) if code.startswith("amount.")] == [
        ("E3", "amount.other_currency")
    ]
    assert [invoice.amount for invoice in found.ready] == [Decimal("99.50")]


def test_rows_that_differ_are_told_with_values_a_sentence_can_write() -> None:
    found = assessed(
        row_with(Restbeløp=Decimal(40)),
        row_with(Restbeløp=Decimal(5), Forfallsdato=date(2026, 9, 2), Fakturabeløp=Decimal(4501)),
        grouping=Grouping(GroupKind.CLAIMS),
    )
    values = [(one.values["value"], one.values["other"]) for one in found.problems]
    assert values == [(date(2026, 9, 2), date(2026, 9, 1)), (Decimal(4501), Decimal(4500))]


def test_an_error_that_no_column_could_prevent_keeps_every_row() -> None:
    headings = [heading for heading in HEADINGS if heading != "Beskrivelse"]
    rules = replace(RULES, checks=CheckSettings(14, 36, 30, {"description.missing": "error"}, {}))
    rows = [row_with()[:-1], row_with(Fakturanr="2", Restbeløp=Decimal(7))[:-1]]
    found = assessed(*rows, headings=headings, rules=rules)
    assert [(one.row, one.code) for one in found.problems] == [(0, "description.missing")]
    assert states(found) == {"not_fit": 2}
    assert {row.code for row in found.staying} == {"description.missing"}


def test_rows_of_one_invoice() -> None:
    found = assessed(
        row_with(Restbeløp=Decimal(4000)),
        row_with(Restbeløp=Decimal(500)),
        grouping=Grouping(GroupKind.CLAIMS),
    )
    (invoice,) = found.ready
    assert (invoice.rows, invoice.amount) == ((2, 3), Decimal("4500.00"))
    assert states(found) == {"waiting": 2}
    assert found.books.balanced


def test_the_total_of_a_group_is_checked() -> None:
    found = assessed(GOOD, row_with(Beskrivelse="Strøm september"), grouping=Grouping(GroupKind.CLAIMS))
    assert [code for _, code in told(found)] == ["amount.principal_above_original"]


def test_a_field_without_a_column_is_said_once() -> None:
    found = assessed(GOOD, row_with(Fakturanr="2"), constants={"invoiceType": "NOTICE"})
    (problem,) = [problem for problem in found.problems if problem.code == "mapping.no_column"]
    assert (problem.where, problem.values["field"]) == ((), "currency")
    assert {row.code for row in found.staying} == {"mapping.no_column"}
    assert found.books.balanced


def test_a_column_that_has_to_be_chosen_is_named() -> None:
    headings = tuple("Beløp" if heading == "Fakturabeløp" else heading for heading in HEADINGS)
    (problem,) = assessed(GOOD, headings=headings).problems
    assert (problem.code, problem.row) == ("mapping.choose_column", 0)
    assert (problem.values["heading"], problem.values["field"]) == ("Beløp", "originalInvoiceAmount")


def test_what_no_column_can_say_is_said_once_for_the_file() -> None:
    headings = ("Fakturanr", "Fakturadato", "Forfallsdato", "Fakturabeløp", "Restbeløp", "Navn", "Kundetype")
    rows = [[str(n), *GOOD[1:6], "privat"] for n in range(3)]
    found = assessed(*rows, headings=headings)
    once = [problem.code for problem in found.problems if not problem.where]
    assert sorted(once) == ["debtor.no_contact", "debtor.private_without_id", "description.missing"]
    assert len(found.ready) == 3


def test_rows_left_out_by_hand_and_hidden_ones() -> None:
    table, layout = sheet_of(row_with(Fakturanr="1"), row_with(Fakturanr="2"), row_with(Fakturanr="3"))
    layout = replace(layout, hidden_rows=(3,))
    mapping = mapped(table, layout)
    rules = replace(RULES, include_hidden=False, left_out=frozenset({2}))
    found = assess(table, layout, mapping, invoice_catalog(), rules)
    assert [(row.rows[0], row.code) for row in found.staying] == [(2, "left_out.by_hand"), (3, "row.hidden")]
    assert len(assess(table, layout, mapping, invoice_catalog(), RULES).ready) == 3


def test_total_rows_found_by_the_reader_stay_in_the_books() -> None:
    table, layout = sheet_of(GOOD, row_with(Fakturanr="Sum", Restbeløp=Decimal(9000)))
    layout = replace(layout, left_out=((3, "row.total"),))
    found = assess(table, layout, mapped(table, layout), invoice_catalog(), RULES)
    assert [(row.rows, row.code) for row in found.staying] == [((3,), "row.total")]
    assert told(found) == []


def test_severities_of_the_settings_decide_fitness() -> None:
    early = row_with(Forfallsdato=date(2026, 11, 12))
    assert not assessed(early).ready
    lenient = replace(RULES, checks=CheckSettings(14, 36, 30, {"date.too_early": "warning"}, {}))
    assert len(assessed(early, rules=lenient).ready) == 1


def test_synthetic_persons_are_refused_in_production() -> None:
    found = assessed(GOOD, rules=replace(RULES, environment=Environment.PRODUCTION))
    assert told(found) == [("G2", "id.synthetic")]


def test_problems_are_in_the_order_of_the_rows() -> None:
    found = assessed(
        *[row_with(Fakturanr=str(n % 3), Forfallsdato="x" if n % 2 else GOOD[2]) for n in range(20)]
    )
    rows = [problem.row for problem in found.problems]
    assert rows == sorted(rows)
    assert [row.rows[0] for row in found.staying] == sorted(row.rows[0] for row in found.staying)


def test_the_fingerprint_is_that_of_the_content() -> None:
    assert assessed(GOOD).fingerprint == assessed(GOOD).fingerprint
    assert assessed(GOOD).fingerprint != assessed(row_with(Restbeløp=1)).fingerprint


def test_progress_and_stop() -> None:
    table, layout = sheet_of(*[row_with(Fakturanr=str(n)) for n in range(3000)])
    heard: list[Progress] = []
    stop = threading.Event()
    assess(table, layout, mapped(table, layout), invoice_catalog(), RULES, stop=stop, progress=heard.append)
    assert [one.done for one in heard] == [0, 1024, 2048]
    assert {one.total for one in heard} == {3000}
    stop.set()
    with pytest.raises(Stopped):
        assess(table, layout, mapped(table, layout), invoice_catalog(), RULES, stop=stop)


CELLS: st.SearchStrategy[Given] = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**17), 10**17),
    st.decimals(-(10**6), 10**6, places=3),
    st.dates(date(1950, 1, 1), date(2060, 1, 1)),
    st.booleans(),
)


@given(st.lists(st.lists(CELLS, min_size=16, max_size=16), max_size=6))
def test_whatever_stands_in_the_cells_the_books_balance(rows: list[list[Given]]) -> None:
    found = assessed(GOOD, *rows)
    assert found.books.balanced
    assert found.books.rows == len(rows) + 1
    taken = [row for invoice in found.ready for row in invoice.rows]
    kept = [row for staying in found.staying for row in staying.rows]
    assert sorted(taken + kept) == list(range(2, len(rows) + 3))
    errors = {problem.row for problem in found.problems if problem.severity == "error" and problem.where}
    assert not errors & set(taken)
    assert found.books.by_state.get(RowState.WAITING, 0) == len(taken)


def test_the_child_comes_to_the_same_result() -> None:
    rows = [
        row_with(Fakturanr=str(n % 40), Forfallsdato="x" if n % 7 == 0 else GOOD[2], Postnr=150 + n)
        for n in range(50)
    ]
    table, layout = sheet_of(*rows, row_with(Fakturanr="99", Restbeløp=0))
    table = table.with_edits({(4, 1): "edited"})
    mapping = mapped(table, layout)
    here = assess(table, layout, mapping, invoice_catalog(), RULES)
    there = assess_in_child(table, layout, mapping, invoice_catalog(), RULES)
    assert list(there.ready) == list(here.ready)
    assert list(there.staying) == list(here.staying)
    assert list(there.problems) == list(here.problems)
    assert (there.books, there.fingerprint) == (here.books, here.fingerprint)
    assert (there.sheet, there.header_row) == (here.sheet, here.header_row)
    assert there.problems[-1] == here.problems[-1]
    assert there.ready[1:3] == list(here.ready)[1:3]


def test_trouble_and_stop_come_out_of_the_child() -> None:
    table, layout = sheet_of(GOOD)
    bad = mapped(table, layout, {**CONSTANTS, "currency": "Taler"})
    with pytest.raises(Trouble) as caught:
        assess_in_child(table, layout, bad, invoice_catalog(), RULES)
    assert (caught.value.code, caught.value.values["value"]) == ("mapping.constant_not_listed", "Taler")
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        assess_in_child(table, layout, bad, invoice_catalog(), RULES, stop=stop)


def test_the_misspelt_name_of_a_country_has_a_safe_fix() -> None:
    (fix,) = safe_fixes(assessed(row_with(Land="Norgge")).problems)
    assert (fix.code, fix.field) == ("fix.spelling", "countryCode")
    assert [(one.cell.a1, one.before, one.after) for one in fix.changes] == [("L2", "Norgge", "NO")]
