"""Numbers through a section of digits: 0 # ? , . % E+ and literals between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from rowpost.shown.codes import Section, Sort, Token, UnknownCode
from rowpost.shown.general import general
from rowpost.shown.habits import EXCEL_US, Habits

_PAD = {"0": "0", "?": " ", "#": ""}


@dataclass(frozen=True, slots=True)
class Layout:
    """A section of digits, taken apart once."""

    whole: tuple[Token, ...]
    decimals: tuple[Token, ...]
    exponent: tuple[Token, ...]
    sign: str  # of the exponent: '+' always shown, '-' only when negative, '' no exponent
    point: bool
    grouped: bool
    scale: int  # powers of ten by which the number is multiplied

    @property
    def places(self) -> int:
        """How many decimals are shown."""
        return _digits(self.decimals)


def _digits(tokens: Sequence[Token]) -> int:
    return sum(token.sort is Sort.DIGIT for token in tokens)


def layout_of(section: Section) -> Layout:
    """Take a section of digits apart. UnknownCode where it is none."""
    if section.has(Sort.SLASH, Sort.TEXT, Sort.FRACTION) or section.is_date:
        raise UnknownCode
    tokens, exponent, sign = _split_exponent(section.tokens)
    points = [index for index, token in enumerate(tokens) if token.sort is Sort.POINT]
    at = points[0] if points else _end_of_whole(tokens)
    whole, decimals = tokens[:at], tokens[at + 1 :] if points else tokens[at:]
    if len(points) > 1 or (not points and _digits(decimals)):
        raise UnknownCode
    thousands, grouped, whole = _commas(whole)
    more, _, decimals = _commas(decimals)
    percent = sum(token.sort is Sort.PERCENT for token in tokens)
    return Layout(
        tuple(whole),
        tuple(decimals),
        tuple(exponent),
        sign,
        bool(points),
        grouped,
        2 * percent - 3 * (thousands + more),
    )


def _end_of_whole(tokens: Sequence[Token]) -> int:
    """The place after the last digit of a section without a point, commas right after it included."""
    last = max((index for index, token in enumerate(tokens) if token.sort is Sort.DIGIT), default=-1)
    if last < 0:
        return len(tokens)
    while last + 1 < len(tokens) and tokens[last + 1].sort is Sort.COMMA:
        last += 1
    return last + 1


def _split_exponent(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token], str]:
    for index, token in enumerate(tokens):
        if token.sort is Sort.EXPONENT:
            after = tokens[index + 1 :]
            if not _digits(after) or any(token.sort is Sort.POINT for token in after):
                raise UnknownCode
            return tokens[:index], (token, *after), token.text[1]
    return tokens, (), ""


def _commas(tokens: Sequence[Token]) -> tuple[int, bool, list[Token]]:
    """Commas after the last digit divide by a thousand; between digits they group."""
    places = [index for index, token in enumerate(tokens) if token.sort is Sort.DIGIT]
    first, last = (places[0], places[-1]) if places else (len(tokens), -1)
    commas = [index for index, token in enumerate(tokens) if token.sort is Sort.COMMA]
    trailing = 0
    while places and last + 1 + trailing in commas:
        trailing += 1
    kept = [
        Token(Sort.LITERAL, ",") if token.sort is Sort.COMMA and not places else token
        for index, token in enumerate(tokens)
        if not places or token.sort is not Sort.COMMA
    ]
    stray = [index for index in commas if places and not first < index <= last + trailing]
    if stray:
        raise UnknownCode
    return trailing, any(first < index < last for index in commas), kept


def show_number(value: Decimal, layout: Layout, habits: Habits = EXCEL_US) -> str:
    """Show the size of a number (its sign is the caller's) through a section of digits."""
    with localcontext() as context:
        context.prec = 400
        size = abs(value).scaleb(layout.scale)
        if layout.sign:
            return _scientific(size, layout, habits)
        rounded = size.quantize(Decimal(1).scaleb(-layout.places), ROUND_HALF_UP)
        whole, _, decimals = f"{rounded:f}".partition(".")
    return _plain(whole, decimals, layout, habits)


def _plain(whole: str, decimals: str, layout: Layout, habits: Habits) -> str:
    between = habits.thousands if layout.grouped else ""
    left = _fill_whole("" if whole == "0" else whole, layout.whole, between)
    return left + (habits.decimal if layout.point else "") + _fill_decimals(decimals, layout.decimals)


def _fill_whole(digits: str, tokens: Sequence[Token], between: str = "") -> str:
    """Fill digits in from the right; the leftmost place takes all that are left over.

    `between` stands between thousands.
    """
    places = _digits(tokens)
    if not places:
        return "".join(token.text for token in tokens)
    out: list[str] = []
    written = 0
    rest = digits
    for token in reversed(tokens):
        if token.sort is not Sort.DIGIT:
            out.append(token.text)
            continue
        places -= 1
        take = len(rest) if not places else min(1, len(rest))
        piece, rest = (rest[len(rest) - take :], rest[: len(rest) - take]) if take else ("", rest)
        for character in reversed(piece or _PAD[token.text]):
            if between and written and written % 3 == 0:
                out.append(between if character != " " else " ")
            out.append(character)
            written += 1
    return "".join(reversed(out))


def _fill_decimals(digits: str, tokens: Sequence[Token]) -> str:
    """Zeros at the end are shown as far as the places ask for them."""
    significant = len(digits.rstrip("0"))
    out: list[str] = []
    index = 0
    for token in tokens:
        if token.sort is not Sort.DIGIT:
            out.append(token.text)
            continue
        shown = index < significant or token.text == "0" or _later_zero(tokens, index)
        out.append(digits[index] if shown else _PAD[token.text])
        index += 1
    return "".join(out)


def _later_zero(tokens: Sequence[Token], index: int) -> bool:
    places = [token.text for token in tokens if token.sort is Sort.DIGIT]
    return "0" in places[index + 1 :]


def _scientific(size: Decimal, layout: Layout, habits: Habits) -> str:
    step = max(_digits(layout.whole), 1)
    exponent = _exponent(size, step)
    mantissa = size.scaleb(-exponent).quantize(Decimal(1).scaleb(-layout.places), ROUND_HALF_UP)
    if mantissa and mantissa.adjusted() >= step:
        exponent += step
        mantissa = size.scaleb(-exponent).quantize(Decimal(1).scaleb(-layout.places), ROUND_HALF_UP)
    whole, _, decimals = f"{mantissa:f}".partition(".")
    sign = "-" if exponent < 0 else "+" if layout.sign == "+" else ""
    power = _fill_whole(str(abs(exponent)).lstrip("0"), layout.exponent[1:])
    return f"{_plain(whole, decimals, layout, habits)}{layout.exponent[0].text[0]}{sign}{power}"


def _exponent(size: Decimal, step: int) -> int:
    """The power of ten to take out: a multiple of the number of places before the point."""
    return size.adjusted() // step * step if size else 0


def show_general(value: Decimal, section: Section, habits: Habits = EXCEL_US) -> str:
    """Show the size of a number through a section with the word General in it."""
    return "".join(
        general(abs(value), habits) if token.sort is Sort.GENERAL else token.text for token in section.tokens
    )
