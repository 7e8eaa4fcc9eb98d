"""Dates: serial numbers by the workbook's epoch, texts by the order decided for the column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from rowpost.mapping.converters.base import Converter, shown, truth
from rowpost.mapping.converters.months import MONTHS
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.document import DateOrder
from rowpost.mapping.results import Converted, Target
from rowpost.model.cells import Kind
from rowpost.shown import serial_date

Day = date

_CLOCK = (
    r"(?:[T ]+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:\.[0-9]+)?)?(?:Z)?)?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})\.?" + _CLOCK)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\.?" + _CLOCK)
_NAMED = re.compile(r"([0-9]{1,2})\.? ?[- ]?([^\W\d_]{3,12})\.?[- ]? ?([0-9]{4})")
_YEARS = range(1900, 2100)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: a whole number outside is no date written as a number


def readings(text: str, *, century: bool = True) -> dict[DateOrder, Day]:
    """Return the days a text can mean, by order; {} if it is no date.

    Two-digit years are of this century; with `century` False (dates of birth) they are no date.
    """
    if found := (_YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)):
        year, month, day = (found[1], found[3], found[4]) if found.re is _YEAR_FIRST else found.groups()
        return _same(_day(int(year), int(month), int(day)))
    if found := _NAMED.fullmatch(text):
        named = MONTHS.get(found[2].casefold(), 0)
        return _same(_day(int(found[3]), named, int(found[1])))
    found = _YEAR_LAST.fullmatch(text)
    if not found or (len(found[4]) == 2 and not century):
        return {}
    year_number = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    one, other = int(found[1]), int(found[3])
    by_order = {
        DateOrder.DAY_MONTH: _day(year_number, other, one),
        DateOrder.MONTH_DAY: _day(year_number, one, other),
    }
    return {order: found_day for order, found_day in by_order.items() if found_day}


def has_time(text: str) -> bool:
    """Whether a text that is a date carries a time of day other than midnight."""
    found = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    return bool(found and any(int(part or 0) for part in found.group("hour", "minute", "second")))


def _same(day: Day | None) -> dict[DateOrder, Day]:
    return dict.fromkeys(DateOrder, day) if day else {}


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def date_converter(
    target: Target,
    epoch_1904: bool,
    order: DateOrder | None,
    wire: Callable[[Day], str],
    *,
    century: bool,
) -> Converter:
    """Serial numbers as Excel counts them; text by `order`, for None only where it has one meaning."""
    reader = _Dates(target, epoch_1904, order, wire, century)
    return Converter(target, reader.text, reader.number, reader.date, reader.boolean)


@dataclass(frozen=True, slots=True)
class _Dates:
    """Reads the cells of one column of dates."""

    target: Target
    epoch_1904: bool
    order: DateOrder | None
    wire: Callable[[Day], str]
    century: bool

    def text(self, text: str) -> Converted:
        """Read a written date."""
        plain = tidy(text).text
        if not plain:
            return None
        found = readings(plain, century=self.century)
        if self.order is not None:
            found = {self.order: found[self.order]} if self.order in found else {}
        if not found:
            return self.target.fails("date.not_a_date", {"value": text})
        if len(set(found.values())) > 1:
            return self.target.fails("date.ambiguous", _both(text, found))
        return self._dated(next(iter(found.values())), text if has_time(plain) else "")

    def date(self, stored: str, number_format: str) -> Converted:
        """Read a serial number that Excel shows as a date."""
        moment = serial_date(stored, self.epoch_1904)
        if moment is not None and moment.year in _YEARS and not _is_timed(moment):
            return self.wire(moment.date())
        text = shown(Kind.DATE, stored, number_format, self.epoch_1904)
        if moment is None or moment.year not in _YEARS:
            return self.target.fails("date.not_a_date", {"value": text})
        return self._dated(moment.date(), text)

    def number(self, stored: str, number_format: str) -> Converted:
        """Read a plain number: a serial number, or 20260115."""
        day = number_day(stored, self.epoch_1904)
        if day is None:
            text = shown(Kind.NUMBER, stored, number_format, self.epoch_1904)
            return self.target.fails("date.not_a_date", {"value": text})
        return self.target.notes(self.wire(day), "date.from_number", {"value": stored, "date": day})

    def boolean(self, stored: str) -> Converted:
        """Refuse yes and no."""
        return self.target.fails("date.not_a_date", {"value": truth(stored)})

    def _dated(self, day: Day, with_time: str) -> Converted:
        if with_time:
            return self.target.notes(self.wire(day), "date.time_of_day", {"value": with_time, "date": day})
        return self.wire(day)


def _both(text: str, found: dict[DateOrder, Day]) -> dict[str, str | date]:
    return {"value": text, "one": found[DateOrder.DAY_MONTH], "other": found[DateOrder.MONTH_DAY]}


def _is_timed(moment: datetime) -> bool:
    return bool(moment.hour or moment.minute or moment.second)


def _whole(stored: str) -> int:
    try:
        value = Decimal(stored)
        return int(value) if value == value.to_integral_value() and value.adjusted() < 9 else -1
    except InvalidOperation:
        return -1


def number_day(stored: str, epoch_1904: bool = False) -> Day | None:
    """Return the day that a plain number can stand for: 20260115, or a serial number; None for others."""
    number = _whole(stored)
    if len(str(number)) == 8:
        return _day(number // 10_000, number // 100 % 100, number % 100)
    moment = serial_date(str(number), epoch_1904) if number in _SERIALS else None
    return moment.date() if moment else None


def as_date_time(day: Day) -> str:
    """Write a day as the agency wants moments: midnight UTC."""
    return f"{day.isoformat()}T00:00:00Z"
