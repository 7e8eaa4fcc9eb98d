"""The same cell on the machine of another country: other signs between the same digits."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.shown import BUILTIN_FORMATS, EXCEL_US, Habits, habits_of, shown_text

NORDIC = ("nb", "sv", "da", "fi")


def number(code: str, stored: str, language: str) -> str | None:
    return shown_text(Cell(Kind.NUMBER, stored, code), False, habits_of(language))


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", "3657.25", "3657,25"),
        ("General", "-0.5", "-0,5"),
        ("General", "1.5E+15", "1,5E+15"),
        ("#,##0.00", "3657.25", "3 657,25"),
        ("#,##0.00", "-1234567.5", "-1 234 567,50"),
        ("#,##0.00_);(#,##0.00)", "-1234.5", "(1 234,50)"),
        ("0.0%", "0.256", "25,6%"),
        ("0.00E+00", "123456", "1,23E+05"),
        ("[$kr-414] #,##0.00", "1012.5", "kr 1 012,50"),
        ('0.0" kr. i alt, ca."', "5.5", "5,5 kr. i alt, ca."),
        ("0.0,", "1234567", "1234,6"),
        ("00 00 00 00 000", "1015596784", "01 01 55 96 784"),
        ("# ?/?", "1.25", "1 1/4"),
        ("dd.mm.yyyy", "46357", "01.12.2026"),
        ("yyyy-mm-dd", "46357", "2026-12-01"),
        ("d/m/yy", "46357", "1/12/26"),
        ("m/d/yy", "46357", "01.12.2026"),
        ("m/d/yy h:mm", "46357.5625", "01.12.2026 13:30"),
        ("mm:ss.0", "0.00001", "00:00,9"),
        ("d. mmmm yyyy", "46357", "1. desember 2026"),
        ("[$-409]d mmmm yyyy", "46357", "1 December 2026"),
        ("[$-41D]d mmmm yyyy", "46357", "1 december 2026"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "46357", "tirsdag 1. desember 2026"),
        ("[$-F400]h:mm:ss\\ AM/PM", "46357.5625", "13:30:00"),
        ("d-mmm-yy", "46357", "1-Dec-26"),  # short Norwegian names are not certain: the English one, no guess
        ("[$-414]d. mmm yyyy", "46357", None),
    ],
)
def test_what_excel_shows_in_norway(code: str, stored: str, shown: str | None) -> None:
    found = number(code, stored, "nb")
    assert (found and found.replace("\N{NO-BREAK SPACE}", " ")) == shown


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [
        ("en", "3,657.25", "12/1/26"),
        ("nb", "3\N{NO-BREAK SPACE}657,25", "01.12.2026"),
        ("sv", "3\N{NO-BREAK SPACE}657,25", "2026-12-01"),
        ("da", "3.657,25", "01-12-2026"),
        ("fi", "3\N{NO-BREAK SPACE}657,25", "1.12.2026"),
        ("xx", "3,657.25", "12/1/26"),
    ],
)
def test_every_language_has_its_own_form(language: str, amount: str, day: str) -> None:
    assert number("#,##0.00", "3657.25", language) == amount
    assert number("m/d/yy", "46357", language) == day


@pytest.mark.parametrize("language", NORDIC)
@pytest.mark.parametrize("text", ["3,657.25", "12/1/26", "1.234", "TRUE"])
def test_a_text_stays_as_it_stands(text: str, language: str) -> None:
    assert shown_text(Cell(Kind.TEXT, text), False, habits_of(language)) == text


@given(
    st.decimals(-(10**9), 10**9, places=4),
    st.sampled_from(sorted(BUILTIN_FORMATS.values())),
    st.sampled_from(NORDIC),
)
def test_only_signs_between_the_digits_differ(value: Decimal, code: str, language: str) -> None:
    """Dates apart, which the system shows in another order: the same digits, the same letters."""
    if "d" in code or "m" in code:
        return
    english, local = (number(code, f"{value:f}", one) for one in ("en", language))
    assert english is not None
    habits = habits_of(language)
    as_there = english.translate({ord("."): habits.decimal, ord(","): habits.thousands})
    assert local == as_there


@given(st.integers(-(10**12), 10**12), st.integers(0, 2), st.sampled_from(NORDIC))
def test_the_value_can_be_read_back(whole: int, places: int, language: str) -> None:
    stored, habits = f"{Decimal(whole).scaleb(-places):f}", habits_of(language)
    shown = number("#,##0.00", stored, language)
    assert shown is not None
    assert Decimal(shown.replace(habits.thousands, "").replace(habits.decimal, ".")) == Decimal(stored)


@given(
    st.text(alphabet='0#?.,%;E+-"\\_*@/[]$ dmyhsAP$€<>=0123456789Ggeneral', max_size=25),
    st.floats(-1e16, 1e16),
)
def test_what_is_known_in_english_is_known_everywhere(code: str, value: float) -> None:
    cell = Cell(Kind.NUMBER, repr(value), code)
    english = shown_text(cell, False, EXCEL_US)
    assert english == shown_text(cell, False)
    for language in NORDIC:
        assert (shown_text(cell, False, habits_of(language)) is None) == (english is None)


def test_only_formats_of_the_system_have_another_order() -> None:
    changed = [code for language in NORDIC for code in habits_of(language).codes]
    assert set(changed) == {BUILTIN_FORMATS[14], BUILTIN_FORMATS[22]}


@pytest.mark.parametrize("language", ["en", *NORDIC])
def test_habits_that_have_travelled_are_the_ones_that_are_here(language: str) -> None:
    """They are the key of a cache: a copy would be compiled anew each time."""
    habits = habits_of(language)
    assert pickle.loads(pickle.dumps(habits)) is habits


def test_habits_of_nowhere_travel_as_they_are() -> None:
    own = Habits(";", "_", {"@": "x"})
    there = pickle.loads(pickle.dumps(own))
    assert (there.decimal, there.thousands, there.codes) == (";", "_", {"@": "x"})
