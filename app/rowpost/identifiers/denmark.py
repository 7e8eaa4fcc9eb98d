"""Denmark: CPR number (its date only: modulo 11 was given up in 2007) and CVR number."""

from __future__ import annotations

import re
from datetime import date

from rowpost.identifiers.digits import day, is_digits, weighted

_CPR = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})-?([0-9])[0-9]{3}")
_CVR = (2, 7, 6, 5, 4, 3, 2, 1)


def is_person(number: str) -> bool:
    """Whether this has the form of a CPR number and holds a date."""
    return birth_date(number) is not None


def birth_date(number: str) -> date | None:
    """Return the date of birth; the seventh digit tells the century (CPR-kontoret's table)."""
    found = _CPR.fullmatch(number)
    if not found:
        return None
    day_of_month, month, year, seventh = (int(part) for part in found.groups())
    return day(_century(year, seventh) + year, month, day_of_month)


def _century(year: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in {4, 9}:
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def is_organization(number: str) -> bool:
    """Whether 8 digits are a CVR number that adds up."""
    return is_digits(number, 8) and number[0] != "0" and weighted(number, _CVR) % 11 == 0
