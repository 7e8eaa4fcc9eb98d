"""The look-ups: which batches and claims fit a query, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rowpost.sandbox import shapes
from rowpost.sandbox.books import Batch, Books, Taken
from rowpost.sandbox.pages import page_of
from rowpost.sandbox.reply import Reply, problem, success
from rowpost.sandbox.scenario import Scenario

Query = Mapping[str, str]


class Search:
    """The five operations that read."""

    def __init__(self, scenario: Scenario, books: Books, now: Callable[[], float]) -> None:
        self._scenario = scenario
        self._books = books
        self._now = now

    def batch(self, organization: str, batch_id: str) -> Reply:
        """GetBatchById; each call counts as a poll."""
        batch = self._books.batch(organization, batch_id)
        if batch is None:
            return problem(404, "There is no such batch.")
        return Reply(200, success(self._poll(batch)))

    def batches(self, organization: str, query: Query) -> Reply:
        """GetBatchesByOrganization, the oldest first unless asked otherwise; a poll of each that is shown."""
        found = [batch for batch in self._books.batches(organization) if self._batch_fits(batch, query)]
        if query.get("SortDirection", "").lower().startswith("desc"):
            found.reverse()
        return page_of(self._scenario, query, found, self._poll)

    def invoices(self, organization: str, query: Query) -> Reply:
        """GetInvoicesByOrganization."""
        candidates = self._candidates(organization, query)
        found = [taken for taken in candidates if self._fits(taken, query, "From", "To")]
        return page_of(self._scenario, query, found, self._show_invoice)

    def invoice(self, organization: str, invoice_id: str) -> Reply:
        """GetInvoiceById."""
        taken = self._books.of_id(organization, invoice_id)
        if taken is None or not self._visible(taken):
            return problem(404, "There is no such invoice.")
        return Reply(200, success(self._show_invoice(taken)))

    def cases(self, organization: str, query: Query) -> Reply:
        """GetCasesByOrganization."""
        candidates = self._candidates(organization, query)
        found = [
            taken
            for taken in candidates
            if self._fits(taken, query, "FromCreatedAt", "ToCreatedAt") and _is_case(taken, query)
        ]
        return page_of(self._scenario, query, found, self._show_case)

    def _poll(self, batch: Batch) -> dict[str, Any]:
        shown = shapes.batch_item(self._scenario, batch, queued=self._queued(batch))
        batch.polls.append(None)
        return shown

    def _show_invoice(self, taken: Taken) -> dict[str, Any]:
        return shapes.invoice_item(self._scenario, self._held(taken))

    def _show_case(self, taken: Taken) -> dict[str, Any]:
        return shapes.case_item(self._scenario, self._held(taken))

    def _held(self, taken: Taken) -> shapes.Held:
        return shapes.held(self._scenario, taken, self._now())

    def _queued(self, batch: Batch) -> bool:
        return self._now() < batch.ready_at or len(batch.polls) < self._scenario.queued_polls

    def _visible(self, taken: Taken) -> bool:
        return self._now() >= max(taken.batch.visible_at, taken.batch.ready_at)

    def _batch_fits(self, batch: Batch, query: Query) -> bool:
        return (
            query.get("State") in (None, shapes.status_of(batch, queued=self._queued(batch)))
            and query.get("Type") in (None, "INVOICE")
            and query.get("IdempotencyKey") in (None, batch.key)
        )

    def _candidates(self, organization: str, query: Query) -> list[Taken]:
        """The claims that may fit a query, narrowed down by the books' own order."""
        if source_id := query.get("UniqueSourceInvoiceId"):
            found = self._books.of_source(organization, source_id)
        elif number := query.get("InvoiceNumber"):
            found = self._books.of_number(organization, number)
        else:
            found = list(self._books.claims(organization))
        return [taken for taken in found if self._visible(taken)]

    def _fits(self, taken: Taken, query: Query, since: str, until: str) -> bool:
        payload, created = taken.payload, shapes.stamp(taken.batch.created_at)
        customers = [debtor.get("customerNumber") for debtor in payload.get("debtors", ())]
        status = self._held(taken).settled.status or "open"
        return (
            query.get("Status", status).casefold() == status.casefold()
            and query.get("Type") in (None, payload.get("type"))
            and query.get("InvoiceNumber") in (None, payload.get("invoiceNumber"))
            and ("CustomerNumber" not in query or query["CustomerNumber"] in customers)
            and query.get(since, "") <= created <= query.get(until, "9")
        )


def _is_case(taken: Taken, query: Query) -> bool:
    term = query.get("SearchTerm", "").casefold()
    return query.get("CaseNumber") in (None, str(taken.case_number)) and term in _searchable(taken)


def _searchable(taken: Taken) -> str:
    words = [str(taken.payload.get("invoiceNumber")), str(taken.case_number)]
    for debtor in taken.payload.get("debtors", ()):
        words += [str(debtor.get(part, "")) for part in ("name", "firstname", "lastname", "customerNumber")]
    return " ".join(words).casefold()
