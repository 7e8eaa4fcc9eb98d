"""Fødselsnummer, D-, H- and synthetic numbers, organisasjonsnummer: vectors and the oracle."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer, orgnr

from rowpost.identifiers import is_organization, is_person, is_synthetic, norway

WIDE = {ord("0") + n: 0xFF10 + n for n in range(10)}  # digits of another script
# Tenor, H, D+H, NAV, NAV, D+NAV, D+NAV: published synthetic numbers
VECTORS = (
    "10915596784",
    "13527248013",
    "68467038838",
    "15507600333",
    "29422059278",
    "55507608360",
    "69422056629",
)


@pytest.mark.parametrize("number", VECTORS)
def test_published_numbers_add_up(number: str) -> None:
    assert norway.is_person(number)
    assert is_person(number, "NO")
    assert is_synthetic(number)


@pytest.mark.parametrize("number", VECTORS)
def test_one_wrong_digit_is_seen(number: str) -> None:
    for place in range(11):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert not norway.is_person(wrong), place


def test_dates_behind_the_marks() -> None:
    assert norway.birth_date("10915596784") == date(1955, 11, 10)  # Tenor: month + 80
    assert norway.birth_date("55507608360") is not None  # D-number: day + 40
    assert norway.birth_date("15507600333") is not None  # NAV: month + 40


def test_from_2032_the_first_check_digit_may_leave_up_to_three() -> None:
    strict = {f"010190{n:05}" for n in range(50_000) if norway.is_person(f"010190{n:05}")}
    soft = {f"010190{n:05}" for n in range(50_000) if norway.is_person(f"010190{n:05}", from_2032=True)}
    assert strict < soft
    assert 3 * len(strict) < len(soft)


@pytest.mark.parametrize(
    "text",
    ["", "1", "1091559678", "109155967841", "1091559678x", "10915596784".translate(WIDE), "99999999999"],
)
def test_other_texts_are_no_numbers(text: str) -> None:
    assert not norway.is_person(text)


def test_organisation_numbers() -> None:
    assert norway.is_organization("923609016")
    assert not norway.is_organization("923609017")
    assert not norway.is_organization("92360901")
    assert is_organization("923609016", "NO")


@given(st.integers(0, 99999999999))
def test_the_oracle_agrees_on_persons(number: int) -> None:
    text = f"{number:011}"
    month = int(text[2:4])
    if month <= 12 or 40 < month <= 52:  # stdnum knows neither Tenor's nor other marks
        assert norway.is_person(text) == _oracle(text)


def _oracle(text: str) -> bool:
    """stdnum refuses dates in the future, which is no rule of the number."""
    if not fodselsnummer.is_valid(text):
        born = norway.birth_date(text)
        return born is not None and born > date.today() and norway.is_person(text)  # noqa: DTZ011 - as stdnum
    return True


@given(st.integers(0, 999999999))
def test_the_oracle_agrees_on_organisations(number: int) -> None:
    text = f"{number:09}"
    assert norway.is_organization(text) == orgnr.is_valid(text)
