"""A cell as Excel shows it, by its number format; compiled once per format and kept."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.shown.codes import LONG_DATE, LONG_TIME, Section, Sort, UnknownCode, sections_of
from rowpost.shown.dates import show_date
from rowpost.shown.fractions import fraction_layout, show_fraction
from rowpost.shown.general import general, shown_value
from rowpost.shown.habits import EXCEL_US, Habits
from rowpost.shown.numbers import layout_of, show_general, show_number
from rowpost.shown.plain import plain_number
from rowpost.shown.serial import iso_serial

Show = Callable[[Decimal, bool], str | None]
_DAYS = 2048  # dates of one format that are kept as they are shown
_WORDS = {"1": "TRUE", "0": "FALSE"}


def shown_text(cell: Cell, epoch_1904: bool, habits: Habits = EXCEL_US) -> str | None:
    """Return what Excel (a column that is wide enough, on a machine with these habits) shows in the cell.

    None where that is not known: a code outside the rules, a formula without a value, a date
    that Excel shows as hashes. Never a guess.
    """
    if cell.kind is Kind.TEXT:
        return compiled_text(cell.format)(cell.stored)
    if cell.kind in (Kind.NUMBER, Kind.DATE):
        return _show_value(cell, epoch_1904, habits)
    if cell.kind is Kind.BOOLEAN:
        return _WORDS.get(cell.stored)
    return None if cell.kind is Kind.NO_VALUE else cell.stored


def _show_value(cell: Cell, epoch_1904: bool, habits: Habits) -> str | None:
    value = shown_value(cell.stored)
    if value is None and cell.kind is Kind.DATE:
        value = iso_serial(cell.stored, epoch_1904)
    compiled = compiled_format(cell.format, habits)
    text = None if value is None or compiled is None else compiled(value, epoch_1904)
    if text is None and habits is not EXCEL_US:  # a month's name that is not certain: the English one is
        return _show_value(cell, epoch_1904, EXCEL_US)
    return text


@lru_cache(maxsize=4096)
def compiled_text(code: str) -> Callable[[str], str | None]:
    """Compile a code for texts; most leave a text as it is."""
    try:
        sections = sections_of(code)
    except UnknownCode:
        return _as_it_is if "@" not in code and ";" not in code else _unknown
    section = _text_section(sections)
    if section is None:
        return _as_it_is
    if any(token.sort not in (Sort.TEXT, Sort.LITERAL) for token in section.tokens):
        return _as_it_is if len(sections) < 4 else _unknown
    parts = [None if token.sort is Sort.TEXT else token.text for token in section.tokens]
    if parts == [None]:
        return _as_it_is
    return lambda text: "".join(text if part is None else part for part in parts)


def _as_it_is(text: str) -> str:
    return text


def _unknown(_: str) -> None:
    return None


def _text_section(sections: tuple[Section, ...]) -> Section | None:
    if len(sections) == 4:
        return sections[3]
    return sections[-1] if sections[-1].has(Sort.TEXT) else None


@lru_cache(maxsize=4096)
def compiled_format(code: str, habits: Habits = EXCEL_US) -> Show | None:
    """Compile a code for numbers; None where the rules do not cover it."""
    try:
        sections = sections_of(habits.codes.get(code, code))
        numeric = sections[:3] if len(sections) == 4 else sections
        if len(numeric) > 1 and numeric[-1].has(Sort.TEXT):
            numeric = numeric[:-1]
        return _chooser(numeric, tuple(_show_with(section, habits) for section in numeric))
    except UnknownCode:
        return None


def _chooser(sections: tuple[Section, ...], shows: tuple[Show, ...]) -> Show:
    if any(section.condition for section in sections):
        return _by_condition(sections, shows)

    def show(value: Decimal, epoch_1904: bool) -> str | None:
        if len(shows) == 1:
            return _signed(shows[0], value, epoch_1904, sections[0])
        if value < 0:
            return shows[1](-value, epoch_1904)
        return shows[2 if not value and len(shows) == 3 else 0](value, epoch_1904)

    return show


def _signed(show: Show, value: Decimal, epoch_1904: bool, section: Section) -> str | None:
    if section.is_date:
        return show(value, epoch_1904)
    text = show(abs(value), epoch_1904)
    return f"-{text}" if value < 0 and text is not None else text


def _by_condition(sections: tuple[Section, ...], shows: tuple[Show, ...]) -> Show:
    """Conditions choose; what Excel does with the sign of negative numbers there is left as not known."""

    def show(value: Decimal, epoch_1904: bool) -> str | None:
        for section, render in zip(sections, shows, strict=True):
            if section.condition is None or section.condition.holds(value):
                return render(value, epoch_1904) if value >= 0 else None
        return None

    return show


def _show_with(section: Section, habits: Habits) -> Show:
    if section.is_date or section.locale in (LONG_DATE, LONG_TIME):
        # the same days stand in a column again and again
        return lru_cache(maxsize=_DAYS)(lambda value, epoch_1904: _date(value, section, habits, epoch_1904))
    if section.has(Sort.GENERAL):
        if any(token.sort not in (Sort.GENERAL, Sort.LITERAL, Sort.PERCENT) for token in section.tokens):
            raise UnknownCode
        return lambda value, _: show_general(value, section, habits)
    if section.has(Sort.TEXT):
        return lambda value, _: "".join(
            general(value, habits) if token.sort is Sort.TEXT else token.text for token in section.tokens
        )
    if section.has(Sort.SLASH) and section.has(Sort.DIGIT):
        fraction = fraction_layout(section)
        return lambda value, _: show_fraction(value, fraction)
    layout = layout_of(section)
    usual = plain_number(layout, habits)
    if usual is not None:
        return lambda value, _: usual(value)
    return lambda value, _: show_number(value, layout, habits)


def _date(value: Decimal, section: Section, habits: Habits, epoch_1904: bool) -> str | None:
    try:
        return show_date(value, section, habits, epoch_1904=epoch_1904)
    except UnknownCode:
        return None
