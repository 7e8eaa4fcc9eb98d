"""The rules over debtors: numbers that add up, somebody to reach, somebody to be sure of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from rowpost.checks.rulebook import RULES
from rowpost.identifiers import is_organization, is_person, is_synthetic
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Value

_FROM_2032 = 2032
_OTHER_CONTACTS = ("addresses[0].zipCode", "addresses[0].city", "emails[0].value", "phoneNumbers[0]")
_REACHED_BY = ("addresses", "emails", "phoneNumbers")


def debtor_flaws(debtor: Mapping[str, Any], path: str, home: str, today: date) -> Iterator[Flaw]:
    """Judge one debtor at `path` (`debtors[0]`); `home` is the country of numbers that name none."""
    country = _country(debtor, home)
    person, company = debtor.get("identificationNumber"), debtor.get("organizationNumber")
    if person is not None:
        yield from _person_flaws(person, path, country, today)
    if company is not None and not is_organization(company, country):
        yield _flaw("id.organization_wrong", path, "organizationNumber", value=company)
    yield from _kind_flaws(debtor.get("type"), debtor, path)
    if not any(name in debtor for name in _REACHED_BY):
        yield _flaw("debtor.no_contact", path, "addresses[0].street", _OTHER_CONTACTS)


def _kind_flaws(kind: str | None, debtor: Mapping[str, Any], path: str) -> Iterator[Flaw]:
    if kind == "PRIVATE" and "identificationNumber" not in debtor and "dateOfBirth" not in debtor:
        yield _flaw("debtor.private_without_id", path, "identificationNumber", ("dateOfBirth",))
    elif kind == "COMPANY" and "organizationNumber" not in debtor:
        yield _flaw("debtor.company_without_number", path, "organizationNumber")


def _person_flaws(number: str, path: str, country: str, today: date) -> Iterator[Flaw]:
    if not _adds_up(number, country, today.year >= _FROM_2032):
        yield _flaw("id.person_wrong", path, "identificationNumber", value=number)
    elif is_synthetic(number):
        yield _flaw("id.synthetic", path, "identificationNumber", value=number)


@lru_cache(maxsize=16_384)
def _adds_up(number: str, country: str, from_2032: bool) -> bool:
    """The same debtor often owes several invoices."""
    return is_person(number, country, from_2032=from_2032)


def _country(debtor: Mapping[str, Any], home: str) -> str:
    addresses = debtor.get("addresses")
    found = addresses[0].get("countryCode") if addresses else None
    return found or home


def _flaw(code: str, debtor: str, leaf: str, related: tuple[str, ...] = (), **values: Value) -> Flaw:
    if not values:
        return _plain_flaw(code, debtor, leaf, related)
    key = leaf.rpartition(".")[2]
    others = tuple(f"{debtor}.{name}" for name in related)
    return Flaw(code, RULES[code].severity, f"{debtor}.{leaf}", {"field": key, **values}, others)


@lru_cache(maxsize=256)
def _plain_flaw(code: str, debtor: str, leaf: str, related: tuple[str, ...]) -> Flaw:
    """One and the same flaw for all rows: it says nothing about their values."""
    others = tuple(f"{debtor}.{name}" for name in related)
    return Flaw(code, RULES[code].severity, f"{debtor}.{leaf}", {"field": leaf.rpartition(".")[2]}, others)
