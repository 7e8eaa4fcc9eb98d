"""Dates and times through a section of date letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from rowpost.shown.codes import LONG_DATE, LONG_TIME, Section, Sort, Token, UnknownCode, sections_of
from rowpost.shown.habits import EXCEL_US, Habits
from rowpost.shown.locales import Names, names_of
from rowpost.shown.serial import LAST_SERIAL

_DAY = 86_400
_BUDDHIST = 543
_ALLOWED = frozenset(
    (
        Sort.LITERAL,
        Sort.DATE,
        Sort.MINUTES,
        Sort.HALF_DAY,
        Sort.ELAPSED,
        Sort.FRACTION,
        Sort.SLASH,
        Sort.COMMA,
        Sort.POINT,
    )
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A serial number taken apart as Excel does it; the year 1900 has its 29 February and its day 0."""

    year: int
    month: int
    day: int
    weekday: int  # 0 = Sunday
    seconds: int  # of the day
    fraction: Decimal  # of a second
    elapsed: Decimal  # seconds since the epoch


def show_date(value: Decimal, section: Section, habits: Habits = EXCEL_US, *, epoch_1904: bool) -> str | None:
    """Show a serial number; None where Excel shows hashes. UnknownCode where the rules do not cover it."""
    section = _system_section(section, habits)
    if any(token.sort not in _ALLOWED for token in section.tokens):
        raise UnknownCode
    moment = moment_of(value, _places(section), epoch_1904=epoch_1904)
    if moment is None:
        return None
    names = names_of(section.locale or habits.locale)
    half_day = section.has(Sort.HALF_DAY)
    return "".join(
        habits.decimal + _fraction(token.text, moment)
        if token.sort is Sort.FRACTION
        else _show(token, moment, names, half_day=half_day)
        for token in section.tokens
    )


def _system_section(section: Section, habits: Habits) -> Section:
    """The long date and time of the system, as Windows has them there."""
    if section.locale == LONG_DATE:
        return sections_of(habits.long_date)[0]
    if section.locale == LONG_TIME:
        return sections_of(habits.long_time)[0]
    return section


def _places(section: Section) -> int:
    return max((len(token.text) for token in section.tokens if token.sort is Sort.FRACTION), default=0)


def moment_of(value: Decimal, places: int, *, epoch_1904: bool) -> Moment | None:
    """Take a serial number apart, seconds rounded to `places` decimals; None where it is no moment."""
    last = LAST_SERIAL - (1462 if epoch_1904 else 0)
    if not 0 <= value < last:
        return None
    elapsed = (value * _DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole = int(elapsed)
    days, seconds = divmod(whole, _DAY)
    serial = days + 1462 if epoch_1904 else days
    if serial >= LAST_SERIAL:
        return None
    year, month, day = _day(serial)
    return Moment(year, month, day, (serial + 6) % 7, seconds, elapsed - whole, elapsed)


def _day(serial: int) -> tuple[int, int, int]:
    if serial == 0:
        return 1900, 1, 0
    if serial == 60:
        return 1900, 2, 29
    day = date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)
    return day.year, day.month, day.day


def _show(token: Token, moment: Moment, names: Names | None, *, half_day: bool) -> str:
    if token.sort is Sort.DATE:
        letter, length = token.text[0].lower(), len(token.text)
        if letter in "hs":
            return _clock(letter, moment, half_day=half_day).zfill(min(length, 2))
        return _show_day(letter, length, moment, names)
    show = _SHOWS.get(token.sort)
    return show(token.text, moment) if show else token.text


def _clock(letter: str, moment: Moment, *, half_day: bool) -> str:
    if letter == "s":
        return str(moment.seconds % 60)
    hours = moment.seconds // 3600
    return str((hours - 1) % 12 + 1 if half_day else hours)


def _minutes(text: str, moment: Moment) -> str:
    return str(moment.seconds // 60 % 60).zfill(len(text))


def _half_day(text: str, moment: Moment) -> str:
    first, second = text.split("/")
    return first if moment.seconds < _DAY // 2 else second


def _fraction(text: str, moment: Moment) -> str:
    return f"{moment.fraction:.{len(text)}f}".partition(".")[2]


def _elapsed(text: str, moment: Moment) -> str:
    return str(int(moment.elapsed) // {"h": 3600, "m": 60, "s": 1}[text[0]]).zfill(len(text))


_SHOWS: dict[Sort, Callable[[str, Moment], str]] = {
    Sort.MINUTES: _minutes,
    Sort.HALF_DAY: _half_day,
    Sort.ELAPSED: _elapsed,
}


def _show_day(letter: str, length: int, moment: Moment, names: Names | None) -> str:
    if letter in "yeb":
        year = moment.year + (_BUDDHIST if letter == "b" else 0)
        return f"{year % 100:02d}" if length <= 2 and letter != "e" else f"{year:04d}"
    if letter not in "md":
        raise UnknownCode
    if length <= 2:
        return str(moment.month if letter == "m" else moment.day).zfill(length)
    show = None if names is None else names.month if letter == "m" else names.weekday
    name = show(moment.month if letter == "m" else moment.weekday, length) if show else None
    if name is None:
        raise UnknownCode
    return name
