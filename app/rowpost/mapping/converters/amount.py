"""Amounts: Decimal in major units, two decimals, exactly what the cell says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from rowpost.mapping.converters.base import Converter, shown, truth
from rowpost.mapping.converters.money_format import currency_shown, is_percentage
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.document import NumberStyle
from rowpost.mapping.results import Converted, Priced, Target
from rowpost.model.cells import Kind

CENT = Decimal("0.01")
_NOISE = Decimal("0.000001")  # Excel writes 0.30000000000000004 for 0.3
_PLACES = {"": "00", **{f"{n}": "0" for n in range(10)}, **{f"{n:02}": "" for n in range(100)}}
_PLAIN_DIGITS = 13  # longer numbers go the careful way
_TOO_LARGE = Decimal(10) ** 15

_DRESSED = re.compile(
    r"(?P<open>\()?(?P<before>[-+\u2212])? ?(?:(?P<word>kr\.?|[A-Za-z]{3}|\u20ac) ?)?(?P<inner>[-+\u2212])?"
    r"(?P<digits>[0-9][0-9 .,]*?|[.,][0-9]+)(?P<dash>,[-\u2013\u2014])?(?P<after>[-\u2212])?"
    r" ?(?P<word2>kr\.?|[A-Za-z]{3}|\u20ac)?(?P<close>\))?",
    re.IGNORECASE,
)
_FORMS = {
    NumberStyle.COMMA: re.compile(r"(?:[0-9]{1,3}(?:[ .][0-9]{3})+|[0-9]+)(?:,[0-9]+)?|,[0-9]+"),
    NumberStyle.POINT: re.compile(r"(?:[0-9]{1,3}(?:[ ,][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"),
}
_MIXED_GROUPS = re.compile(r"[0-9]+ [0-9]+[.,][0-9]{3}[.,]|[.,][0-9]{3} [0-9]")
_CURRENCY_SIGNS = {"KR": "", "KR.": "", "\u20ac": "EUR"}


def readings(text: str) -> dict[NumberStyle, Decimal]:
    """Return what an amount written as text can mean, by number style; {} if it is no number."""
    found = _DRESSED.fullmatch(tidy(text).text)
    if not found or bool(found["open"]) != bool(found["close"]):
        return {}
    signs = [sign for sign in (found["before"], found["inner"], found["after"], found["open"]) if sign]
    if len(signs) > 1 or (found["word"] and found["word2"]):
        return {}
    sign = -1 if signs and signs[0] != "+" else 1
    return {style: sign * value for style, value in _digits(found["digits"].strip()).items()}


def currency_in(text: str) -> str:
    """Return the currency that stands beside the digits of an amount, '' for none or just 'kr'."""
    found = _DRESSED.fullmatch(tidy(text).text)
    word = (found["word"] or found["word2"] or "").upper() if found else ""
    return _CURRENCY_SIGNS.get(word, word)


def _digits(digits: str) -> dict[NumberStyle, Decimal]:
    if _MIXED_GROUPS.search(digits):
        return {}
    found = {}
    for style, form in _FORMS.items():
        if form.fullmatch(digits):
            group, point = (".", ",") if style is NumberStyle.COMMA else (",", ".")
            found[style] = Decimal(digits.replace(" ", "").replace(group, "").replace(point, "."))
    return found


def amount_converter(target: Target, epoch_1904: bool, style: NumberStyle | None, currency: str) -> Converter:
    """Stored numbers as they are; text by `style`, or where that is None only if it has one meaning.

    `currency` is the one that holds for all rows, '' where rows differ: an amount with another one
    inside its cell is kept with it, see `priced`.
    """
    reader = _Amounts(target, epoch_1904, style, currency)
    return Converter(target, reader.text, reader.number, reader.date, reader.boolean)


@dataclass(frozen=True, slots=True)
class _Amounts:
    """Reads the cells of one column of amounts."""

    target: Target
    epoch_1904: bool
    style: NumberStyle | None
    currency: str

    def text(self, text: str) -> Converted:
        """Read a written amount."""
        if not tidy(text).text:
            return None
        found = readings(text)
        if self.style is not None:
            found = {self.style: found[self.style]} if self.style in found else {}
        if not found:
            return self.target.fails("amount.not_a_number", {"value": text})
        if len(set(found.values())) > 1:
            return self.target.fails("amount.ambiguous", _both(text, found))
        return self._in_currency(self._rounded(next(iter(found.values()))), text)

    def number(self, stored: str, number_format: str) -> Converted:
        """Read a stored number; what its format shows beside it holds as much as what is written."""
        if is_percentage(number_format):
            return self.target.fails("amount.not_a_number", {"value": self._shown(stored, number_format)})
        named, amount = currency_shown(number_format), self._stored(stored)
        if not named or named == self.currency or not isinstance(amount, Decimal):
            return amount
        return Priced.of(amount, named, self._shown(stored, number_format))

    def _shown(self, stored: str, number_format: str) -> str:
        return shown(Kind.NUMBER, stored, number_format, self.epoch_1904)

    def _stored(self, stored: str) -> Converted:
        whole, _, cents = stored.partition(".")
        if cents in _PLACES and len(whole) < _PLAIN_DIGITS and whole.isdigit() and whole.isascii():
            return Decimal(f"{whole}.{cents}{_PLACES[cents]}")
        try:
            return self._rounded(Decimal(stored))
        except InvalidOperation:
            return self.target.fails("amount.not_a_number", {"value": stored})

    def date(self, stored: str, number_format: str) -> Converted:
        """Refuse a date."""
        text = shown(Kind.DATE, stored, number_format, self.epoch_1904)
        return self.target.fails("amount.is_date", {"value": text})

    def boolean(self, stored: str) -> Converted:
        """Refuse yes and no."""
        return self.target.fails("amount.not_a_number", {"value": truth(stored)})

    def _in_currency(self, amount: Converted, text: str) -> Converted:
        """Keep the currency that the cell names beside the amount, until that of the row is known."""
        named = currency_in(text)
        if not named or named == self.currency or not isinstance(amount, Decimal):
            return amount
        return Priced.of(amount, named, text)

    def _rounded(self, value: Decimal) -> Converted:
        if not value.is_finite() or abs(value) >= _TOO_LARGE:
            return self.target.fails("amount.too_large", {"value": value})
        cents = value.quantize(CENT, ROUND_HALF_UP)
        if abs(cents - value) >= _NOISE:
            return self.target.fails("amount.decimals", {"value": value})
        return cents


def _both(text: str, found: dict[NumberStyle, Decimal]) -> dict[str, str | Decimal]:
    return {"value": text, "one": found[NumberStyle.COMMA], "other": found[NumberStyle.POINT]}
