"""A cell as Excel shows it."""

from rowpost.shown.builtin import BUILTIN_FORMATS
from rowpost.shown.codes import is_date_format
from rowpost.shown.serial import serial_date
from rowpost.shown.text import shown_text

__all__ = ["BUILTIN_FORMATS", "is_date_format", "serial_date", "shown_text"]
