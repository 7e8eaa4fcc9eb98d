"""Numbers and dates in the form of each language, exact to the last digit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.wording import LANGUAGES, Wording, forms

GAP = forms.NO_BREAK_SPACE
LANGUAGE = st.sampled_from(LANGUAGES)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


@pytest.mark.parametrize(
    ("language", "number", "amount", "day"),
    [
        ("en", "1,234,567", "-1,234.50", "09.12.2026"),
        ("nb", f"1{GAP}234{GAP}567", f"-1{GAP}234,50", "09.12.2026"),
        ("sv", f"1{GAP}234{GAP}567", f"-1{GAP}234,50", "2026-12-09"),
        ("da", "1.234.567", "-1.234,50", "09.12.2026"),
        ("fi", f"1{GAP}234{GAP}567", f"-1{GAP}234,50", "9.12.2026"),
    ],
)
def test_each_language_has_its_form(language: str, number: str, amount: str, day: str) -> None:
    assert forms.whole_number(1234567, language) == number
    assert forms.amount(Decimal("-1234.5"), language) == amount
    assert forms.day(date(2026, 12, 9), language) == day
    clock = "9.05" if language == "fi" else "09:05"
    assert forms.moment(datetime(2026, 12, 9, 9, 5, tzinfo=UTC), language) == f"{day} {clock}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", f"3{GAP}November 2026"),
        ("nb", f"3.{GAP}november 2026"),
        ("sv", f"3{GAP}november 2026"),
        ("da", f"3.{GAP}november 2026"),
        ("fi", f"3.{GAP}marraskuuta 2026"),
    ],
)
def test_a_day_is_said_with_the_name_of_its_month(language: str, said: str) -> None:
    assert forms.spoken_day(date(2026, 11, 3), language) == said
    moment = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
    assert said in Wording(language).say("gui.open.sent_before", {"date": moment})
    assert len({forms.spoken_day(date(2026, month, 1), language) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0,00"),
        ("-0.004", "-0,004"),
        ("1E+3", f"1{GAP}000,00"),
        ("12.3400", "12,34"),
        ("0.125", "0,125"),
        ("999.9", "999,90"),
        (
            "1234567890123456789012345678.905",
            f"1{GAP}234{GAP}567{GAP}890{GAP}123{GAP}456{GAP}789{GAP}012{GAP}345{GAP}678,905",
        ),
        ("NaN", "NaN"),
        ("sNaN", "sNaN"),
        ("-Infinity", "-Infinity"),
        ("1E+999999999", "1E+999999999"),
        ("1E-999999", "1E-999999"),
        ("0E-500", "0E-500"),
    ],
)
def test_amounts(value: str, written: str) -> None:
    assert forms.amount(Decimal(value), "nb") == written


@given(AMOUNTS, LANGUAGE)
def test_an_amount_can_be_read_back_exactly(value: Decimal, language: str) -> None:
    thousands, decimal, _ = forms._FORMS[language]
    written = forms.amount(value, language)
    if abs(value.adjusted()) <= 40:
        assert Decimal(written.replace(thousands, "").replace(decimal, ".")) == value
        assert len(written.rpartition(decimal)[2]) >= 2


@given(st.integers(), LANGUAGE)
def test_a_number_can_be_read_back(value: int, language: str) -> None:
    assert int(forms.whole_number(value, language).replace(forms._FORMS[language][0], "")) == value


@given(st.dates(), LANGUAGE)
def test_a_day_can_be_read_back(value: date, language: str) -> None:
    written = forms.day(value, language)
    form = "%Y-%m-%d" if language == "sv" else "%d.%m.%Y"
    assert datetime.strptime(written, form).replace(tzinfo=UTC).date() == value
