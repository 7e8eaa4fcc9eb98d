"""What Excel takes from the country of the machine, not from the file: separators and the system's own dates.

Sources: the regional settings of Windows for en-US, nb-NO, sv-SE, da-DK and fi-FI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_SHORT, _SHORT_WITH_TIME = "m/d/yy", "m/d/yy h:mm"  # number formats 14 and 22 as files in English have them
_NO_CODES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """How one country writes; compared by identity, so that it is a quick key of a cache.

    `codes` replace number formats that follow the system by what they are there; `locale` is the
    Windows language id whose names of months and days stand where a format names none.
    """

    decimal: str = "."
    thousands: str = ","
    codes: Mapping[str, str] = field(default_factory=lambda: _NO_CODES)
    long_date: str = "dddd, mmmm d, yyyy"
    long_time: str = "h:mm:ss AM/PM"
    locale: int = 0

    def __reduce__(self) -> tuple[object, ...]:
        """In another process those of a language are that process's own, so that they stay a key there."""
        for language, known in (("", EXCEL_US), *_BY_LANGUAGE.items()):
            if known is self:
                return habits_of, (language,)
        values = self.decimal, self.thousands, dict(self.codes), self.long_date, self.long_time, self.locale
        return Habits, values


EXCEL_US = Habits()
"""What is read, checked and sent; the form in which the command line gives cells."""


def _nordic(thousands: str, day: str, long_date: str, locale: int) -> Habits:
    codes = MappingProxyType({_SHORT: day, _SHORT_WITH_TIME: f"{day} hh:mm"})
    return Habits(",", thousands, codes, long_date, "hh:mm:ss", locale)


_BY_LANGUAGE: Mapping[str, Habits] = MappingProxyType(
    {
        "nb": _nordic(NO_BREAK_SPACE, "dd.mm.yyyy", "dddd d. mmmm yyyy", 0x414),
        "sv": _nordic(NO_BREAK_SPACE, "yyyy-mm-dd", '"den "d mmmm yyyy', 0x41D),
        "da": _nordic(".", "dd-mm-yyyy", "d. mmmm yyyy", 0x406),
        # Finnish names of months are inflected and not known here: the long date is the short one
        "fi": _nordic(NO_BREAK_SPACE, "d.m.yyyy", "d.m.yyyy", 0x40B),
    }
)


def habits_of(language: str) -> Habits:
    """Return how people who read this language write; as US-English Excel where it is not a Nordic one."""
    return _BY_LANGUAGE.get(language, EXCEL_US)
