"""A search at the agency: what a person types is a number or a key, which of them is tried."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.followup.fetching import ReadSide
from rowpost.model.answers import Cause, InvoiceFacts
from rowpost.model.followup import Asked


def seek(text: str, agency: ReadSide) -> tuple[Sequence[Asked], Cause | None]:
    """Return what to ask for: the invoices with that number, source id, customer or case number.

    An answer that is about something else is not believed. Names are never asked for: they would
    stand in an address.
    """
    found: dict[str, InvoiceFacts] = {}
    for name in ("InvoiceNumber", "UniqueSourceInvoiceId", "CustomerNumber"):
        answer = agency.invoices({name: text})
        if answer.cause is not None:
            return (), answer.cause
        _keep(found, [facts for facts in answer.found if _fits(facts, text)])
    if text.isascii() and text.isdigit():
        cases = agency.cases({"CaseNumber": text})
        if cases.cause is not None:
            return (), cases.cause
        for case in cases.cases:
            if case.case_number == text:
                _keep(found, case.invoices)
    return [
        Asked(facts.invoice_number, facts.source_id, invoice_id=facts.invoice_id) for facts in found.values()
    ], None


def _fits(facts: InvoiceFacts, text: str) -> bool:
    return text in (facts.invoice_number, facts.source_id, *facts.customers)


def _keep(found: dict[str, InvoiceFacts], news: Sequence[InvoiceFacts]) -> None:
    for facts in news:
        found.setdefault(facts.source_id or facts.invoice_id or facts.invoice_number, facts)
