"""Whether an invoice that the agency holds is the one that we sent. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from rowpost.model.answers import InvoiceFacts
from rowpost.model.attempts import Found, Look, SentRow


def look(row: SentRow, held: Sequence[InvoiceFacts]) -> Look:
    """Say what a look-up by our own key found for a row."""
    ours = [facts for facts in held if _is_ours(row, facts)]
    if not ours:
        return Look(row.row, Found.ABSENT)
    if len({facts.invoice_id for facts in ours}) > 1:
        return Look(row.row, Found.DOUBLED, ours[0].invoice_id, ours[0].case_id)
    same = list(_compared(json.loads(row.payload, parse_float=Decimal), ours[0]))
    # nothing but the key to compare is too little to call it equal
    found = Found.EQUAL if same and all(same) else Found.DIFFERENT
    return Look(row.row, found, ours[0].invoice_id, ours[0].case_id)


def _is_ours(row: SentRow, facts: InvoiceFacts) -> bool:
    if facts.source_id:
        return facts.source_id == row.source_id
    return facts.invoice_number == row.invoice_number


def _compared(sent: dict[str, Any], held: InvoiceFacts) -> Iterator[bool]:
    """Compare what both sides say; a field that the answer leaves out is no difference."""
    amount = sent.get("originalInvoiceAmount")
    if held.original_amount is not None and isinstance(amount, (int, Decimal)):
        yield held.original_amount == amount
    for theirs, name, length in (
        (held.currency, "currency", None),
        (held.invoice_number, "invoiceNumber", None),
        (held.invoice_date, "invoiceDate", 10),
        (held.due_date, "dueDate", 10),
        (held.reference, "ocrReferenceNumber", None),
    ):
        ours = sent.get(name)
        if theirs and isinstance(ours, str) and ours:
            yield theirs == ours[:length]
