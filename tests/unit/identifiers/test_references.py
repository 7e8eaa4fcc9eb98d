"""KID, OCR, FIK, viitenumero, RF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649, luhn

from rowpost.identifiers import is_plausible_reference, references


def test_kid_by_both_rules() -> None:
    assert references.is_kid("20260001233")  # MOD10 of 2026000123
    assert references.is_kid("20260001230")  # MOD11 of 2026000123
    assert references.kid_mod11("6") == "-"
    assert references.is_kid("0006-")
    assert not references.is_kid("20260001231")
    assert not references.is_kid("233")  # too short
    assert not references.is_kid("1" * 26)


def test_ocr_with_a_length_digit() -> None:
    assert references.is_ocr("1234574")
    assert references.has_length_digit("1234574")
    assert not references.is_ocr("1234575")


def test_finnish_reference() -> None:
    assert references.is_viitenumero("123453")
    assert not references.is_viitenumero("123454")


def test_fik_of_both_types() -> None:
    fifteen = next(f"12345678901234{n}" for n in range(10) if luhn.is_valid(f"12345678901234{n}"))
    sixteen = next(f"123456789012345{n}" for n in range(10) if luhn.is_valid(f"123456789012345{n}"))
    assert references.is_fik(fifteen)
    assert references.is_fik(f"+71<{fifteen}+12345678<")
    assert references.is_fik(f"75<{sixteen}")
    assert not references.is_fik(f"71<{sixteen}")


@pytest.mark.parametrize("text", ["RF18539007547034", "rf18 5390 0754 7034"])
def test_creditor_reference(text: str) -> None:
    assert is_plausible_reference(text, "FI")
    assert iso11649.is_valid(text)


@given(st.text("0123456789", min_size=2, max_size=25))
def test_luhn_is_that_of_the_oracle(text: str) -> None:
    assert references.is_ocr(text) == luhn.is_valid(text)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(is_plausible_reference(text), bool)
