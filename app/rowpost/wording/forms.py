"""Numbers and dates as people of each language write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

# language -> (between thousands, before decimals, date); CLDR, with day-month-year for English,
# because its readers here work in Nordic offices
_FORMS: Mapping[str, tuple[str, str, str]] = {
    "en": (",", ".", "%d.%m.%Y"),
    "nb": (NO_BREAK_SPACE, ",", "%d.%m.%Y"),
    "sv": (NO_BREAK_SPACE, ",", "%Y-%m-%d"),
    "da": (".", ",", "%d.%m.%Y"),
    "fi": (NO_BREAK_SPACE, ",", "%d.%m.%Y"),
}


def whole_number(value: int, language: str) -> str:
    """Write 12345 as 12 345."""
    return f"{value:,}".replace(",", _FORMS[language][0])


def amount(value: Decimal, language: str) -> str:
    """Write an amount with two decimals, more only if it has more: 1 234,50."""
    thousands, decimal, _ = _FORMS[language]
    exponent = value.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    text = f"{value:,.{places}f}"
    return text.translate({ord(","): thousands, ord("."): decimal})


def day(value: date, language: str) -> str:
    """Write a date; of a moment, its day."""
    return value.strftime(_FORMS[language][2])


def moment(value: datetime, language: str) -> str:
    """Write a moment to the minute, in the time zone it carries."""
    return f"{day(value, language)} {value:%H:%M}"
