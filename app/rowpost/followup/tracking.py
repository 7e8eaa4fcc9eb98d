"""Asks the agency what it holds of each invoice, one question an invoice, the answers as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from rowpost.followup.sorting import is_meant
from rowpost.model.answers import Cause, InvoiceFacts, LookAnswer
from rowpost.model.followup import Asked
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.trouble import Stopped


class Shelf(Protocol):
    """What is asked. Nothing raises for trouble on the way: the answer says it."""

    def invoices(self, query: Mapping[str, str]) -> LookAnswer:
        """Ask for invoices (`InvoiceNumber`, `UniqueSourceInvoiceId`, ...)."""
        ...


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the agency holds: no invoice, one, or (worth a look) several; with a `cause` nothing is known."""

    asked: Asked
    found: tuple[InvoiceFacts, ...] = ()
    cause: Cause | None = None


def track(
    wanted: Iterable[Asked], agency: Shelf, *, stop: StopToken, progress: OnProgress
) -> Iterator[Tracked]:
    """Ask for one invoice after the other. Stopped once `stop` is set; what was yielded stays true."""
    questions = list(wanted)
    for done, asked in enumerate(questions):
        if stop.is_set():
            raise Stopped
        progress(Progress("progress.tracking", done, len(questions)))
        answer = agency.invoices(asked.query)
        yield Tracked(asked, tuple(f for f in answer.found if is_meant(f, asked)), answer.cause)
