"""Two numbers of each invoice, for its due date and its debtor: they tell a plan without the payloads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import msgspec

from rowpost.model.assessment import Outline
from rowpost.model.invoices import ReadyInvoice

_SLICE = 1 << 16  # numbers taken at a time, so that other threads have their turn


class _Due(msgspec.Struct):
    dueDate: str = ""  # noqa: N815 - the wire's own name


_read = msgspec.json.Decoder(_Due).decode


class Marks:
    """The numbers of many invoices."""

    __slots__ = ("debtors", "dues")

    def __init__(self) -> None:
        self.dues: array[int] = array("I")  # 20260901; 0 where there is none
        self.debtors: array[int] = array("Q")  # a fingerprint of the name, the same in every process

    def add(self, due: int, debtor: int) -> None:
        """Append those of an invoice."""
        self.dues.append(due)
        self.debtors.append(debtor)

    def add_invoice(self, invoice: ReadyInvoice) -> None:
        """Append those of an invoice that is at hand."""
        self.add(due_number(_read(invoice.payload).dueDate), debtor_number(invoice.debtor))

    def extend(self, other: Marks, numbers: Iterable[int]) -> None:
        """Append some of another's."""
        places = array("I", numbers)
        for at in range(0, len(places), _SLICE):
            some = places[at : at + _SLICE]
            self.dues.extend(map(other.dues.__getitem__, some))
            self.debtors.extend(map(other.debtors.__getitem__, some))

    def outline(self) -> Outline:
        """Say what they come to."""
        days: set[int] = set()
        names: set[int] = set()
        for at in range(0, len(self.dues), _SLICE):
            days.update(self.dues[at : at + _SLICE])
            names.update(self.debtors[at : at + _SLICE])
        days.discard(0)
        return Outline(len(names), (_day(min(days)), _day(max(days))) if days else None)


@lru_cache(maxsize=4096)
def due_number(due: str) -> int:
    """'2026-09-01T00:00:00Z' -> 20260901; 0 for ''."""
    return int(due[:10].replace("-", "") or 0)


def debtor_number(name: str) -> int:
    """Return a fingerprint of a name."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
