"""What a converter makes of a cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from rowpost.model.drafts import Flaw
from rowpost.model.problems import NO_VALUES, Severity, Values

WireValue = str | bool | Decimal | dict[str, str]


@dataclass(frozen=True, slots=True)
class Flawed:
    """A value with something to say about it; `value` is None where the cell cannot be used."""

    value: WireValue | None
    flaw: Flaw


class Unproved(str):
    """Digits of a number cell that may have lost leading zeros; settled once the country is known."""

    __slots__ = ()


class Priced(Decimal):
    """An amount that names its currency in the cell; settled once the row's own currency is known."""

    currency: str
    written: str

    @classmethod
    def of(cls, value: Decimal, currency: str, written: str) -> Priced:
        """Make one; `written` is what stands in the cell."""
        made = cls(value)
        made.currency, made.written = currency, written
        return made


Converted = WireValue | Flawed | None
FromText = Callable[[str], Converted]


def plain(value: Converted) -> WireValue | None:
    """Return the value that is sent, without what there is to say about it."""
    return value.value if isinstance(value, Flawed) else value


@dataclass(frozen=True, slots=True)
class Target:
    """The leaf that a converter fills: the field's key and its path in the payload."""

    key: str
    path: str

    def fails(self, code: str, values: Values = NO_VALUES) -> Flawed:
        """The cell cannot be used."""
        return self._flawed(None, code, Severity.ERROR, values)

    def warns(self, value: WireValue, code: str, values: Values = NO_VALUES) -> Flawed:
        """The value is used, but a person should look at it."""
        return self._flawed(value, code, Severity.WARNING, values)

    def notes(self, value: WireValue, code: str, values: Values = NO_VALUES) -> Flawed:
        """The value is used and worth a word."""
        return self._flawed(value, code, Severity.NOTE, values)

    def _flawed(self, value: WireValue | None, code: str, severity: Severity, values: Values) -> Flawed:
        return Flawed(value, Flaw(code, severity, self.path, {"field": self.key, **values}))
