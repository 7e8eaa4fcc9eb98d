"""Reading invoices as the agency holds them."""

from __future__ import annotations

from rowpost.amili import odd
from rowpost.model.answers import InvoiceFacts, Json


def read(item: Json) -> InvoiceFacts | None:
    """Return what is known of an invoice, None where the item is no object."""
    if not isinstance(item, dict):
        return None
    return InvoiceFacts(
        invoice_id=odd.text(item, "id", "invoiceId"),
        invoice_number=odd.text(item, "invoiceNumber"),
        source_id=odd.text(item, "uniqueSourceInvoiceId"),
        case_id=odd.text(item, "collectionCaseNumber", "caseNumber", "caseId"),
        kind=odd.text(item, "type"),
        status=odd.text(item, "status"),
        currency=odd.code(item.get("currency")),
        original_amount=odd.number(item, "originalInvoiceAmount", "originalAmount"),
        current_amount=odd.number(item, "currentAmount", "remainingAmount"),
        paid_amount=odd.number(item, "paidAmount"),
        invoice_date=odd.text(item, "invoiceDate")[:10],
        due_date=odd.text(item, "dueDate")[:10],
        reference=odd.text(item, "ocrReferenceNumber"),
        document=item,
    )
