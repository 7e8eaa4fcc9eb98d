"""Names of months and days in the languages a format code may ask for (`[$-414]`)."""

from __future__ import annotations

from dataclasses import dataclass

_LANGUAGE = 0x3FF  # the language within a Windows language id


@dataclass(frozen=True, slots=True)
class Names:
    """Full and short names; months from January, days from Sunday."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]

    def month(self, number: int, length: int) -> str:
        """`mmm` short, `mmmm` full, `mmmmm` the first letter."""
        if length == 3:
            return self.short_months[number - 1]
        return self.months[number - 1][:1] if length == 5 else self.months[number - 1]

    def weekday(self, number: int, length: int) -> str:
        """`ddd` short, `dddd` and longer full; 0 is Sunday."""
        return self.short_days[number] if length == 3 else self.days[number]


def _names(months: str, short_months: str, days: str, short_days: str) -> Names:
    months_, short_months_, days_, short_days_ = (
        tuple(words.split()) for words in (months, short_months, days, short_days)
    )
    return Names(months_, short_months_, days_, short_days_)


_ENGLISH = _names(
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    "Sun Mon Tue Wed Thu Fri Sat",
)
_NAMES = {0x00: _ENGLISH, 0x09: _ENGLISH}


def names_of(locale: int) -> Names | None:
    """Return the names of a Windows language id (0: the system's, English here), None if not known."""
    return _NAMES.get(locale & _LANGUAGE)
