"""Numbers and dates as people of each language write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

# language -> (between thousands, before decimals, date); CLDR, with day-month-year for English,
# because its readers here work in Nordic offices
_FORMS: Mapping[str, tuple[str, str, str]] = {
    "en": (",", ".", "{0.day:02}.{0.month:02}.{0.year:04}"),
    "nb": (NO_BREAK_SPACE, ",", "{0.day:02}.{0.month:02}.{0.year:04}"),
    "sv": (NO_BREAK_SPACE, ",", "{0.year:04}-{0.month:02}-{0.day:02}"),
    "da": (".", ",", "{0.day:02}.{0.month:02}.{0.year:04}"),
    "fi": (NO_BREAK_SPACE, ",", "{0.day}.{0.month}.{0.year:04}"),
}
_QUOTES = {"en": ('"', '"'), "nb": ("«", "»"), "sv": ("”", "”"), "da": ("”", "”"), "fi": ("”", "”")}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta"
    " lokakuuta marraskuuta joulukuuta",
}
_AFTER_DAY = {"nb": ".", "da": ".", "fi": "."}
_LARGEST_EXPONENT = 40  # beyond it a number is no amount, and its digits could fill the memory


def whole_number(value: int, language: str) -> str:
    """Write 12345 as 12 345."""
    return f"{value:,}".replace(",", _FORMS[language][0])


def amount(value: Decimal, language: str) -> str:
    """Write an amount with two decimals, more only if it has more: 1 234,50. Nothing is rounded."""
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return str(value)
    thousands, decimal, _ = _FORMS[language]
    whole, _, fraction = f"{value:f}".partition(".")
    return f"{Decimal(whole):,}".replace(",", thousands) + decimal + fraction.rstrip("0").ljust(2, "0")


def day(value: date, language: str) -> str:
    """Write a date; of a moment, its day."""
    return _FORMS[language][2].format(value)


def spoken_day(value: date, language: str) -> str:
    """Write a date as it is said in a sentence: 3 November 2026."""
    day = f"{value.day}{_AFTER_DAY.get(language, '')}"
    return f"{day}{NO_BREAK_SPACE}{_MONTHS[language].split()[value.month - 1]} {value.year}"


def moment(value: datetime, language: str) -> str:
    """Write a moment to the minute, in the time zone it carries."""
    clock = f"{value.hour}.{value:%M}" if language == "fi" else f"{value:%H:%M}"
    return f"{day(value, language)} {clock}"


def quoted(text: str, language: str) -> str:
    """Set a text in the language's quotation marks."""
    return text.join(_QUOTES[language])
