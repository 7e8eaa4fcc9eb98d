"""What a person typed, as the cell that Excel would hold there: never another meaning than the text has."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from rowpost.model.cells import Kind
from rowpost.model.table import VALUE, Cell, edited_cell
from rowpost.shown.codes import is_date_format
from rowpost.shown.serial import iso_serial
from rowpost.shown.text import shown_text

_NUMBER = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,2})?")  # three decimals may be thousands
_DECIMALS = re.compile(r"[0#]\.0")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


def typed(text: str, before: Cell, epoch_1904: bool) -> Cell:
    """Return the cell for `text` in the place, and in the number format, of the cell `before`.

    A date where a date's format shows it as one; a number where a number stood and the text can
    mean only that one; else text, which is read as it was typed.
    """
    if text.startswith(VALUE):
        return edited_cell(text, before)
    if not text:
        return Cell(Kind.EMPTY, "", before.format)
    stored = ""
    if is_date_format(before.format):
        kind, stored = Kind.DATE, _serial(text, epoch_1904)
    elif before.kind is Kind.NUMBER:
        kind, stored = Kind.NUMBER, _number(text, before, epoch_1904)
    return Cell(kind, stored, before.format) if stored else Cell(Kind.TEXT, text, before.format)


def _number(text: str, before: Cell, epoch_1904: bool) -> str:
    """The number as a file stores it, '' where it could be read or shown as something else."""
    if not _NUMBER.fullmatch(text):
        return ""
    stored = f"{Decimal(text.replace(',', '.')):f}"
    is_amount = "." in before.stored or _DECIMALS.search(before.format) is not None
    same = shown_text(Cell(Kind.NUMBER, stored, before.format), epoch_1904) == text
    return stored if is_amount or same else ""


def _serial(text: str, epoch_1904: bool) -> str:
    """The serial number of a day that is written year first, or with dots; '' for anything else."""
    found = _DATE.fullmatch(text)
    if not found:
        return ""
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        moment = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - a cell has no time zone
    except ValueError:
        return ""
    serial = iso_serial(moment.isoformat(), epoch_1904)
    return f"{serial.normalize():f}" if serial is not None and serial >= 0 else ""
