"""Identifiers: digits and letters that must arrive exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from rowpost.mapping.converters.base import Converter, shown, truth
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.results import Converted, FromText, Target, Unproved
from rowpost.model.cells import Kind

EXACT_DIGITS = 15  # Excel keeps no more significant digits of a number
_PLAIN_FORMATS = frozenset({"General", "0", "@", ""})
_BLANK_OR_EXPONENT = re.compile(r" |^[0-9.,]+[eE]")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
_NO_DECIMALS = re.compile(r"[.,]0+$")
_SEPARATORS = re.compile(r"[.,' \u2019\u00a0\u202f](?=[0-9]{3})")
_NORWEGIAN = re.compile(r"(?:NO)?([0-9]{9})(?:MVA)?", re.IGNORECASE)
_DIGITS_AND_BLANKS = re.compile(r"[0-9][0-9 \u00a0\u202f]*")


def identifier_converter(
    target: Target,
    epoch_1904: bool,
    *,
    may_lack_zeros: bool = False,
    tidy_form: Callable[[str], str] = str,
) -> Converter:
    """Text cells as they stand; number cells as Excel shows them if that is digits, else the whole number.

    Where Excel shows more than the number (`"F-"0000`), that is told: a person decides what is meant.

    A number of more than 15 digits has been changed by Excel when it was entered: it cannot be used.
    `tidy_form` takes blanks and the like out of a text that is more than spelling away from its
    plain form; it must keep every digit.
    """
    read_text = _text_reader(target, tidy_form)

    def from_number(stored: str, number_format: str) -> Converted:
        whole = whole_number(stored)
        if whole is None:
            text = shown(Kind.NUMBER, stored, number_format, epoch_1904)
            return target.fails("identifier.not_whole", {"value": text})
        if len(whole.lstrip("-")) > EXACT_DIGITS:
            return target.fails("identifier.damaged", {"value": whole})
        digits, more = _as_shown(stored, whole, number_format, epoch_1904)
        if more is not None:
            return target.warns(whole, "identifier.shown_otherwise", {"value": more, "result": whole})
        return Unproved(digits) if may_lack_zeros and digits == whole else digits

    def from_date(stored: str, number_format: str) -> Converted:
        text = shown(Kind.DATE, stored, number_format, epoch_1904)
        return target.fails("identifier.is_date", {"value": text})

    def from_boolean(stored: str) -> Converted:
        return target.fails("identifier.is_boolean", {"value": truth(stored)})

    return Converter(target, read_text, from_number, from_date, from_boolean)


def whole_number(stored: str) -> str | None:
    """Return the digits of a stored number that is whole, with '-' before a negative one, else None."""
    if stored.isascii() and stored.isdigit():
        return stored.lstrip("0") or "0"
    try:
        value = Decimal(stored)
    except InvalidOperation:
        return None
    if not value.is_finite() or value != value.to_integral_value() or value.adjusted() > 30:
        return None
    return str(int(value))


def _as_shown(stored: str, whole: str, number_format: str, epoch_1904: bool) -> tuple[str, str | None]:
    """Return the digits that Excel shows, else the whole number; and what it shows where that is more."""
    if number_format in _PLAIN_FORMATS:
        return whole, None
    text = shown(Kind.NUMBER, stored, number_format, epoch_1904)
    if _DIGITS_AND_BLANKS.fullmatch(text):
        return "".join(text.split()), None
    return whole, None if _only_dressed(text, whole) else text


def _only_dressed(text: str, whole: str) -> bool:
    """Whether Excel shows the same digits: with signs between thousands, with .00, or as 1.2E+05."""
    if _SCIENTIFIC.fullmatch(text):
        return True
    plain = _SEPARATORS.sub("", _NO_DECIMALS.sub("", text))
    return plain == whole


def _text_reader(target: Target, tidy_form: Callable[[str], str]) -> FromText:
    def from_text(text: str) -> Converted:
        if text.isdigit() and text.isascii():
            return text
        if not _BLANK_OR_EXPONENT.search(text) and text.isascii() and text.isprintable():
            return told(text, tidy_form(text))
        found = tidy(text)
        if found.invisible or found.broken:
            signs = found.invisible or "U+000A"
            return target.fails("identifier.invisible", {"value": found.text, "signs": signs})
        if _SCIENTIFIC.fullmatch(found.text):
            return target.fails("identifier.damaged", {"value": found.text})
        return told(text, tidy_form(found.text))

    def told(text: str, kept: str) -> Converted:
        if kept != text and kept:
            return target.notes(kept, "identifier.tidied", {"value": text, "result": kept})
        return kept or None

    return from_text


def compact(text: str) -> str:
    """Take the blanks out of digits: '2026 0001 233' -> '20260001233'; other texts stay."""
    joined = "".join(text.split())
    return joined if joined.isascii() and joined.replace("-", "").isdigit() else text


def plain_organization(text: str) -> str:
    """Take blanks, dots, a leading NO and a trailing MVA away: 'NO 923 609 016 MVA' -> '923609016'."""
    found = _NORWEGIAN.fullmatch("".join(text.replace(".", "").split()))
    return found[1] if found else compact(text)
