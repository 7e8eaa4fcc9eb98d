"""What a person may mean by the text in a search box: a number, an amount, a day. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from rowpost.model.history import Wanted

_LARGEST = 15  # digits; a longer number is a reference, not an amount
_CURRENCY = re.compile(r"^(?:kr\.?|[a-z]{3})\s*|\s*(?:kr\.?|[a-z]{3})$|,-+$", re.IGNORECASE)
_AMOUNT = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*")
_DAY = re.compile(r"(?P<d>[0-9]{1,2})[./-](?P<m>[0-9]{1,2})(?:[./-](?P<y>[0-9]{4}|[0-9]{2})|\.)?")
_ISO = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
_NAMED = re.compile(r"(?:(?P<d>[0-9]{1,2})\.?\s+)?(?P<m>[^\W\d_]+)\.?(?:\s+(?P<y>[0-9]{4}))?")


def wanted(text: str, now: datetime) -> Wanted:
    """Return every way to read the text. `now` tells the year of a day without one, and the zone."""
    said = " ".join(text.split())
    return Wanted(said, _amounts(said), _days(said, now))


def _amounts(said: str) -> tuple[Decimal, ...]:
    """`1 234,50`, `1.234,50`, `1,234.50 NOK`, `kr 1234`; "1.234" is two amounts."""
    figures = _CURRENCY.sub("", said).replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if not _AMOUNT.fullmatch(figures) or sum(sign.isdigit() for sign in figures) > _LARGEST:
        return ()
    marks = [sign for sign in figures if sign in ".,"]
    whole = Decimal(figures.replace(".", "").replace(",", ""))
    if not marks:
        return (whole,)
    before, _, decimals = figures.rpartition(marks[-1])
    if len(marks) > 1 and marks[0] == marks[-1]:
        return (whole,)  # thousands, none of them decimals
    exact = Decimal(f"{before.replace('.', '').replace(',', '')}.{decimals}")
    return (whole, exact) if len(marks) == 1 and len(decimals) == 3 else (exact,)


def _days(said: str, now: datetime) -> tuple[datetime, datetime] | None:
    """A day, or a month by its name: the first moment and the one after the last."""
    from rowpost.mapping.converters.months import MONTHS

    found = _ISO.fullmatch(said) or _DAY.fullmatch(said) or _NAMED.fullmatch(said)
    if found is None:
        return None
    parts = found.groupdict()
    month = int(parts["m"]) if parts["m"].isdigit() else MONTHS.get(parts["m"].lower(), 0)
    day = int(parts["d"] or 1)
    try:
        start = _in_year(parts["y"], month, day, now)
        end = start + timedelta(days=1) if parts["d"] else _next_month(start)
    except (ValueError, OverflowError):
        return None
    # local midnights have the offset of their own day, not of today
    return start.astimezone(), end.astimezone()


def _in_year(year: str | None, month: int, day: int, now: datetime) -> datetime:
    """The day in its year; without one the latest that is not still to come."""
    today = now.astimezone().replace(tzinfo=None)
    if year:
        return datetime(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: DTZ001 - local
    this = datetime(today.year, month, day)  # noqa: DTZ001 - local
    return this if this <= today else this.replace(year=today.year - 1)


def _next_month(start: datetime) -> datetime:
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
