"""Asks the agency what it holds of each invoice, one question an invoice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from rowpost.model.answers import Cause, InvoiceFacts, LookAnswer
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.results import RowResult
from rowpost.model.trouble import Stopped


class ReadSide(Protocol):
    """What following up needs of the agency. Nothing raises for trouble on the way: the answer says it."""

    def invoices(self, query: Mapping[str, str]) -> LookAnswer:
        """Ask for invoices (`InvoiceNumber`, `UniqueSourceInvoiceId`, ...)."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invoice is asked for by; one of the two is enough. `rows` are the workbook's."""

    invoice_number: str = ""
    source_id: str = ""
    rows: tuple[int, ...] = ()

    @classmethod
    def of_row(cls, row: RowResult) -> Asked:
        """Ask for a row of a run, by the key that is ours alone."""
        return cls(row.invoice_number, row.source_id, row.rows)

    @property
    def query(self) -> Mapping[str, str]:
        """The question: by source id where there is one, else by invoice number."""
        if self.source_id:
            return {"UniqueSourceInvoiceId": self.source_id}
        return {"InvoiceNumber": self.invoice_number}


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the agency holds: no invoice, one, or (worth a look) several; with a `cause` nothing is known."""

    asked: Asked
    found: tuple[InvoiceFacts, ...] = ()
    cause: Cause | None = None


def track(
    wanted: Iterable[Asked], agency: ReadSide, *, stop: StopToken, progress: OnProgress
) -> Iterator[Tracked]:
    """Ask for one invoice after the other. Stopped once `stop` is set; what was yielded stays true."""
    questions = list(wanted)
    for done, asked in enumerate(questions):
        if stop.is_set():
            raise Stopped
        progress(Progress("progress.tracking", done, len(questions)))
        answer = agency.invoices(asked.query)
        yield Tracked(asked, tuple(f for f in answer.found if _is_meant(f, asked)), answer.cause)


def _is_meant(facts: InvoiceFacts, asked: Asked) -> bool:
    """Whether an answer is about what was asked: a server may ignore a filter that it does not know."""
    if asked.source_id and facts.source_id:
        return facts.source_id == asked.source_id
    return not asked.invoice_number or facts.invoice_number == asked.invoice_number
