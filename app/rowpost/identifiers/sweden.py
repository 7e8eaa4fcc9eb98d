"""Sweden: personnummer, samordningsnummer and organisationsnummer, with or without century and hyphen."""

from __future__ import annotations

import re
from datetime import date

from rowpost.identifiers.digits import day, luhn

_FORM = re.compile(r"([0-9]{2})?([0-9]{6})([-+]?)([0-9]{4})")
_COORDINATION = 60  # added to the day of a samordningsnummer
_OF_A_COMPANY = "16"  # written in front of the ten digits


def is_person(number: str) -> bool:
    """Whether this is a personnummer or samordningsnummer that adds up and holds a date."""
    found = _FORM.fullmatch(number)
    return found is not None and luhn(_ten(found)) and birth_date(number) is not None


def is_organization(number: str) -> bool:
    """Whether this is an organisationsnummer: the third digit is at least 2, so that it is no month."""
    found = _FORM.fullmatch(number)
    if not found or found[1] not in {None, _OF_A_COMPANY} or found[3] == "+":
        return False
    return found[2][2] >= "2" and luhn(_ten(found))


def birth_date(number: str) -> date | None:
    """Return the date of birth; without a century it is taken as 19xx, or 18xx after '+'."""
    found = _FORM.fullmatch(number)
    if not found:
        return None
    year, month, day_of_month = (int(found[2][at : at + 2]) for at in (0, 2, 4))
    if day_of_month > _COORDINATION:
        day_of_month -= _COORDINATION
    if found[1]:
        return day(int(found[1]) * 100 + year, month, day_of_month)
    # 29 February decides nothing here: 1900 was no leap year, 2000 was
    centuries = (1800, 1900) if found[3] == "+" else (1900, 2000)
    return next((found_day for c in centuries if (found_day := day(c + year, month, day_of_month))), None)


def _ten(found: re.Match[str]) -> str:
    return found[2] + found[4]
