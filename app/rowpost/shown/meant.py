"""What a person types over a number or a date, read in the form in which the cell is shown."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rowpost.model.cells import Kind
from rowpost.model.table import VALUE, Cell, edited_cell
from rowpost.shown.codes import Sort, Token, UnknownCode, sections_of
from rowpost.shown.general import shown_value
from rowpost.shown.habits import NO_BREAK_SPACE, Habits
from rowpost.shown.serial import iso_serial
from rowpost.shown.text import shown_text

_PADDED = re.compile("-?0[0-9]")  # zeros that may matter
_BLANKS = re.compile(r"[ \u00a0\u202f]")
_WORD = r"(?:[^\W\d_]{1,12}\.?|[€$£])"
_DRESS = re.compile(rf"-?(?P<lead>(?:{_WORD} ?)?)-?[0-9][0-9., ]*?(?P<tail>(?: ?{_WORD})?)")
_PLACES = {"d": r"(?P<day>[0-9]{1,2})", "m": r"(?P<month>[0-9]{1,2})", "y": r"(?P<year>[0-9]{4})"}
_VALUES = (Kind.NUMBER, Kind.DATE)
_BETWEEN = frozenset({Sort.LITERAL, Sort.POINT, Sort.SLASH, Sort.COMMA})


def meant(text: str, before: Cell, epoch_1904: bool, habits: Habits, *, amount: bool) -> str:
    """Return the edit for a text that is typed over the cell `before`.

    A value, as the file would store it, where the text is a number or a day in the form in which
    the cell is shown, and the value is shown as that again; else the text as it was typed, to be
    read like every other text of the column. Digits alone stay a text: they have one meaning, and
    zeros before them may matter. `amount`: the column gives amounts; elsewhere only signs that the
    cell itself shows are taken for signs of a number, for they may be part of an identifier.
    """
    text = text.lstrip(VALUE)  # what a person enters is never a value by itself
    shown = shown_text(before, epoch_1904, habits)
    if shown is None or _BLANKS.sub(" ", text).strip().isdecimal():
        return text
    if before.kind is Kind.NUMBER:
        stored = _number_over(text, before, shown, epoch_1904, habits, amount=amount)
    else:
        stored = _day_over(text, before, epoch_1904, habits) if before.kind is Kind.DATE else ""
    return VALUE + stored if stored else text


def says_nothing_new(edit: str, before: Cell, epoch_1904: bool, habits: Habits) -> bool:
    """Whether an edit over the cell `before` leaves it as it is: what is shown, and what that stands for.

    A text that hides nothing of the value is the same; 1 234,57 over 1234.5678 is not, nor is a day
    over a moment of that day.
    """
    now = edited_cell(edit, before)
    if now.kind in _VALUES:
        return _value(now, epoch_1904) == _value(before, epoch_1904)
    same = _shown(now, epoch_1904, habits) == _shown(before, epoch_1904, habits)
    return same and not _hides(before, epoch_1904, habits)


def _shown(cell: Cell, epoch_1904: bool, habits: Habits) -> str:
    text = shown_text(cell, epoch_1904, habits)
    return cell.stored if text is None else text


def _value(cell: Cell, epoch_1904: bool) -> Decimal | None:
    found = shown_value(cell.stored)
    return iso_serial(cell.stored, epoch_1904) if found is None and cell.kind is Kind.DATE else found


def _hides(cell: Cell, epoch_1904: bool, habits: Habits) -> bool:
    """Whether the cell holds more than it shows: decimals, or a time of day."""
    value, shown = _value(cell, epoch_1904), _shown(cell, epoch_1904, habits)
    if cell.kind not in _VALUES or value is None:
        return False
    if cell.kind is Kind.NUMBER:
        return _number(_undressed(shown, shown), habits) not in (None, value)
    day = Cell(Kind.DATE, str(int(value)), cell.format)
    return value != int(value) and _shown(day, epoch_1904, habits) == shown


def _number_over(
    text: str, before: Cell, shown: str, epoch_1904: bool, habits: Habits, *, amount: bool
) -> str:
    bare = _undressed(text, shown)
    value = _number(bare, habits)
    plain = _signs(bare) <= _signs(shown) and not _PADDED.match(bare)
    if value is None or not (amount or plain):
        return ""
    stored = f"{value:f}"
    again = shown_text(Cell(Kind.NUMBER, stored, before.format), epoch_1904, habits) or ""
    return stored if _number(_undressed(again, again), habits) == value else ""


def _signs(text: str) -> set[str]:
    return set(_BLANKS.sub(NO_BREAK_SPACE, text)) & {NO_BREAK_SPACE, ".", ","}


def _undressed(text: str, shown: str) -> str:
    """The text without the words that the cell itself shows around its number: `kr 3 657,25`."""
    plain, around = _BLANKS.sub(" ", text).strip(), _DRESS.fullmatch(_BLANKS.sub(" ", shown).strip())
    if around is None:
        return plain
    sign = "-" if plain.startswith("-") else ""
    return sign + plain.removeprefix("-").removeprefix(around["lead"]).removesuffix(around["tail"])


def _number(text: str, habits: Habits) -> Decimal | None:
    """Read digits with these signs between them; None where they are not exactly at their places."""
    if not _form(habits).fullmatch(text):
        return None
    between = " " if habits.thousands == NO_BREAK_SPACE else habits.thousands
    return Decimal(text.replace(between, "").replace(habits.decimal, "."))


@lru_cache(maxsize=8)
def _form(habits: Habits) -> re.Pattern[str]:
    between = " " if habits.thousands == NO_BREAK_SPACE else re.escape(habits.thousands)
    whole = rf"(?:[1-9][0-9]{{0,2}}(?:{between}[0-9]{{3}})+|[0-9]{{1,15}})"  # 0,150 is no 150
    return re.compile(rf"-?{whole}(?:{re.escape(habits.decimal)}[0-9]{{1,15}})?")


def _day_over(text: str, before: Cell, epoch_1904: bool, habits: Habits) -> str:
    form = _day_form(habits.codes.get(before.format, before.format))
    found = form.fullmatch(text.strip()) if form else None
    if found is None:
        return ""
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return ""
    serial = iso_serial(day.isoformat(), epoch_1904)
    return f"{serial.normalize():f}" if serial is not None and serial >= 0 else ""


@lru_cache(maxsize=256)
def _day_form(code: str) -> re.Pattern[str] | None:
    """What a day looks like through a number format; None where that is no full day in figures."""
    try:
        tokens = sections_of(code)[0].tokens
    except UnknownCode:
        return None
    letters = "".join(token.text[0].lower() for token in tokens if token.sort is Sort.DATE)
    if sorted(letters) != ["d", "m", "y"]:
        return None
    parts = [_place(token) for token in tokens]
    return re.compile("".join(parts)) if all(parts) else None


def _place(token: Token) -> str:
    if token.sort in _BETWEEN:
        return re.escape(token.text)
    in_figures = token.sort is Sort.DATE and len(token.text) in ((4,) if token.text[0] in "yY" else (1, 2))
    return _PLACES[token.text[0].lower()] if in_figures else ""
