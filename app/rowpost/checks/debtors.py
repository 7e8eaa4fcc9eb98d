"""The rules over debtors: numbers that add up, somebody to reach, somebody to be sure of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rowpost.checks.rulebook import RULES
from rowpost.identifiers import is_organization, is_person, is_synthetic
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Value

_FROM_2032 = 2032
_NORDIC = ("NO", "SE", "FI", "DK")
_NUMBERS: Mapping[str, tuple[str, Callable[[str, str], bool], str, str]] = MappingProxyType(
    {
        "person": ("identificationNumber", is_person, "id.person_wrong", "id.person_elsewhere"),
        "organization": (
            "organizationNumber",
            is_organization,
            "id.organization_wrong",
            "id.organization_elsewhere",
        ),
    }
)
_OTHER_CONTACTS = ("addresses[0].zipCode", "addresses[0].city", "emails[0].value", "phoneNumbers[0]")
_REACHED_BY = frozenset({"addresses", "emails", "phoneNumbers"})


def debtor_flaws(debtor: Mapping[str, Any], path: str, home: str, today: date) -> list[Flaw]:
    """Judge one debtor at `path` (`debtors[0]`); `home` is the country of numbers that name none."""
    found: list[Flaw] = []
    person, company = debtor.get("identificationNumber"), debtor.get("organizationNumber")
    named = _country_named(debtor)
    if person is not None:
        found += _person_flaws(person, path, named or home, today, is_assumed=not named)
    if company is not None and not is_organization(company, named or home):
        found.append(_wrong("organization", path, company, named or home, is_assumed=not named))
    kind = debtor.get("type")
    if kind == "PRIVATE" and person is None and "dateOfBirth" not in debtor:
        found.append(_plain_flaw("debtor.private_without_id", path, "identificationNumber", ("dateOfBirth",)))
    elif kind == "COMPANY" and company is None:
        found.append(_plain_flaw("debtor.company_without_number", path, "organizationNumber", ()))
    if _REACHED_BY.isdisjoint(debtor):
        found.append(_plain_flaw("debtor.no_contact", path, "addresses[0].street", _OTHER_CONTACTS))
    return found


@lru_cache(maxsize=16_384)
def _person_flaws(number: str, path: str, country: str, today: date, *, is_assumed: bool) -> tuple[Flaw, ...]:
    """The same debtor often owes several invoices."""
    leaf = "identificationNumber"
    if not is_person(number, country, from_2032=today.year >= _FROM_2032):
        return (_wrong("person", path, number, country, is_assumed=is_assumed),)
    return (_flaw("id.synthetic", path, leaf, value=number),) if is_synthetic(number) else ()


def _wrong(whose: str, path: str, number: str, country: str, *, is_assumed: bool) -> Flaw:
    """Say that a number does not add up, or that it does in another country than the row is taken to be of.

    Denmark is asked last: of a CPR number only the date can be judged, so much fits it by chance.
    `iso` is the country that would cure all such rows, '' where the row has named its own.
    """
    leaf, adds_up, wrong, elsewhere = _NUMBERS[whose]
    there = next((other for other in _NORDIC if other != country and adds_up(number, other)), "")
    if there:
        iso = there if is_assumed else ""
        return _flaw(elsewhere, path, leaf, value=number, country=there, iso=iso, other_country=country)
    return _flaw(wrong, path, leaf, value=number)


def _country_named(debtor: Mapping[str, Any]) -> str:
    addresses = debtor.get("addresses")
    return (addresses[0].get("countryCode") if addresses else None) or ""


def _flaw(code: str, debtor: str, leaf: str, **values: Value) -> Flaw:
    return Flaw(code, RULES[code].severity, f"{debtor}.{leaf}", {"field": leaf, **values})


@lru_cache(maxsize=256)
def _plain_flaw(code: str, debtor: str, leaf: str, related: tuple[str, ...]) -> Flaw:
    """One and the same flaw for all rows: it says nothing about their values."""
    others = tuple(f"{debtor}.{name}" for name in related)
    return Flaw(code, RULES[code].severity, f"{debtor}.{leaf}", {"field": leaf.rpartition(".")[2]}, others)
