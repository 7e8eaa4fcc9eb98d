"""What a person is shown of a mapping: words with counts, likely columns, rows that belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping import (
    FieldRule,
    Grouping,
    GroupKind,
    Mapping,
    Renamed,
    Seen,
    accept_renamed,
    fit,
    refuse_unfit,
    see,
    suggest,
    taken_back,
)
from rowpost.mapping.column_words import column_words
from rowpost.model.trouble import Trouble
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, HEADINGS, mapped, row_with, sheet_of
from tests.support.tables import Given, layout_of, table_of

CATALOG = invoice_catalog()
LINES = ("Fakturanr", "Navn", "Fakturabeløp", "Restbeløp", "Beskrivelse", "Valuta")


def seen(
    rows: Sequence[Sequence[Given]], *rules: FieldRule, left_out: tuple[tuple[int, str], ...] = ()
) -> Seen:
    table, layout = table_of(rows), layout_of(rows, left_out=left_out)
    return see(table, layout, suggest(table, layout, CATALOG).with_rules(rules), CATALOG)


# -- Words ---------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(("Privat", "Bedrift", "1", 2, None, " Privat ")), max_size=20), st.data())
def test_words_are_counted_in_the_rows_that_are_data(cells: list[Given], data: st.DataObject) -> None:
    rows = [("Type",), *((cell,) for cell in cells)]
    numbers = range(2, len(rows) + 1)
    out = data.draw(st.sets(st.sampled_from(numbers))) if numbers else set()
    edits = (
        data.draw(st.dictionaries(st.sampled_from(numbers), st.sampled_from(("X", "")))) if numbers else {}
    )
    table = table_of(rows).with_edits({(row, 1): text for row, text in edits.items()})
    layout = layout_of(rows, left_out=tuple((row, "row.total") for row in out))
    texts = (edits.get(row, cells[row - 2]) for row in numbers if row not in out)
    expected = Counter(word for text in texts if (word := str("" if text is None else text).strip()))
    assert column_words(table, 1, layout) == expected


def test_a_column_that_is_not_there_has_no_words() -> None:
    rows = [("Type",), ("Privat",)]
    assert not column_words(table_of(rows), 7, layout_of(rows))


def test_every_word_says_what_it_stands_for_or_that_it_is_open() -> None:
    rows = [("Kundetype",), ("Hushold",), ("B",), ("B",), ("Sum",)]
    words = seen(rows, left_out=((5, "row.total"),)).words["debtorType"]
    assert {(word.text, word.count, word.value, word.open) for word in words} == {
        ("B", 2, "COMPANY", False),
        ("Hushold", 1, "", True),
    }
    answered = seen(rows, FieldRule("debtorType", (1,), values={"Hushold": "PRIVATE"}))
    assert not any(word.open for word in answered.words["debtorType"] if word.text != "Sum")


# -- Likely columns ------------------------------------------------------------------------------


def test_likely_columns_are_named_by_heading_and_by_their_values_but_never_for_money() -> None:
    rows = [("Vår dato", "Beløp", "Kundens telefon", "Kontonr"), *([("03.12.2026", 10, "99", "1")] * 5)]
    found = seen(rows).guesses
    assert found["invoiceDate"] == (1,)
    assert found["phone"][:1] == (3,)
    assert found["remainingAmount"] == (2,), "asked about, so named"
    assert found["claim.fee"] == ()
    assert not any(4 in columns for columns in found.values()), "a look-alike"


def test_a_column_in_use_is_no_guess() -> None:
    rows = [("Vår dato",), *([("03.12.2026",)] * 5)]
    assert not seen(rows, FieldRule("dueDate", (1,))).guesses["invoiceDate"]


# -- Rows that belong together -------------------------------------------------------------------


def grouped(*rows: Sequence[Given], kind: GroupKind, by: str = "invoiceNumber") -> Seen:
    table, layout = table_of([LINES, *rows]), layout_of([LINES, *rows])
    mapping = replace(suggest(table, layout, CATALOG), grouping=Grouping(kind, by))
    return see(table, layout, mapping, CATALOG)


def test_claims_of_one_invoice_add_up_to_no_more_than_its_amount() -> None:
    lines = (
        ("1", "Kari", 1000, 900, "Strøm", "NOK"),
        ("01", "Kari", 1000, 100, "Renter", "NOK"),
        ("2", "Ola", 500, 400, "Strøm", "NOK"),
        ("2", "Ola", 500, 200, "Gebyr", "NOK"),
        ("3", "Åse", 10, 10, "Strøm", "NOK"),
    )
    preview = grouped(*lines, kind=GroupKind.CLAIMS).preview
    assert preview is not None
    assert [(part.row, part.amount, part.text) for part in preview.parts] == [
        (2, Decimal(900), "Strøm"),
        (3, Decimal(100), "Renter"),
    ]
    assert (preview.total, preview.whole, preview.currency) == (Decimal(1000), Decimal(1000), "NOK")
    assert (preview.groups, preview.fitting) == (2, 1), "600 of 500 does not fit"


def test_debtors_of_one_invoice_owe_the_same_amount_once() -> None:
    lines = (("1", "Kari", 900, 900, "Strøm", "NOK"), ("1", "Ola", 900, 900, "Strøm", "NOK"))
    preview = grouped(*lines, kind=GroupKind.DEBTORS).preview
    assert preview is not None
    assert (preview.total, [part.text for part in preview.parts]) == (Decimal(900), ["Kari", "Ola"])
    other = (lines[0], ("1", "Ola", 900, 100, "Strøm", "NOK"))
    preview = grouped(*other, kind=GroupKind.DEBTORS).preview
    assert preview is not None
    assert preview.fitting == 0, "two debtors, two amounts"


def test_a_proposal_says_whether_it_counts_all_of_the_sheet() -> None:
    for groups, whole in ((50, True), (51, False)):
        rows = (
            row_with(Fakturanr=f"7{at:03}", Restbeløp=amount, Beskrivelse=text)
            for at in range(groups)
            for amount, text in (("900", "Strøm"), ("100", "Renter"))
        )
        table, layout = sheet_of(*rows)
        found = see(table, layout, mapped(table, layout), CATALOG)
        assert found.proposal is not None
        assert (found.proposal.seen, found.proposal.whole) == (min(groups, 50), whole)


def test_a_proposal_has_its_preview_before_it_is_accepted() -> None:
    table, layout = sheet_of(GOOD, row_with(Restbeløp="100", Beskrivelse="Renter"), row_with(Fakturanr="7"))
    found = see(table, layout, mapped(table, layout), CATALOG)
    assert found.proposal is not None
    assert found.preview is not None
    assert (found.preview.kind, len(found.preview.parts)) == (GroupKind.CLAIMS, 2)
    assert found.mapping.grouping.kind is GroupKind.NONE, "proposed, never applied"


def test_another_key_groups_by_another_field() -> None:
    lines = (("1", "Kari", 9, 9, "", "NOK"), ("2", "Kari", 9, 9, "", "NOK"))
    by_name = grouped(*lines, kind=GroupKind.CLAIMS, by="name").preview
    assert by_name is not None
    assert by_name.number == "Kari"


# -- Answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "text"), [("dueDate", "next week"), ("claim.fee", "x")])
def test_what_cannot_be_a_value_is_refused(key: str, text: str) -> None:
    with pytest.raises(Trouble) as caught:
        refuse_unfit(CATALOG, key, text)
    assert caught.value.code == "mapping.constant_not_fit"


@pytest.mark.parametrize(
    ("key", "text"), [("dueDate", "01.12.2026"), ("currency", "NOK"), ("debtors[1].name", "Ola")]
)
def test_what_can_be_a_value_is_not(key: str, text: str) -> None:
    refuse_unfit(CATALOG, key, text)


def test_a_heading_with_a_new_name_brings_its_rules_back_and_touches_no_other() -> None:
    table, layout = sheet_of(GOOD)
    saved = mapped(table, layout)
    later = [{"Forfallsdato": "Forfall", "E-post": "E-postadresse"}.get(one, one) for one in HEADINGS]
    table, layout = sheet_of(GOOD, headings=later)
    moved, difference = fit(saved, table, layout, CATALOG)
    assert moved.rule("dueDate") is None
    chosen = moved.with_rules([FieldRule("email", constant="a@example.no")])
    after = taken_back(chosen, saved, [Renamed("Forfallsdato", "Forfall")], layout)
    assert after.rule("dueDate") == saved.rule("dueDate")
    assert after.rule("email") == FieldRule("email", constant="a@example.no")
    both = taken_back(moved, saved, difference.renamed, layout)
    assert {rule.field for rule in both.rules} == {rule.field for rule in saved.rules}
    assert isinstance(accept_renamed(saved, difference.renamed), Mapping)


@pytest.mark.parametrize("key", ["invoiceType", "currency"])
def test_a_word_that_is_not_in_the_list_is_told_with_the_list(key: str) -> None:
    with pytest.raises(Trouble) as caught:
        refuse_unfit(CATALOG, key, "foo")
    assert caught.value.code == "mapping.constant_not_listed"
    assert caught.value.values["options"]
