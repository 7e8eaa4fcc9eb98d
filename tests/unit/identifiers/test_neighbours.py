"""Sweden, Denmark and Finland: vectors and the oracle."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cvr
from stdnum.fi import hetu, ytunnus
from stdnum.se import orgnr, personnummer

from rowpost.identifiers import (
    Bearer,
    bearer,
    denmark,
    finland,
    is_organization,
    is_person,
    looks_like,
    padded,
    sweden,
)


@pytest.mark.parametrize(
    "number", ["6408233234", "640823-3234", "196408233234", "19640823-3234", "640823+3234"]
)
def test_swedish_persons(number: str) -> None:
    assert sweden.is_person(number)
    assert not sweden.is_organization(number)


def test_swedish_coordination_number_has_sixty_added_to_the_day() -> None:
    assert sweden.is_person("701063-2391")
    assert sweden.birth_date("701063-2391") == date(1970, 10, 3)


@pytest.mark.parametrize("number", ["5560360793", "556036-0793", "165560360793"])
def test_swedish_organisations(number: str) -> None:
    assert sweden.is_organization(number)
    assert not sweden.is_person(number)


def test_danish_numbers() -> None:
    assert denmark.is_person("211062-5629")
    assert denmark.is_person("0101700000")  # modulo 11 was given up: the date alone counts
    assert not denmark.is_person("3213700000")
    assert denmark.is_organization("13585628")
    assert not denmark.is_organization("13585627")
    assert not denmark.is_organization("00000000")


@pytest.mark.parametrize("sign", "+-YXWVUABCDEF")
def test_finnish_persons_with_every_sign(sign: str) -> None:
    rest = "0123456789ABCDEFHJKLMNPRSTUVWXY"[131052308 % 31]
    assert finland.is_person(f"131052{sign}308{rest}")
    assert not finland.is_person(f"131052{sign}309{rest}")


def test_finnish_test_persons_are_synthetic() -> None:
    rest = "0123456789ABCDEFHJKLMNPRSTUVWXY"[131052908 % 31]
    assert finland.is_person(f"131052-908{rest}")
    assert finland.is_synthetic(f"131052-908{rest}")
    assert not finland.is_synthetic("131052-308T")


def test_finnish_organisations() -> None:
    assert finland.is_organization("2077474-0")
    assert finland.is_organization("20774740")
    assert not finland.is_organization("2077474-1")


def test_other_countries_are_not_judged() -> None:
    assert is_person("anything", "DE")
    assert is_organization("anything", "GB")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("10915596784", Bearer.PERSON),
        ("923609016", Bearer.ORGANIZATION),
        ("NO 923 609 016 MVA", Bearer.ORGANIZATION),
        ("556036-0793", Bearer.ORGANIZATION),
        ("640823-3234", Bearer.PERSON),
        ("131052-308T", Bearer.PERSON),
        ("2077474-0", Bearer.ORGANIZATION),
        ("12345", None),
        ("", None),
    ],
)
def test_whose_number_it_is(text: str, whose: Bearer | None) -> None:
    assert bearer(text) is whose


def test_zeros_are_put_back_only_where_the_check_digits_prove_it() -> None:
    assert padded("1010750160", 11, lambda text: text == "01010750160") == "01010750160"
    assert padded("1010750160", 11, lambda _: False) is None
    assert padded("1010750160", 11, lambda _: True) is None  # it is a number as it stands
    assert padded("", 11, lambda _: True) is None


@given(st.integers(0, 9999999999))
def test_the_oracle_agrees_on_sweden(number: int) -> None:
    text = f"{number:010}"
    assert sweden.is_organization(text) == (orgnr.is_valid(text) and text[2] >= "2")
    if int(text[4:6]) <= 31:  # stdnum knows no samordningsnummer
        assert sweden.is_person(text) == (personnummer.is_valid(text) or _born_later(text))


def _born_later(text: str) -> bool:
    """stdnum takes two digits of a year for the past century only as far as today."""
    return sweden.is_person(text) and not personnummer.is_valid(text) and sweden.birth_date(text) is not None


@given(st.integers(0, 99999999))
def test_the_oracle_agrees_on_danish_companies(number: int) -> None:
    text = f"{number:08}"
    assert denmark.is_organization(text) == cvr.is_valid(text)


@given(st.integers(0, 99999999))
def test_the_oracle_agrees_on_finnish_companies(number: int) -> None:
    text = f"{number:08}"
    assert finland.is_organization(text) == ytunnus.is_valid(text)


@given(
    st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.sampled_from("+-A"), st.integers(0, 899)
)
def test_the_oracle_agrees_on_finnish_persons(day: int, month: int, year: int, sign: str, own: int) -> None:
    for check in "0123456789ABCDEFHJKLMNPRSTUVWXY":
        text = f"{day:02}{month:02}{year:02}{sign}{own:03}{check}"
        assert finland.is_person(text) == hetu.is_valid(text)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("10915596785", Bearer.PERSON),  # one digit is wrong
        ("109155 96785", Bearer.PERSON),
        ("010190-999X", Bearer.PERSON),
        ("923609017", Bearer.ORGANIZATION),
        ("NO 923 609 017 MVA", Bearer.ORGANIZATION),
        ("0737546-1", Bearer.ORGANIZATION),
        ("5560160681", None),  # of a Swedish company or person, or a Danish person
        ("13585629", None),
        ("1091559678", None),
        ("", None),
        ("Kari", None),
    ],
)
def test_a_wrong_number_shows_whose_it_was_to_be(text: str, whose: Bearer | None) -> None:
    assert bearer(text) is None
    assert looks_like(text) is whose
