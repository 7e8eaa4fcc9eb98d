"""What stands in the books, as one document: for tests, and for a person who practises."""

from __future__ import annotations

from typing import Any

from rowpost.sandbox.books import Batch, Books, Taken
from rowpost.sandbox.shapes import amount_of


def account(books: Books) -> dict[str, Any]:
    """Tell every claim with how often and in which batches it was taken, and every rejection.

    `{"batches": n, "invoices": [{"organizationId", "invoiceNumber", "uniqueSourceInvoiceId", "times",
    "batches", "amount", "currency"}], "rejected": [{"organizationId", "invoiceNumber",
    "uniqueSourceInvoiceId", "batchId", "code"}]}`. A claim is known by its source id, without one
    by its invoice number; `amount` is a decimal in text.
    """
    entries: dict[tuple[str, str, str], dict[str, Any]] = {}
    rejected: list[dict[str, Any]] = []
    batches = books.everything()
    for batch in batches:
        rejected.extend(_rejected(batch, index) for index in sorted(batch.failed))
        for taken in batch.accepted():
            _enter(entries, taken)
    return {"batches": len(batches), "invoices": list(entries.values()), "rejected": rejected}


def _enter(entries: dict[tuple[str, str, str], dict[str, Any]], taken: Taken) -> None:
    named = _names(taken.batch, taken.index)
    source_id = named["uniqueSourceInvoiceId"]
    key = (named["organizationId"], source_id, "" if source_id else named["invoiceNumber"])
    worth = {"amount": str(amount_of(taken.payload)), "currency": taken.payload.get("currency")}
    entry = entries.setdefault(key, {**named, "times": 0, "batches": [], **worth})
    entry["times"] += 1
    entry["batches"].append(taken.batch.batch_id)


def _rejected(batch: Batch, index: int) -> dict[str, Any]:
    return {**_names(batch, index), "batchId": batch.batch_id, "code": batch.failed[index].code}


def _names(batch: Batch, index: int) -> dict[str, Any]:
    payload = batch.invoices[index]
    return {
        "organizationId": batch.organization_id,
        "invoiceNumber": payload.get("invoiceNumber"),
        "uniqueSourceInvoiceId": payload.get("uniqueSourceInvoiceId"),
    }
