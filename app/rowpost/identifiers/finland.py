"""Finland: henkilötunnus with all signs for the century, and Y-tunnus."""

from __future__ import annotations

import re
from datetime import date

from rowpost.identifiers.digits import day, weighted

_HETU = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([-+YXWVUABCDEF])([0-9]{3})([0-9A-Y])")
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_FIRST_MADE_UP = 900  # individual numbers from here on are for tests only
_Y_TUNNUS = re.compile(r"([0-9]{7})-?([0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1)


def is_person(number: str) -> bool:
    """Whether this is a henkilötunnus whose check sign and date are right."""
    found = _HETU.fullmatch(number.upper())
    if not found or int(found[5]) < 2 or birth_date(number) is None:
        return False
    return _CHECK_SIGNS[int(found[1] + found[2] + found[3] + found[5]) % 31] == found[6]


def is_synthetic(number: str) -> bool:
    """Whether the individual number is one of those that no person gets."""
    found = _HETU.fullmatch(number.upper())
    return found is not None and int(found[5]) >= _FIRST_MADE_UP


def birth_date(number: str) -> date | None:
    """Return the date of birth, None where there is none."""
    found = _HETU.fullmatch(number.upper())
    return day(_CENTURIES[found[4]] + int(found[3]), int(found[2]), int(found[1])) if found else None


def is_organization(number: str) -> bool:
    """Whether this is a Y-tunnus that adds up."""
    found = _Y_TUNNUS.fullmatch(number)
    return found is not None and weighted(found[1] + found[2], _WEIGHTS) % 11 == 0
