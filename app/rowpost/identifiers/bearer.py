"""Whose number it is, a person's or an organisation's, and in which country."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from rowpost.identifiers import denmark, finland, norway, sweden

Test = Callable[[str], bool]
_PERSON: Mapping[str, Test] = MappingProxyType(
    {"NO": norway.is_person, "SE": sweden.is_person, "FI": finland.is_person, "DK": denmark.is_person}
)
_ORGANIZATION: Mapping[str, Test] = MappingProxyType(
    {
        "NO": norway.is_organization,
        "SE": sweden.is_organization,
        "FI": finland.is_organization,
        "DK": denmark.is_organization,
    }
)


class Bearer(StrEnum):
    """Who bears a number."""

    PERSON = "person"
    ORGANIZATION = "organization"


_FORMS: Mapping[Bearer, re.Pattern[str]] = MappingProxyType(
    {
        Bearer.PERSON: re.compile(r"[0-9]{11}|[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]"),  # Norway, Finland
        Bearer.ORGANIZATION: re.compile(r"[0-9]{9}|[0-9]{7}-[0-9]"),
    }
)


def is_person(number: str, country: str = "", *, from_2032: bool = False) -> bool:
    """Whether a national identity number adds up in that country, or for '' in any of the four."""
    if country in {"", "NO"} and from_2032 and norway.is_person(number, from_2032=True):
        return True
    return any(adds_up(number) for adds_up in _of(_PERSON, country))


def is_organization(number: str, country: str = "") -> bool:
    """Whether an organisation number adds up in that country, or for '' in any of the four."""
    return any(adds_up(number) for adds_up in _of(_ORGANIZATION, country))


def is_synthetic(number: str) -> bool:
    """Whether a number that adds up belongs to nobody: made for tests."""
    return norway.is_synthetic(number) or finland.is_synthetic(number)


def birth_date(number: str, country: str = "") -> date | None:
    """Return the date of birth that a number holds; None for Swedish ones, which lack the century."""
    if country in {"", "NO"} and norway.is_person(number):
        return norway.birth_date(number)
    if country in {"", "FI"} and finland.is_person(number):
        return finland.birth_date(number)
    return denmark.birth_date(number) if country == "DK" else None


def bearer(text: str) -> Bearer | None:
    """Tell a person's number from an organisation's; None where it is neither, or could be both."""
    plain = "".join(text.upper().split()).removeprefix("NO").removesuffix("MVA")
    organization, person = is_organization(plain), is_person(plain)
    if organization != person:
        return Bearer.ORGANIZATION if organization else Bearer.PERSON
    return None


def looks_like(text: str) -> Bearer | None:
    """Whose number it would be by its form alone, right or wrong; None where the form tells nothing.

    Ten digits may be a Swedish company or person, or a Danish person.
    """
    plain = "".join(text.upper().split()).removeprefix("NO").removesuffix("MVA")
    return next((whose for whose, form in _FORMS.items() if form.fullmatch(plain)), None)


def padded(digits: str, length: int, adds_up: Test) -> str | None:
    """Return digits with their lost leading zeros, only where the check digits prove it."""
    full = digits.rjust(length, "0")
    return full if 0 < len(digits) < length and adds_up(full) and not adds_up(digits) else None


def _of(tests: Mapping[str, Test], country: str) -> tuple[Test, ...]:
    if not country:
        return tuple(tests.values())
    return (tests.get(country, _no_rule),)


def _no_rule(_: str) -> bool:
    """Numbers of other countries are not judged."""
    return True
