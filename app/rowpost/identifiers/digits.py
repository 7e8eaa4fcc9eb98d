"""The arithmetic that check digits share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import mul

_DIGITS = b"0123456789"
_VALUES = bytes.maketrans(_DIGITS, bytes(range(10)))
_DOUBLED = bytes.maketrans(_DIGITS, bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))  # the digit sum of twice the digit


def is_digits(text: str, *lengths: int) -> bool:
    """Whether a text is ASCII digits only, of one of these lengths (any length where none is given)."""
    return text.isascii() and text.isdigit() and (not lengths or len(text) in lengths)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of digit times weight."""
    return sum(map(mul, digits.encode().translate(_VALUES), weights))


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn (MOD10) check digit of the others."""
    signs = digits.encode()
    return (sum(signs[::-2].translate(_VALUES)) + sum(signs[-2::-2].translate(_DOUBLED))) % 10 == 0


def day(year: int, month: int, day_of_month: int) -> date | None:
    """Return the day, None if the calendar has no such day."""
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
