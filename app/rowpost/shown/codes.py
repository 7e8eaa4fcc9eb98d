"""Number format codes taken apart: sections, conditions, tokens (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache


class Sort(Enum):
    """What a token is."""

    LITERAL = "literal"
    DIGIT = "digit"  # 0 # ?
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    EXPONENT = "exponent"  # E+ or E-
    SLASH = "slash"
    GENERAL = "general"
    TEXT = "text"  # @
    DATE = "date"  # y m d h s b e g, repeated
    MINUTES = "minutes"  # m beside hours or seconds
    HALF_DAY = "half day"  # AM/PM or A/P
    ELAPSED = "elapsed"  # [h] [m] [s]
    FRACTION = "fraction"  # .000 after seconds


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its text."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that chooses a section: `[>=100]`."""

    sign: str
    limit: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the section is for this value."""
        return _COMPARE[self.sign](value, self.limit)


_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "=": lambda value, limit: value == limit,
    "<=": lambda value, limit: value <= limit,
    ">=": lambda value, limit: value >= limit,
    "<>": lambda value, limit: value != limit,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One of up to four parts of a code."""

    tokens: tuple[Token, ...]
    condition: Condition | None = None
    locale: int = 0  # a Windows language id, 0 for none

    def has(self, *sorts: Sort) -> bool:
        """Whether any token is of these sorts."""
        return any(token.sort in sorts for token in self.tokens)

    @property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        return self.has(Sort.DATE, Sort.ELAPSED, Sort.MINUTES, Sort.HALF_DAY)


class UnknownCode(ValueError):  # noqa: N818 - a value, caught where codes are compiled
    """The code has something in it that the rules here do not cover."""


_BRACKET = re.compile(r"\[([^\]]*)\]")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)")
_COLOUR = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]{1,2})", re.IGNORECASE)
_ELAPSED = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-([0-9A-Fa-f]{1,8}))?")
_PATTERNS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (Sort.GENERAL, re.compile(r"general", re.IGNORECASE)),
    (Sort.HALF_DAY, re.compile(r"am/pm|a/p", re.IGNORECASE)),
    (Sort.EXPONENT, re.compile(r"[eE][+-]")),
    (Sort.DATE, re.compile(r"y+|m+|d+|h+|s+|b+|e+|g+", re.IGNORECASE)),
    (Sort.DIGIT, re.compile(r"[0#?]")),
    (Sort.POINT, re.compile(r"\.")),
    (Sort.COMMA, re.compile(r",")),
    (Sort.PERCENT, re.compile(r"%")),
    (Sort.SLASH, re.compile(r"/")),
    (Sort.TEXT, re.compile(r"@")),
    (Sort.LITERAL, re.compile(r"[^A-Za-z\"\\_*\[\];]")),
)
LONG_DATE = 0xF800
LONG_TIME = 0xF400


@lru_cache(maxsize=4096)
def sections_of(code: str) -> tuple[Section, ...]:
    """Take a code apart. UnknownCode where something in it is not covered by the rules."""
    sections: list[Section] = []
    scanner = _Scanner(code)
    while True:
        sections.append(scanner.section())
        if scanner.at_end:
            break
        scanner.at += 1  # the semicolon
    if len(sections) > 4:
        raise UnknownCode
    return tuple(sections)


class _Scanner:
    def __init__(self, code: str) -> None:
        self._code = code
        self.at = 0
        self._tokens: list[Token] = []
        self._condition: Condition | None = None
        self._locale = 0

    @property
    def at_end(self) -> bool:
        return self.at >= len(self._code)

    def section(self) -> Section:
        self._tokens, self._condition, self._locale = [], None, 0
        while not self.at_end and self._code[self.at] != ";":
            self._step()
        return Section(tuple(with_minutes(self._tokens)), self._condition, self._locale)

    def _step(self) -> None:
        character = self._code[self.at]
        if character == '"':
            end = self._code.find('"', self.at + 1)
            end = len(self._code) if end < 0 else end
            self._add(Sort.LITERAL, self._code[self.at + 1 : end], end + 1)
        elif character in "\\!":
            self._add(Sort.LITERAL, self._code[self.at + 1 : self.at + 2], self.at + 2)
        elif character == "_":
            self._add(Sort.LITERAL, " ", self.at + 2)
        elif character == "*":
            self.at += 2  # fills the width of the column: no text of its own
        elif character == "[":
            self._bracket()
        else:
            self._plain()

    def _add(self, sort: Sort, text: str, end: int) -> None:
        if text:
            self._tokens.append(Token(sort, text))
        self.at = end

    def _plain(self) -> None:
        for sort, pattern in _PATTERNS:
            match = pattern.match(self._code, self.at)
            if match:
                self._add(sort, match[0], match.end())
                return
        raise UnknownCode

    def _bracket(self) -> None:
        match = _BRACKET.match(self._code, self.at)
        if match is None:
            raise UnknownCode
        self.at = match.end()
        content = match[1]
        if condition := _CONDITION.fullmatch(content):
            self._condition = Condition(condition[1], Decimal(condition[2]))
        elif currency := _CURRENCY.fullmatch(content):
            self._locale = int(currency[2] or "0", 16)
            self._add(Sort.LITERAL, currency[1], self.at)
        elif _ELAPSED.fullmatch(content):
            self._add(Sort.ELAPSED, content.lower(), self.at)
        elif not _COLOUR.fullmatch(content):
            raise UnknownCode


def with_minutes(tokens: list[Token]) -> list[Token]:
    """Tell minutes from months: `m` or `mm` right after hours, or right before seconds, is minutes.

    A point and zeros right after seconds are their fraction.
    """
    result = list(tokens)
    times = [index for index, token in enumerate(result) if token.sort in (Sort.DATE, Sort.ELAPSED)]
    for place, index in enumerate(times):
        token = result[index]
        if token.sort is Sort.DATE and token.text.lower() in ("m", "mm"):
            before = result[times[place - 1]].text[0].lower() if place else ""
            after = result[times[place + 1]].text[0].lower() if place + 1 < len(times) else ""
            if before == "h" or after == "s":
                result[index] = Token(Sort.MINUTES, token.text)
    return _with_fractions(result)


def _with_fractions(tokens: list[Token]) -> list[Token]:
    result: list[Token] = []
    for token in tokens:
        last = result[-1] if result else None
        if token.sort is Sort.POINT and last and _is_seconds(last):
            result.append(Token(Sort.FRACTION, ""))
        elif token == Token(Sort.DIGIT, "0") and last and last.sort is Sort.FRACTION:
            result[-1] = Token(Sort.FRACTION, last.text + "0")
        else:
            result.append(token)
    return [Token(Sort.LITERAL, ".") if token == Token(Sort.FRACTION, "") else token for token in result]


def _is_seconds(token: Token) -> bool:
    return token.sort in (Sort.DATE, Sort.ELAPSED) and token.text[0].lower() == "s"


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether the code shows numbers as dates or times: its first section does.

    Where the code is not covered by the rules, letters outside of quotes decide.
    """
    try:
        return any(section.is_date for section in sections_of(code)[:2])
    except UnknownCode:
        bare = re.sub(
            r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|general|e[+-]', "", code, flags=re.IGNORECASE
        )
        return re.search(r"[ymdhs]", bare, re.IGNORECASE) is not None
