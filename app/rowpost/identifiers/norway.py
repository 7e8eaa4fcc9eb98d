"""Norway: fødselsnummer with its D, H and synthetic kin, and organisasjonsnummer."""

from __future__ import annotations

from datetime import date

from rowpost.identifiers.digits import day, is_digits, weighted

_FIRST_CHECK = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_CHECK = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_ORGANIZATION = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_D_NUMBER = 40  # added to the day
_NAV_OR_H, _TENOR = 40, 80  # added to the month
_SOFT_REMAINDERS = 4  # from 2032 the first check digit may leave 0, 1, 2 or 3 (Skatteetaten)


def is_person(number: str, *, from_2032: bool = False) -> bool:
    """Whether 11 digits are a fødselsnummer, D-, H- or synthetic number that adds up."""
    if not is_digits(number, 11):
        return False
    first = weighted(number, _FIRST_CHECK) % 11
    if first >= (_SOFT_REMAINDERS if from_2032 else 1) or weighted(number, _SECOND_CHECK) % 11:
        return False
    return birth_date(number) is not None


def is_synthetic(number: str) -> bool:
    """Whether the month is that of a person made for tests (Tenor +80, NAV +40; H-numbers look the same)."""
    return is_digits(number, 11) and int(number[2:4]) > _NAV_OR_H


def birth_date(number: str) -> date | None:
    """Return the date of birth in 11 digits, None where they hold none."""
    day_of_month, month, year, individual = (
        int(number[:2]),
        int(number[2:4]),
        int(number[4:6]),
        int(number[6:9]),
    )
    day_of_month -= _D_NUMBER if day_of_month > _D_NUMBER else 0
    month -= _TENOR if month > _TENOR else _NAV_OR_H if month > _NAV_OR_H else 0
    century = _century(year, individual)
    return day(century + year, month, day_of_month) if century else None


def _century(year: int, individual: int) -> int:
    """Skatteetaten's table of individual numbers; 0 where it has no entry."""
    if individual < 500:
        return 1900
    if individual < 750 and year >= 54:
        return 1800
    if year < 40:
        return 2000
    return 1900 if individual >= 900 else 0


def is_organization(number: str) -> bool:
    """Whether 9 digits are an organisasjonsnummer that adds up."""
    return is_digits(number, 9) and weighted(number, _ORGANIZATION) % 11 == 0
