"""Leading zeros that Excel took from a number: put back only where length and check digits prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from rowpost.identifiers import is_organization, is_person, padded
from rowpost.mapping.results import Converted, Target, Unproved

_CHECKED = {"organizationNumber": is_organization, "identificationNumber": is_person}


@dataclass(slots=True)
class Zeros:
    """Settles the digits of number cells of one field. `lengths` are by country, `home` is the creditor's."""

    target: Target
    lengths: Mapping[str, int]
    home: str
    _settled: dict[tuple[str, str], Converted] = field(default_factory=dict)

    def settle(self, values: Sequence[Converted], countries: Sequence[object] | None) -> list[Converted]:
        """Return the values with every unproved one settled by the country of its row."""
        if countries is None:
            return [self._one(value, self.home) if type(value) is Unproved else value for value in values]
        return [
            self._one(value, str(country or self.home)) if type(value) is Unproved else value
            for value, country in zip(values, countries, strict=True)
        ]

    def _one(self, digits: Unproved, country: str) -> Converted:
        settled = self._settled.get((digits, country))
        if settled is None:
            settled = self._settled[digits, country] = self._settle(str(digits), country)
        return settled

    def _settle(self, digits: str, country: str) -> Converted:
        length = self.lengths.get(country, 0)
        if not 0 < len(digits) < length:
            return digits
        adds_up = _CHECKED.get(self.target.key)
        full: str | None = digits.rjust(length, "0")
        if adds_up:
            full = padded(digits, length, partial(adds_up, country=country))
        if full is None:
            return digits
        return self.target.notes(full, "identifier.zeros_restored", {"value": digits, "result": full})
