"""Mappings as documents, found again by their headings; differences; golden rows; profiles; evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from rowpost.mapping import (
    DateOrder,
    FieldRule,
    Grouping,
    GroupKind,
    Mapping,
    NumberStyle,
    Part,
    Renamed,
    accept_renamed,
    best_match,
    build,
    changed_rows,
    decide,
    fingerprint,
    fit,
    from_document,
    group_proposal,
    profile,
    to_document,
    with_constants,
    with_golden,
)
from rowpost.mapping.evidence import date_evidence, number_evidence
from rowpost.model.cells import Kind
from rowpost.model.trouble import Remedy, Trouble
from tests.support.catalogs import invoice_catalog, schema_documents
from tests.support.intakes import CONSTANTS, GOOD, HEADINGS, mapped, row_with, sheet_of
from tests.support.tables import Given, layout_of, table_of

SCHEMA = schema_documents()["mapping"]


def test_a_mapping_survives_its_document() -> None:
    table, layout = sheet_of(GOOD)
    mapping = replace(
        mapped(table, layout, {**CONSTANTS, "date_order": "dmy", "number_style": "point"}),
        grouping=Grouping(GroupKind.CLAIMS, "customerNumber"),
        leave_out_zero=False,
        name="Riverside",
    ).with_rules([FieldRule("city", (11,), default="Oslo", part=Part.CITY, values={"a": "b"}, pad=False)])
    mapping = with_golden(mapping, table, layout, invoice_catalog())
    document = json.loads(json.dumps(to_document(mapping)))
    Draft202012Validator(SCHEMA).validate(document)
    assert from_document(document, SCHEMA) == replace(mapping, questions=(), unsure=())


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], "mapping.not_a_mapping"),
        ({}, "mapping.not_a_mapping"),
        ({"version": 4}, "mapping.from_newer_version"),
        ({"version": 1, "kind": "invoices", "headings": [], "fields": {"a": {}}}, "mapping.not_a_mapping"),
        ({"version": 1, "kind": "invoices", "headings": [], "fields": {}, "x": 1}, "mapping.not_a_mapping"),
    ],
)
def test_other_documents_are_refused(document: object, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        from_document(document, SCHEMA)
    assert (caught.value.code, caught.value.remedy) == (code, Remedy.FIX_FILE)


def test_a_mapping_is_found_by_its_headings_in_any_order() -> None:
    table, layout = sheet_of(GOOD)
    mapping = mapped(table, layout)
    other = Mapping(headings=("A", "B"), rules=(FieldRule("name", (1,)),))
    assert fingerprint(HEADINGS) == fingerprint([heading.upper() for heading in reversed(HEADINGS)])
    assert best_match(list(reversed(HEADINGS)), [other, mapping]) is mapping
    assert best_match([*HEADINGS, "Ny"], [other, mapping]) is mapping
    assert best_match(["X", "Y"], [other, mapping]) is None


def test_columns_are_found_where_they_have_moved() -> None:
    table, layout = sheet_of(GOOD)
    saved = mapped(table, layout)
    turned = tuple(reversed(HEADINGS))
    other_table, other_layout = sheet_of(list(reversed(GOOD)), headings=turned)
    moved, difference = fit(saved, other_table, other_layout, invoice_catalog())
    assert difference.fits
    assert {rule.field: rule.columns for rule in moved.rules if rule.columns} == {
        rule.field: tuple(len(HEADINGS) + 1 - column for column in rule.columns)
        for rule in saved.rules
        if rule.columns
    }


def test_equal_headings_stay_apart() -> None:
    headings = ("Navn", "Beløp", "Beløp")
    saved = Mapping(headings=headings, rules=(FieldRule("remainingAmount", (3,)),))
    table, layout = sheet_of(["x", 1, 2], headings=("Beløp", "Navn", "Beløp"))
    moved, _ = fit(saved, table, layout, invoice_catalog())
    assert moved.rules[0].columns == (3,)


def test_only_the_difference_is_asked() -> None:
    table, layout = sheet_of(GOOD)
    saved = mapped(table, layout)
    headings = tuple(
        {"Forfallsdato": "Forfall", "Sted": "Landsby"}.get(h, h) for h in (*HEADINGS, "Ny kolonne")
    )
    new_table, new_layout = sheet_of([*row_with(Land="Atlantis"), 1], headings=headings)
    moved, difference = fit(saved, new_table, new_layout, invoice_catalog())
    assert difference.renamed == (Renamed("Forfallsdato", "Forfall"),)
    assert difference.gone == ("Sted",)
    assert set(difference.new) == {"Landsby", "Ny kolonne"}
    assert difference.new_values == (("countryCode", "Atlantis"),)
    assert not difference.fits
    assert moved.rule("dueDate") is None
    agreed, _ = fit(accept_renamed(saved, difference.renamed), new_table, new_layout, invoice_catalog())
    assert agreed.rule("dueDate") is not None


def test_another_style_of_dates_and_amounts_is_seen() -> None:
    table, layout = sheet_of(row_with(Forfallsdato="09/25/2026", Restbeløp="1,234.50"))
    choices = {**CONSTANTS, "dueDate.date_order": "day_month", "remainingAmount.number_style": "comma"}
    _, difference = fit(mapped(table, layout, choices), table, layout, invoice_catalog())
    assert set(difference.other_style) == {"dueDate", "remainingAmount"}


def test_golden_rows_are_masked_and_notice_a_change() -> None:
    table, layout = sheet_of(GOOD)
    mapping = with_golden(mapped(table, layout), table, layout, invoice_catalog())
    kept = json.dumps(to_document(mapping)["golden"], ensure_ascii=False)
    assert "Kari" not in kept
    assert "10915596784" not in kept
    assert changed_rows(mapping, invoice_catalog()) == ()
    other = mapping.with_rules([FieldRule("dueDate", (2,))])
    assert changed_rows(other, invoice_catalog()) == (1,)


def test_a_profile_counts_what_stands_in_a_column() -> None:
    rows: list[list[Given]] = [
        ["Valuta"],
        ["NOK"],
        ["NOK"],
        ["nok"],
        [None],
        [5],
        [Decimal("7.5")],
        [date(2026, 9, 1)],
    ]
    table, layout = table_of(rows), layout_of(rows)
    found = profile(table.with_edits({(2, 1): "SEK"}), 1, layout)
    assert (found.empty, found.distinct) == (1, 6)
    assert found.kinds == {Kind.TEXT: 3, Kind.NUMBER: 2, Kind.DATE: 1}
    assert found.smallest == 5
    assert (found.largest or 0) > 40_000
    assert profile(table, 9, layout).empty == 7


def test_evidence_tells_what_it_has_seen() -> None:
    rows: list[list[Given]] = [
        ["d", "n"],
        ["13.02.2026", "1.234"],
        ["14.02.2026", "12,50"],
        ["01.02.2026", "500"],
    ]
    table = table_of(rows)
    dates, numbers = date_evidence(table, 1, 2, 4), number_evidence(table, 2, 2, 4)
    assert (dates.decided, dates.only, dates.both) == (DateOrder.DAY_MONTH, {DateOrder.DAY_MONTH: 2}, 1)
    assert (numbers.decided, numbers.both, numbers.same) == (NumberStyle.COMMA, 1, 1)
    assert not dates.ambiguous
    assert date_evidence(table, 1, 4, 4).ambiguous


def test_a_word_of_a_column_is_remembered_with_the_mapping() -> None:
    rows = [[*GOOD, "Trinn 1"], [*row_with(Fakturanr="10235"), "Purring"]]
    table, layout = sheet_of(*rows, headings=[*HEADINGS, "Starttrinn"])
    given = {"currency": "NOK", "invoiceType.values.Trinn 1": "NOTICE"}
    mapping = mapped(table, layout, given)
    (rule,) = [rule for rule in mapping.rules if rule.field == "invoiceType"]
    assert rule.values == {"Trinn 1": "NOTICE"}
    again = from_document(json.loads(json.dumps(to_document(mapping))), SCHEMA)
    drafts = build(table, layout, again, invoice_catalog())
    assert [draft.payload["type"] for draft in drafts] == ["NOTICE", "PAYMENT_REMINDER"]
    assert not fit(again, table, layout, invoice_catalog())[1].new_values


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("invoiceType.values.x", "LATER", "mapping.unknown_choice"),
        ("dueDate.values.x", "NOTICE", "mapping.unknown_field"),
        ("grouping", "rows", "mapping.unknown_choice"),
        ("grouping.by", "nothing", "mapping.unknown_field"),
    ],
)
def test_choices_that_are_not_there_are_refused(name: str, value: str, code: str) -> None:
    table, layout = sheet_of([*GOOD, "Purring"], headings=[*HEADINGS, "Starttrinn"])
    with pytest.raises(Trouble) as caught:
        mapped(table, layout, {name: value})
    assert caught.value.code == code


def test_grouping_is_chosen_and_taken_back_by_its_word() -> None:
    table, layout = sheet_of(GOOD)
    chosen = mapped(table, layout, {"grouping": "debtors", "grouping.by": "customerNumber"})
    assert chosen.grouping == Grouping(GroupKind.DEBTORS, "customerNumber")
    back = with_constants(chosen, {"grouping": "none"}, invoice_catalog())
    assert back.grouping == Grouping(GroupKind.NONE, "customerNumber", chosen=True)


def test_that_each_row_is_an_invoice_is_not_asked_again_next_month() -> None:
    rows = [row_with(Fakturanr="10234", Restbeløp=Decimal(100 * n)) for n in (1, 2)]
    table, layout = sheet_of(*rows)
    asked = mapped(table, layout)
    decided = decide(table, layout, asked, invoice_catalog())
    assert group_proposal(table, layout, asked, invoice_catalog(), decided) is not None
    said = with_constants(asked, {"grouping": "none"}, invoice_catalog())
    document = json.loads(json.dumps(to_document(said)))
    assert (document["version"], document["grouping"]["chosen"]) == (2, True)
    kept = from_document(document, SCHEMA)
    assert kept.grouping.chosen
    assert group_proposal(table, layout, kept, invoice_catalog(), decided) is None
    older = to_document(asked)
    assert older["version"] == 1
    assert not from_document(older, SCHEMA).grouping.chosen


def test_a_mapping_without_headings_names_columns_by_number() -> None:
    table, layout = sheet_of(GOOD)
    by_number = replace(mapped(table, layout), headings=())
    moved, difference = fit(by_number, table, layout, invoice_catalog())
    assert difference.fits
    assert moved.rules == by_number.rules
