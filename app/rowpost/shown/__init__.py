"""A cell as Excel shows it."""

from rowpost.shown.builtin import BUILTIN_FORMATS
from rowpost.shown.codes import is_date_format
from rowpost.shown.habits import EXCEL_US, Habits, habits_of
from rowpost.shown.serial import serial_date
from rowpost.shown.text import shown_text

__all__ = [
    "BUILTIN_FORMATS",
    "EXCEL_US",
    "Habits",
    "habits_of",
    "is_date_format",
    "serial_date",
    "shown_text",
]
