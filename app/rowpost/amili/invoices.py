"""Reading invoices as the agency holds them."""

from __future__ import annotations

from rowpost.amili import claims, debtors, odd
from rowpost.model.answers import InvoiceFacts, Json

_ORIGINAL = ("originalInvoiceAmount", "originalAmount")
_CURRENT = ("currentAmount", "remainingAmount")


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
        original_amount=odd.number(item, *_ORIGINAL),
        current_amount=odd.number(item, *_CURRENT),
        paid_amount=odd.number(item, "paidAmount"),
        credited_amount=odd.number(item, "creditedAmount"),
        invoice_date=odd.text(item, "invoiceDate")[:10],
        due_date=odd.text(item, "dueDate")[:10],
        reference=odd.text(item, "ocrReferenceNumber"),
        document=item,
        claims=claims.read(item),
        debtors=debtors.names(item),
        customers=debtors.customers(item),
        odd=(
            *odd.unread_numbers(item, *_ORIGINAL, *_CURRENT, "paidAmount", "creditedAmount"),
            *odd.unread_lists(item, "claims", "debtors"),
        ),
    )
