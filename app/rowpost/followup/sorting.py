"""Which answer is about which question: by key, never by order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rowpost.model.answers import CaseFacts, InvoiceFacts
from rowpost.model.followup import Asked


def is_meant(facts: InvoiceFacts, asked: Asked) -> bool:
    """Whether an answer is about what was asked: a server may ignore a filter that it does not know."""
    if asked.source_id and facts.source_id:
        return facts.source_id == asked.source_id
    if asked.invoice_id and facts.invoice_id:
        return facts.invoice_id == asked.invoice_id
    return bool(asked.invoice_number) and facts.invoice_number == asked.invoice_number


@dataclass(slots=True)
class Shelves:
    """The questions by their keys, and all different answers to each, by the question's place."""

    wanted: Sequence[Asked]
    found: dict[int, list[InvoiceFacts]] = field(default_factory=dict)
    cases: dict[int, list[CaseFacts]] = field(default_factory=dict)
    _by_source: dict[str, list[int]] = field(default_factory=dict)
    _by_number: dict[str, list[int]] = field(default_factory=dict)
    _by_id: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, asked in enumerate(self.wanted):
            _put(self._by_source, asked.source_id, place)
            _put(self._by_number, asked.invoice_number, place)
            _put(self._by_id, asked.invoice_id, place)

    def put_invoice(self, facts: InvoiceFacts) -> None:
        """Set an invoice beside the questions that it answers; the same answer twice counts once."""
        for place in self._places(facts):
            self.put_at(place, facts)

    def put_at(self, place: int, facts: InvoiceFacts) -> None:
        """Set an invoice beside one question."""
        kept = self.found.setdefault(place, [])
        if facts not in kept:
            kept.append(facts)
            _put(self._by_id, facts.invoice_id, place)

    def put_case(self, case: CaseFacts) -> None:
        """Set a case beside the questions that its invoices answer; the same answer twice counts once."""
        places = {place for facts in case.invoices for place in self._places(facts)}
        for place in sorted(places):
            kept = self.cases.setdefault(place, [])
            if case not in kept:
                kept.append(case)

    def _places(self, facts: InvoiceFacts) -> Iterable[int]:
        known = (
            (self._by_source, facts.source_id),
            (self._by_number, facts.invoice_number),
            (self._by_id, facts.invoice_id),
        )
        candidates = dict.fromkeys(place for places, key in known if key for place in places.get(key, ()))
        return [place for place in candidates if self._is_about(facts, place)]

    def _is_about(self, facts: InvoiceFacts, place: int) -> bool:
        held = self.found.get(place, ())
        if facts.invoice_id and any(facts.invoice_id == one.invoice_id for one in held):
            return True
        return is_meant(facts, self.wanted[place])


def _put(shelf: dict[str, list[int]], key: str, place: int) -> None:
    if key and place not in shelf.setdefault(key, []):
        shelf[key].append(place)
