"""Phone numbers: country code, what was written, and the digits."""

from __future__ import annotations

import re
from dataclasses import replace

from rowpost.mapping.converters.base import Converter
from rowpost.mapping.converters.identifier import identifier_converter
from rowpost.mapping.results import Converted, Flawed, Target

_SIGNS = re.compile(r"[\s().\-/\u2010-\u2015]+")
_FOREIGN = re.compile(r"(?:\+|00)([0-9]{4,15})")
_PLAIN_LENGTH = 8  # of most Norwegian and Danish numbers
_HOME = re.compile(r"[0-9]{5,15}")
# ITU-T E.164: the codes met here; 1 and 7 are the only codes of one digit
_CODES = (
    "47",
    "46",
    "45",
    "358",
    "354",
    "298",
    "299",
    "44",
    "49",
    "48",
    "370",
    "371",
    "372",
    "31",
    "32",
    "33",
)
_TRUNK_CODES = frozenset({"46", "358"})  # where a number at home begins with 0
_HOME_CODES = {"NO": "47", "SE": "46", "DK": "45", "FI": "358"}


def phone_converter(target: Target, epoch_1904: bool, country: str) -> Converter:
    """Return {countryCode, originalValue, value}; `country` says where numbers without a code are from."""
    home = _HOME_CODES.get(country, "")
    base = identifier_converter(target, epoch_1904)

    def from_text(text: str) -> Converted:
        return _phone(target, base.text(text), home)

    def from_number(stored: str, number_format: str) -> Converted:
        return _phone(target, base.number(stored, number_format), home)

    return replace(base, text=from_text, number=from_number)


def _phone(target: Target, found: Converted, home: str) -> Converted:
    written = found.value if isinstance(found, Flawed) else found
    if not isinstance(written, str):
        return found
    if len(written) == _PLAIN_LENGTH and written.isdigit() and written.isascii() and written[0] != "0":
        return _spelled(home, written, written)
    digits = _SIGNS.sub("", written.replace("(0)", ""))
    foreign = _FOREIGN.fullmatch(digits)
    if foreign:
        code, number = _split(foreign[1])
        return _spelled(code, written, number)
    if _HOME.fullmatch(digits):
        return _at_home(home, written, digits)
    return target.fails("phone.not_a_number", {"value": written})


def phone_in(country: str, phone: dict[str, str]) -> dict[str, str]:
    """Return the phone as it reads in the debtor's own country; one written with its code stays."""
    written = phone["originalValue"]
    digits = _SIGNS.sub("", written.replace("(0)", ""))
    return phone if _FOREIGN.fullmatch(digits) else _at_home(_HOME_CODES.get(country, ""), written, digits)


def _at_home(code: str, written: str, digits: str) -> dict[str, str]:
    """A number without a country code; it is given one only where such numbers exist there."""
    if code in _TRUNK_CODES:
        return _spelled(code, written, digits.removeprefix("0"))
    return _spelled("" if digits.startswith("0") and len(digits) > _PLAIN_LENGTH else code, written, digits)


def _spelled(code: str, written: str, number: str) -> dict[str, str]:
    phone = {"originalValue": written, "value": number}
    return {"countryCode": code, **phone} if code else phone


def _split(digits: str) -> tuple[str, str]:
    code = next((code for code in _CODES if digits.startswith(code)), "")
    return code, digits.removeprefix(code)
