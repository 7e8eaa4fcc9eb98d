"""An agency of values that holds invoices and cases, and can be as odd as the real one may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rowpost.model.answers import CaseFacts, CasesAnswer, Cause, InvoiceFacts, Listed, LookAnswer
from rowpost.model.trouble import Remedy

REFUSED = Cause("network.refused", Remedy.TRY_LATER)
Item = TypeVar("Item")


@dataclass
class Shelf:
    """`filters`: heeds the question; `size`: items a page; `asked`: every question, in order."""

    held: Sequence[InvoiceFacts] = ()
    cases_held: Sequence[CaseFacts] = ()
    filters: bool = True
    size: int = 2
    told: bool = True  # says how many pages there are
    broken_after: int | None = None  # pages after which a list goes wrong
    silent_after: int | None = None  # single questions after which there is no answer
    busy: list[float] = field(default_factory=list)  # how long to wait, before the answers to come
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def invoices(self, query: Mapping[str, str], most_pages: int = 0) -> LookAnswer:
        self.asked.append(("invoices", dict(query)))
        if self.busy:
            return LookAnswer(cause=REFUSED, retry_after=self.busy.pop(0))
        if self.silent_after is not None and self.count("invoices", "cases", "invoice") > self.silent_after:
            return LookAnswer(cause=REFUSED)
        found = [facts for facts in self.held if not self.filters or _fits(facts, query)]
        return LookAnswer(tuple(found))

    def invoice(self, invoice_id: str) -> LookAnswer:
        self.asked.append(("invoice", {"id": invoice_id}))
        return LookAnswer(tuple(facts for facts in self.held if facts.invoice_id == invoice_id))

    def cases(self, query: Mapping[str, str], most_pages: int = 0) -> CasesAnswer:
        self.asked.append(("cases", dict(query)))
        if self.silent_after is not None and self.count("invoices", "cases", "invoice") > self.silent_after:
            return CasesAnswer(cause=REFUSED)
        number = query.get("CaseNumber")
        found = [
            case
            for case in self.cases_held
            if number in (None, case.case_number)
            and (number is not None or any(_fits(facts, query) for facts in case.invoices))
        ]
        return CasesAnswer(tuple(found))

    def invoice_pages(self, query: Mapping[str, str], most_pages: int = 0) -> Iterator[Listed[InvoiceFacts]]:
        return self._pages("invoice page", query, self.held)

    def case_pages(self, query: Mapping[str, str], most_pages: int = 0) -> Iterator[Listed[CaseFacts]]:
        return self._pages("case page", query, self.cases_held)

    def _pages(self, what: str, query: Mapping[str, str], held: Sequence[Item]) -> Iterator[Listed[Item]]:
        starts = range(0, len(held), self.size) or [0]
        for number, start in enumerate(starts):
            self.asked.append((what, dict(query)))
            if number == self.broken_after:
                yield Listed(cause=Cause("agency.odd_answer", Remedy.CALL_FOR_HELP))
                return
            yield Listed(tuple(held[start : start + self.size]), len(starts) if self.told else 0)

    def count(self, *kinds: str) -> int:
        """How many questions of these kinds there were."""
        return sum(kind in kinds for kind, _ in self.asked)


def _fits(facts: InvoiceFacts, query: Mapping[str, str]) -> bool:
    return (
        query.get("UniqueSourceInvoiceId") in (None, facts.source_id)
        and query.get("InvoiceNumber") in (None, facts.invoice_number)
        and ("CustomerNumber" not in query or query["CustomerNumber"] in facts.customers)
    )
