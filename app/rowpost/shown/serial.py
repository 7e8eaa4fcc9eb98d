"""Serial dates: days since the workbook's epoch (ECMA-376 part 1, 18.17.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

LAST_SERIAL = 2_958_466  # 10000-01-01 in the 1900 system
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell has no time zone
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1900_EARLY = datetime(1899, 12, 31)  # noqa: DTZ001 - before the day that never was
_DAY_THAT_NEVER_WAS = 60  # 29 February 1900, kept by Excel for the sake of older programs
_DAYS_1904 = 1462
_SECONDS = Decimal(86_400)


def serial_date(stored: str, epoch_1904: bool) -> datetime | None:
    """Return the moment a stored serial number (or an ISO date) stands for, to the nearest second.

    None where it stands for none: negative, past the year 9999, 29 February 1900, or no number.
    """
    if "-" in stored[1:] and ":" not in stored[:5] and "E" not in stored.upper():
        return _iso(stored)
    try:
        serial = Decimal(stored)
    except InvalidOperation:
        return None
    last = LAST_SERIAL - (_DAYS_1904 if epoch_1904 else 0)
    if not serial.is_finite() or not 0 <= serial < last:
        return None
    seconds = int((serial * _SECONDS).to_integral_value(ROUND_HALF_UP))
    days = seconds // 86_400
    if epoch_1904:
        epoch = _EPOCH_1904
    elif days in (0, _DAY_THAT_NEVER_WAS):
        return None
    else:
        epoch = _EPOCH_1900 if days > _DAY_THAT_NEVER_WAS else _EPOCH_1900_EARLY
    try:
        return epoch + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _iso(stored: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


def iso_serial(stored: str, epoch_1904: bool) -> Decimal | None:
    """Return the serial number of a date that is stored as ISO text."""
    moment = _iso(stored)
    if moment is None or moment.date() < date(1900, 3, 1):
        return None
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    return Decimal((moment - epoch) // timedelta(microseconds=1)) / (_SECONDS * 1_000_000)
