"""Names of months and days in the languages a format code may ask for (`[$-414]`)."""

from __future__ import annotations

from dataclasses import dataclass

_LANGUAGE = 0x3FF  # the language within a Windows language id


@dataclass(frozen=True, slots=True)
class Names:
    """Full names, and short ones where they are certain; months from January, days from Sunday.

    Short names of the Nordic languages differ between versions of Windows (`jan`, `jan.`), so they
    are not known.
    """

    months: tuple[str, ...]
    days: tuple[str, ...]
    short_months: tuple[str, ...] = ()
    short_days: tuple[str, ...] = ()

    def month(self, number: int, length: int) -> str | None:
        """`mmm` short, `mmmm` full, `mmmmm` the first letter; None where it is not known."""
        if length == 4:
            return self.months[number - 1]
        if not self.short_months:
            return None
        return self.months[number - 1][:1] if length == 5 else self.short_months[number - 1]

    def weekday(self, number: int, length: int) -> str | None:
        """`ddd` short, `dddd` and longer full; 0 is Sunday; None where it is not known."""
        if length > 3:
            return self.days[number]
        return self.short_days[number] if self.short_days else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH = Names(
    _words("January February March April May June July August September October November December"),
    _words("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
    _words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    _words("Sun Mon Tue Wed Thu Fri Sat"),
)
_BOKMAL = Names(
    _words("januar februar mars april mai juni juli august september oktober november desember"),
    _words("søndag mandag tirsdag onsdag torsdag fredag lørdag"),
)
_SWEDISH = Names(
    _words("januari februari mars april maj juni juli augusti september oktober november december"),
    _words("söndag måndag tisdag onsdag torsdag fredag lördag"),
)
_DANISH = Names(
    _words("januar februar marts april maj juni juli august september oktober november december"),
    _words("søndag mandag tirsdag onsdag torsdag fredag lørdag"),
)
_BY_LANGUAGE = {0x00: _ENGLISH, 0x09: _ENGLISH, 0x06: _DANISH, 0x1D: _SWEDISH}
_BY_LOCALE = {0x414: _BOKMAL}


def names_of(locale: int) -> Names | None:
    """Return the names of a Windows language id (0: the system's, English here), None if not known."""
    return _BY_LOCALE.get(locale) or _BY_LANGUAGE.get(locale & _LANGUAGE)
