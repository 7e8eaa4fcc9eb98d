"""Columns chosen by hand: by their heading or their letters."""

from __future__ import annotations

import pytest

from rowpost.mapping import FieldRule, Mapping, Part, Question, column_argument, with_columns
from rowpost.model.trouble import Remedy, Trouble
from tests.support.catalogs import invoice_catalog

HEADINGS = ("Fakturanr", "Beløp", "Fornavn", "Etternavn", "Beløp", "B", "")
ASKED = Question(2, "Beløp", ("originalInvoiceAmount", "remainingAmount"), "mapping.ask.ambiguous_amount")


def chosen(*choices: tuple[str, str], mapping: Mapping | None = None) -> Mapping:
    return with_columns(mapping or Mapping(), choices, HEADINGS, len(HEADINGS), invoice_catalog())


@pytest.mark.parametrize(
    ("wanted", "column"),
    [("Fakturanr", 1), ("FAKTURANR.", 1), ("b", 6), ("C", 3), ("g", 7), (" Fornavn ", 3)],
)
def test_a_heading_comes_before_letters(wanted: str, column: int) -> None:
    rule = chosen(("description", wanted)).rule("description")
    assert rule
    assert (rule.columns, rule.reason) == ((column,), "mapping.reason.chosen")


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (("remainingAmount", "Beløp"), "mapping.heading_twice"),
        (("remainingAmount", "H"), "mapping.no_such_column"),
        (("remainingAmount", "Utestående"), "mapping.no_such_column"),
        (("remainingAmount", ""), "mapping.no_such_column"),
        (("saldo", "B"), "mapping.unknown_field"),
    ],
)
def test_what_is_not_there_is_refused_as_usage(choice: tuple[str, str], code: str) -> None:
    with pytest.raises(Trouble) as caught:
        chosen(choice)
    assert (caught.value.code, caught.value.remedy) == (code, Remedy.FIX_SETTINGS)


def test_texts_are_joined_and_amounts_are_not() -> None:
    rule = chosen(("name", "Fornavn"), ("debtors[0].name", "Etternavn")).rule("name")
    assert rule
    assert rule.columns == (3, 4)
    with pytest.raises(Trouble, match=r"mapping\.chosen_twice"):
        chosen(("remainingAmount", "B"), ("remainingAmount", "E"))


def test_a_second_debtor_is_named_by_the_path() -> None:
    assert chosen(("debtors[1].name", "D")).rule("debtors[1].name")


def test_a_question_that_was_answered_is_gone() -> None:
    asked = Mapping(questions=(ASKED, Question(5, "Beløp", ("remainingAmount",), "x")))
    one = chosen(("remainingAmount", "E"), ("originalInvoiceAmount", "E"), mapping=asked)
    assert one.questions == ()
    assert chosen(("dueDate", "G"), mapping=asked).questions == asked.questions
    half = chosen(("remainingAmount", "E"), mapping=asked).questions[0]
    assert half.candidates == ("originalInvoiceAmount",)


@pytest.mark.parametrize(
    ("heading", "argument"),
    [("Beløp", '--column dueDate="Beløp"'), ('12" $', "--column dueDate=AB"), (" ", "--column dueDate=AB")],
)
def test_the_argument_that_chooses_a_column(heading: str, argument: str) -> None:
    assert column_argument("dueDate", heading, 28) == argument


def test_how_a_column_is_read_is_kept_when_it_is_confirmed() -> None:
    proposed = FieldRule("zipCode", (3,), part=Part.ZIP_CODE, confidence=70)
    one = chosen(("zipCode", "C"), mapping=Mapping(unsure=(proposed,)))
    assert [(rule.part, rule.confidence) for rule in one.rules] == [(Part.ZIP_CODE, 100)]
    assert one.unsure == ()
