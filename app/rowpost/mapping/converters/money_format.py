"""What a number format says beside the digits: a currency, or that the number is a percentage."""

from __future__ import annotations

import re
from functools import lru_cache

_BRACKET = re.compile(r"\[\$(?P<sign>[^\]-]*)(?:-(?P<place>[^\]]*))?\]")
_QUOTED = re.compile(r'"([^"]*)"')
_OTHER_BRACKET = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"\b[A-Za-z]{3}\b")
_DOLLARS_OF = "409"  # the United States; any other dollar may be another country's
_SIGNS = {"€": "EUR", "£": "GBP", "US$": "USD"}
_CODES = frozenset(
    {"NOK", "SEK", "DKK", "EUR", "USD", "GBP", "ISK", "CHF", "PLN", "CZK", "HUF", "CAD", "AUD", "JPY"}
)


@lru_cache(maxsize=512)
def currency_shown(number_format: str) -> str:
    """Return the currency that a format writes beside its digits, '' for none or one that is not told.

    "kr" may be three countries', and a bare "$" is what the file says for the reader's own currency
    (Excel's built-in formats 5 to 8 and 37 to 44): neither names one.
    """
    section = number_format.partition(";")[0]
    for found in _BRACKET.finditer(section):
        sign, place = found["sign"].strip(), found["place"] or ""
        if sign == "$" and place.lstrip("0") == _DOLLARS_OF:
            return "USD"
        if named := _named(sign):
            return named
    rest = _OTHER_BRACKET.sub(" ", section)
    quoted = " ".join(_QUOTED.findall(rest))
    bare = _QUOTED.sub(" ", rest).replace("\\", "")
    return _named(quoted) or _named(bare)


@lru_cache(maxsize=512)
def is_percentage(number_format: str) -> bool:
    """Whether Excel shows the number a hundred times as large, with a percent sign."""
    section = _OTHER_BRACKET.sub("", _QUOTED.sub("", number_format.partition(";")[0]))
    return "%" in section.replace("\\%", "")


def _named(text: str) -> str:
    signs = (code for sign, code in _SIGNS.items() if sign in text)
    words = (word.upper() for word in _WORD.findall(text) if word.upper() in _CODES)
    return next(signs, "") or next(words, "")
