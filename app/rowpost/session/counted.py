"""Tells how far the writing down of a run is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from rowpost.model.invoices import ReadyInvoice
from rowpost.model.lazy import Lazy

_EVERY = 100  # invoices between two looks at the clock
_TELL_EVERY = 0.2  # seconds between words about how far it is


class Counted(Lazy[ReadyInvoice]):
    """Invoices that the ledger goes through twice: for the rows, then for what they hold."""

    def __init__(self, ready: Sequence[ReadyInvoice], told: Callable[[int, int], None]) -> None:
        self._ready = ready
        self._told = told
        self._done = 0
        self._next = 0.0

    def __len__(self) -> int:
        return len(self._ready)

    def _make(self, index: int) -> ReadyInvoice:
        return self._ready[index]

    def __iter__(self) -> Iterator[ReadyInvoice]:
        for invoice in self._ready:
            yield invoice
            self._done += 1
            if self._done % _EVERY == 0 and time.monotonic() >= self._next:
                self._next = time.monotonic() + _TELL_EVERY
                self._told(self._done // 2, len(self))
