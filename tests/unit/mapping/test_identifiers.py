"""Identifiers arrive exactly, or are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping.converters.identifier import compact, identifier_converter, plain_organization
from rowpost.mapping.results import Converted, Flawed, Target, Unproved
from rowpost.model.cells import Kind

TARGET = Target("invoiceNumber", "invoiceNumber")


def read(stored: str, kind: Kind = Kind.TEXT, number_format: str = "General") -> Converted:
    return identifier_converter(TARGET, False).of(kind, number_format)(stored)


def code(found: Converted) -> str:
    return found.flaw.code if isinstance(found, Flawed) else ""


@pytest.mark.parametrize(
    "text", ["10234", "F-10234", "00017", "A 12/3", "2026/Ærø-1", "1234567890123456789012345"]
)
def test_text_stands_as_it_is(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    ("stored", "number_format", "value"),
    [
        ("10234", "General", "10234"),
        ("1", "0000000", "0000001"),
        ("158", "0000", "0158"),
        ("1.2345678E7", "General", "12345678"),
        ("123456789012345", "0", "123456789012345"),
        ("10234", "#,##0.00", "10234"),
        ("22334455", "00 00 00 00", "22334455"),
        ("10234.0", "General", "10234"),
    ],
)
def test_numbers_as_excel_shows_them_or_whole(stored: str, number_format: str, value: str) -> None:
    assert read(stored, Kind.NUMBER, number_format) == value


@pytest.mark.parametrize(
    ("stored", "number_format", "shown"),
    [
        ("14", '"F-"0000', "F-0014"),
        ("14", "0000.00", "0014.00"),
        ("1234", '0000"/"00', "0012/34"),
        ("14", ";;;", ""),
    ],
)
def test_where_excel_shows_more_than_the_number_it_is_told(
    stored: str, number_format: str, shown: str
) -> None:
    """The stored integer is sent, but never a different value in silence."""
    found = read(stored, Kind.NUMBER, number_format)
    assert isinstance(found, Flawed)
    assert (found.value, found.flaw.code) == (stored, "identifier.shown_otherwise")
    assert found.flaw.values["value"] == shown


@pytest.mark.parametrize("number_format", ["#,##0", "0.00", "0.00E+00", "# ##0", "0"])
def test_signs_between_the_digits_are_no_difference(number_format: str) -> None:
    assert read("123456789", Kind.NUMBER, number_format) == "123456789"


@pytest.mark.parametrize("stored", ["1.2345678901234567E+19", "1234567890123456", "12345678901234500000"])
def test_more_than_fifteen_digits_are_damaged(stored: str) -> None:
    assert code(read(stored, Kind.NUMBER)) == "identifier.damaged"


def test_damage_that_came_as_text_is_damage_too() -> None:
    assert code(read("1,23457E+15")) == "identifier.damaged"


def test_other_kinds_are_named() -> None:
    assert code(read("123.5", Kind.NUMBER)) == "identifier.not_whole"
    assert code(read("45306", Kind.DATE, "dd.mm.yyyy")) == "identifier.is_date"
    assert code(read("1", Kind.BOOLEAN)) == "identifier.is_boolean"
    assert code(read("#N/A", Kind.ERROR)) == "cell.error"
    assert code(read("", Kind.NO_VALUE)) == "cell.no_value"
    assert read("", Kind.EMPTY) is None


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\x07", "\ufeff", "\n"])
def test_what_cannot_be_seen_is_refused(sign: str) -> None:
    assert code(read(f"102{sign}34")) == "identifier.invisible"


def test_blanks_around_are_taken_off_and_said() -> None:
    found = read(" 10234\u00a0")
    assert isinstance(found, Flawed)
    assert (found.value, found.flaw.code) == ("10234", "identifier.tidied")


def test_digits_that_may_lack_zeros_wait_for_the_country() -> None:
    reader = identifier_converter(TARGET, False, may_lack_zeros=True)
    assert type(reader.of(Kind.NUMBER, "General")("158")) is Unproved
    assert type(reader.of(Kind.NUMBER, "0000")("158")) is str
    assert type(reader.of(Kind.TEXT, "@")("158")) is str


def test_plain_forms() -> None:
    assert plain_organization("NO 923 609 016 MVA") == "923609016"
    assert plain_organization("923.609.016") == "923609016"
    assert plain_organization("2077474-0") == "2077474-0"
    assert compact("2026 0001 233") == "20260001233"
    assert compact("RF18 5390") == "RF18 5390"


@given(st.text(max_size=30), st.sampled_from([Kind.TEXT, Kind.NUMBER, Kind.DATE]))
def test_never_a_float_and_never_a_crash(text: str, kind: Kind) -> None:
    found = read(text, kind)
    assert found is None or isinstance(found, str | Flawed)


@given(st.integers(0, 10**15 - 1))
def test_every_whole_number_keeps_its_digits(number: int) -> None:
    assert read(str(number), Kind.NUMBER) == str(number)


def test_an_organisation_number_without_blanks_is_told_when_it_changes() -> None:
    reader = identifier_converter(TARGET, False, tidy_form=plain_organization)
    found = reader.of(Kind.TEXT, "@")("NO923609016MVA")
    assert isinstance(found, Flawed)
    assert (found.value, found.flaw.code) == ("923609016", "identifier.tidied")
