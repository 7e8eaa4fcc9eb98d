"""Amounts: exactly what the cell says, or a problem."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping.converters.amount import amount_converter, currency_in, readings
from rowpost.mapping.converters.money_format import currency_shown, is_percentage
from rowpost.mapping.document import NumberStyle
from rowpost.mapping.priced import in_currency
from rowpost.mapping.results import Converted, Flawed, Priced, Target
from rowpost.model.cells import Kind

TARGET = Target("remainingAmount", "claims[0].remainingAmount")


def read(text: str, style: NumberStyle | None = None, kind: Kind = Kind.TEXT) -> Converted:
    return amount_converter(TARGET, False, style, "NOK").of(kind, "General")(text)


def code(found: Converted) -> str:
    return found.flaw.code if isinstance(found, Flawed) else ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("21.830,00", "21830.00"),
        ("12 500,00", "12500.00"),
        ("12\u00a0500,00", "12500.00"),
        ("12\u202f500,00", "12500.00"),
        ("-4500.50", "-4500.50"),
        ("(500,00)", "-500.00"),
        ("kr 1 200,-", "1200.00"),
        ("500,00-", "-500.00"),
        ("\u2212500,00", "-500.00"),
        ("NOK 1 200,50", "1200.50"),
        ("1,234.56", "1234.56"),
        ("1 234", "1234.00"),
        ("0", "0.00"),
        (" 17,5 ", "17.50"),
        ("+12,00", "12.00"),
    ],
)
def test_written_amounts(text: str, value: str) -> None:
    assert read(text) == Decimal(value)
    assert str(read(text)) == value


@pytest.mark.parametrize(
    "text", ["12.3.4", "abc", "1,2,3", "12 34", "1.23E+5", "--5", "(5", "12 500,00,00", "½", "\uff11\uff12"]
)
def test_what_is_no_amount(text: str) -> None:
    assert code(read(text)) == "amount.not_a_number"


@pytest.mark.parametrize(
    ("number_format", "currency"),
    [
        ("[$€-2] #,##0.00", "EUR"),
        ("#,##0.00\\ [$€-1]", "EUR"),
        ('#,##0.00 "EUR"', "EUR"),
        ("#,##0.00\\ \\E\\U\\R", "EUR"),
        ('_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-', "EUR"),
        ("[$SEK] #,##0.00", "SEK"),
        ("[$$-409]#,##0.00", "USD"),
        ("£#,##0.00", "GBP"),
        ("[Red]#,##0.00", ""),
        ("[$-414]#,##0.00", ""),
        ('"kr" #,##0.00', ""),
        ("[$kr-41D] #,##0.00", ""),
        ('"$"#,##0.00_);("$"#,##0.00)', ""),
        ('#,##0.00 "inkl"', ""),
        ("General", ""),
    ],
)
def test_a_currency_in_the_format_is_never_dropped(number_format: str, currency: str) -> None:
    assert currency_shown(number_format) == currency
    found = amount_converter(TARGET, False, None, "NOK").of(Kind.NUMBER, number_format)("1002.5")
    assert found == Decimal("1002.50")
    assert (found.currency if isinstance(found, Priced) else "") == currency
    own = amount_converter(TARGET, False, None, currency).of(Kind.NUMBER, number_format)("1002.5")
    assert type(own) is Decimal


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "0.0\\ %", "[Red]0 %"])
def test_a_percentage_is_no_amount(number_format: str) -> None:
    found = amount_converter(TARGET, False, None, "NOK").of(Kind.NUMBER, number_format)("0.5")
    assert code(found) == "amount.not_a_number"
    assert is_percentage(number_format)
    assert not is_percentage('0 "%"')


def test_two_meanings_are_asked_until_decided() -> None:
    found = read("1.234")
    assert isinstance(found, Flawed)
    assert found.flaw.code == "amount.ambiguous"
    assert (found.flaw.values["one"], found.flaw.values["other"]) == (Decimal(1234), Decimal("1.234"))
    assert read("1.234", NumberStyle.COMMA) == Decimal("1234.00")
    assert code(read("1.234", NumberStyle.POINT)) == "amount.decimals"
    assert code(read("12.50", NumberStyle.COMMA)) == "amount.not_a_number"


def test_another_currency_in_the_cell_is_never_dropped() -> None:
    for text, currency in (("SEK 100,00", "SEK"), ("100 €", "EUR")):
        found = read(text)
        assert isinstance(found, Priced)
        assert (found, found.currency, found.written) == (100, currency, text)
    assert currency_in("kr 100") == ""


@pytest.mark.parametrize(
    ("own", "expected"),
    [("SEK", Decimal(100)), (None, Decimal(100)), ("NOK", "amount.other_currency")],
)
def test_it_is_held_against_the_currency_of_the_row(own: str | None, expected: object) -> None:
    (found,) = in_currency(TARGET, [read("SEK 100,00")], [own])
    assert (code(found) or found) == expected
    assert type(found) is not Priced


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("4500", "4500.00"),
        ("4500.5", "4500.50"),
        ("0.30000000000000004", "0.30"),
        ("1999.9899999999998", "1999.99"),
        ("1.5E3", "1500.00"),
        ("-12.34", "-12.34"),
        ("19857.4", "19857.40"),
        ("123456789012345.5", "123456789012345.50"),
    ],
)
def test_stored_numbers(stored: str, value: str) -> None:
    assert str(read(stored, kind=Kind.NUMBER)) == value


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("1.005", "amount.decimals"),
        ("0.1234", "amount.decimals"),
        ("1E300", "amount.too_large"),
        ("x", "amount.not_a_number"),
    ],
)
def test_numbers_that_cannot_be_amounts(stored: str, expected: str) -> None:
    assert code(read(stored, kind=Kind.NUMBER)) == expected


def test_other_kinds_are_named() -> None:
    assert code(read("45000", kind=Kind.DATE)) == "amount.is_date"
    assert code(read("1", kind=Kind.BOOLEAN)) == "amount.not_a_number"
    assert code(read("#REF!", kind=Kind.ERROR)) == "cell.error"
    assert code(read("", kind=Kind.NO_VALUE)) == "cell.no_value"
    assert read("", kind=Kind.EMPTY) is None
    assert read("   ") is None


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(("", " ", "\u00a0", ".")))
def test_whatever_a_norwegian_writes_comes_back(value: Decimal, group: str) -> None:
    written = f"{value:,.2f}".replace(",", "x").replace(".", ",").replace("x", group)
    assert read(written, NumberStyle.COMMA) == value


@given(st.decimals(-(10**12), 10**12, places=2))
def test_whatever_excel_stores_comes_back(value: Decimal) -> None:
    assert read(str(value), kind=Kind.NUMBER) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    found = read(text)
    assert found is None or isinstance(found, Decimal | Flawed)
    assert all(isinstance(value, Decimal) for value in readings(text).values())
