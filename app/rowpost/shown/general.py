"""The format General, and what Excel makes of a stored number before it shows it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

from rowpost.shown.habits import EXCEL_US, Habits

_SHOWN_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDTH = 11  # characters of a number in General, its sign apart
_LARGE = Decimal(10) ** _WIDTH
_SMALL = Decimal("0.0001")
_MANTISSA = Context(prec=6, rounding=ROUND_HALF_UP)


def shown_value(stored: str) -> Decimal | None:
    """Return the number Excel shows: the stored double to 15 significant digits.

    None where the text is no number, or one that no cell can hold.
    """
    try:
        number = float(stored)
    except ValueError:
        return None
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return None
    return _SHOWN_DIGITS.create_decimal(repr(number))


def general(value: Decimal, habits: Habits = EXCEL_US) -> str:
    """Show a number in General, in a column that is wide enough."""
    return _general(value).replace(".", habits.decimal)


def _general(value: Decimal) -> str:
    size = abs(value)
    sign = "-" if value < 0 else ""
    if not size:
        return "0"
    if size < _LARGE and (text := _fixed(size)):
        return sign + text
    return sign + scientific(size)


def _fixed(size: Decimal) -> str:
    """Digits without an exponent within the width; '' where too few of them would be left."""
    whole = max(size.adjusted() + 1, 1)
    decimals = max(_WIDTH - whole - 1, 0)
    rounded = size.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = trimmed(f"{rounded:f}")
    if size < _SMALL and rounded != size:
        return ""
    return text if len(text) <= _WIDTH else ""


def scientific(size: Decimal) -> str:
    """Show as 1.23457E+15: up to five decimals, at least two digits of exponent."""
    rounded = _MANTISSA.plus(size)
    exponent = rounded.adjusted()
    mantissa = trimmed(f"{rounded.scaleb(-exponent):f}")
    return f"{mantissa}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def trimmed(text: str) -> str:
    """Drop zeros at the end of the decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text
