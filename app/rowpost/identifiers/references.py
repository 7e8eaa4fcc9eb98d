"""Payment references: KID, OCR, FIK, viitenumero, RF.

18 % of random numbers pass: one that does is plausible, never correct.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import cycle
from types import MappingProxyType

from rowpost.identifiers.digits import is_digits, luhn, weighted

_KID = re.compile(r"[0-9]{3,24}[0-9-]")
_RF = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")
_FIK = re.compile(r"\+?(?P<type>7[15])<(?P<number>[0-9]{15,16})(?:\+[0-9]{8}<)?")
_FIK_LENGTHS = {"71": 15, "75": 16}


def is_plausible_reference(text: str, country: str = "") -> bool:
    """Whether a reference adds up by one of the rules of the country ('' = of any of the four)."""
    plain = "".join(text.split()).upper()
    return any(adds_up(plain) for adds_up in _RULES.get(country, _ALL_RULES))


def is_kid(text: str) -> bool:
    """Norway: 4 to 25 digits, MOD10 or MOD11, whose check sign may be '-'."""
    if not _KID.fullmatch(text):
        return False
    return (text[-1] != "-" and luhn(text)) or text[-1] == kid_mod11(text[:-1])


def kid_mod11(digits: str) -> str:
    """Return the MOD11 check sign of a KID: weights 2 to 7 from the right."""
    rest = (
        weighted(digits[::-1], [weight for weight, _ in zip(cycle(range(2, 8)), digits, strict=False)]) % 11
    )
    return "-" if rest == 1 else str((11 - rest) % 11)


def is_ocr(text: str) -> bool:
    """Sweden: 2 to 25 digits, Luhn; the digit before the check digit may tell the length."""
    return is_digits(text) and 2 <= len(text) <= 25 and luhn(text)


def has_length_digit(text: str) -> bool:
    """Whether the digit before the check digit of an OCR number is its length modulo 10."""
    return is_ocr(text) and int(text[-2]) == len(text) % 10


def is_fik(text: str) -> bool:
    """Denmark: payment slips of type 71 (15 digits) and 75 (16), Luhn."""
    found = _FIK.fullmatch(text)
    if found:
        return len(found["number"]) == _FIK_LENGTHS[found["type"]] and luhn(found["number"])
    return is_digits(text, *_FIK_LENGTHS.values()) and luhn(text)


def is_viitenumero(text: str) -> bool:
    """Finland: 4 to 20 digits, weights 7 3 1 from the right."""
    if not is_digits(text) or not 4 <= len(text.lstrip("0")) <= 20:
        return False
    body, check = text[:-1], int(text[-1])
    weights = [weight for weight, _ in zip(cycle((7, 3, 1)), body, strict=False)]
    return (10 - weighted(body[::-1], weights) % 10) % 10 == check


def is_rf(text: str) -> bool:
    """ISO 11649: RF, two check digits, up to 21 letters and digits, modulo 97."""
    if not _RF.fullmatch(text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


_RULES: Mapping[str, tuple[Callable[[str], bool], ...]] = MappingProxyType(
    {"NO": (is_kid,), "SE": (is_ocr,), "DK": (is_fik,), "FI": (is_viitenumero, is_rf)}
)
_ALL_RULES = tuple(rule for rules in _RULES.values() for rule in rules)
