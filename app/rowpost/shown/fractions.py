"""Numbers as fractions: # ?/?, # ??/??, # ?/8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from rowpost.shown.codes import Section, Sort, Token, UnknownCode

_MOST_PLACES = 7


@dataclass(frozen=True, slots=True)
class FractionLayout:
    """A fraction section: places of the whole, the gap, places above and below the stroke."""

    before: str
    whole: str
    gap: str
    above: str
    below: str
    fixed: int  # the denominator the code asks for, 0 for any
    after: str


def fraction_layout(section: Section) -> FractionLayout:
    """Take a fraction section apart. UnknownCode where it is none the rules cover."""
    tokens = section.tokens
    strokes = [index for index, token in enumerate(tokens) if token.sort is Sort.SLASH]
    if (
        len(strokes) != 1
        or section.is_date
        or section.has(Sort.POINT, Sort.COMMA, Sort.PERCENT, Sort.EXPONENT)
    ):
        raise UnknownCode
    left, right = tokens[: strokes[0]], tokens[strokes[0] + 1 :]
    above_start = len(left) - _run_from_end(left)
    above = _text(left[above_start:])
    gap_start = above_start
    while gap_start and left[gap_start - 1].sort is Sort.LITERAL:
        gap_start -= 1
    whole_start = gap_start - _run_from_end(left[:gap_start])
    before = left[:whole_start]
    whole = _text(left[whole_start:gap_start])
    gap = left[gap_start:above_start] if whole else ()
    if not whole:
        before = left[:above_start]
    below, fixed, after = _below(right)
    if not above or any(token.sort is not Sort.LITERAL for token in (*before, *after)):
        raise UnknownCode
    return FractionLayout(_text(before), whole, _text(gap), above, below, fixed, _text(after))


def _run_from_end(tokens: Sequence[Token]) -> int:
    count = 0
    while count < len(tokens) and tokens[-1 - count].sort is Sort.DIGIT:
        count += 1
    return count


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _below(tokens: Sequence[Token]) -> tuple[str, int, Sequence[Token]]:
    """Places, or the digits of a fixed denominator, and what comes after them."""
    end = 0
    while end < len(tokens) and (tokens[end].sort is Sort.DIGIT or tokens[end].text in "123456789"):
        end += 1
    text = _text(tokens[:end])
    if not text or len(text) > _MOST_PLACES:
        raise UnknownCode
    if any(character in "123456789" for character in text):
        if not text.isdigit():
            raise UnknownCode
        return text, int(text), tokens[end:]
    return text, 0, tokens[end:]


def show_fraction(value: Decimal, layout: FractionLayout) -> str:
    """Show the size of a number as a fraction."""
    size = abs(value)
    whole = int(size) if layout.whole else 0
    part = _nearest(size - whole, layout)
    if part == 1 and layout.whole:
        whole, part = whole + 1, Fraction(0)
    if not part and layout.whole:
        blank = " " * (len(layout.gap) + len(layout.above) + 1 + len(layout.below))
        return layout.before + _padded(whole, layout.whole) + blank + layout.after
    numerator, denominator = _terms(part, layout)
    shown_whole = _padded(whole, layout.whole, blank_zero=True)
    gap = layout.gap if layout.whole and shown_whole else ""
    above = str(numerator).rjust(len(layout.above), " " if "?" in layout.above else "0")
    above = above if "?" in layout.above or "0" in layout.above else str(numerator)
    below = str(denominator).ljust(len(layout.below)) if "?" in layout.below else str(denominator)
    return f"{layout.before}{shown_whole}{gap}{above}/{below}{layout.after}"


def _terms(part: Fraction, layout: FractionLayout) -> tuple[int, int]:
    if layout.fixed:
        return int(part * layout.fixed), layout.fixed
    return part.numerator, part.denominator


def _nearest(size: Decimal, layout: FractionLayout) -> Fraction:
    if layout.fixed:
        return Fraction(int((size * layout.fixed).to_integral_value(ROUND_HALF_UP)), layout.fixed)
    return Fraction(size).limit_denominator(10 ** len(layout.below) - 1)


def _padded(whole: int, places: str, *, blank_zero: bool = False) -> str:
    digits = str(whole) if whole or not blank_zero else ""
    for place in reversed(places[: max(len(places) - len(digits), 0)]):
        digits = {"0": "0", "?": " ", "#": ""}[place] + digits
    return digits
