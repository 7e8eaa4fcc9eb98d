"""Whether what the agency holds is what was sent."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from rowpost.model.answers import InvoiceFacts
from rowpost.model.attempts import Found, SentRow
from rowpost.sending.compare import look

SENT = {
    "invoiceNumber": "10234",
    "originalInvoiceAmount": 19857.40,
    "currency": "NOK",
    "invoiceDate": "2026-01-15T00:00:00Z",
    "dueDate": "2026-02-15T00:00:00Z",
    "ocrReferenceNumber": "20260001233",
}
ROW = SentRow(1, 0, "10234", "our-key", json.dumps(SENT).encode())


def held(**changes: Any) -> InvoiceFacts:
    same: dict[str, Any] = {
        "invoice_id": "I1",
        "invoice_number": "10234",
        "source_id": "our-key",
        "currency": "NOK",
        "original_amount": Decimal("19857.4"),
        "invoice_date": "2026-01-15",
        "due_date": "2026-02-15",
        "reference": "20260001233",
    }
    return InvoiceFacts(**{**same, **changes})


def test_the_same_is_equal_and_what_is_left_out_is_no_difference() -> None:
    assert look(ROW, [held()]).found is Found.EQUAL
    assert look(ROW, [held(reference="", due_date="", original_amount=None)]).found is Found.EQUAL
    assert look(ROW, [held(source_id="")]).found is Found.EQUAL


@pytest.mark.parametrize(
    "change",
    [
        {"original_amount": Decimal("19857.41")},
        {"currency": "SEK"},
        {"invoice_number": "10235"},
        {"invoice_date": "2026-01-16"},
        {"due_date": "2026-02-16"},
        {"reference": "20260001234"},
    ],
)
def test_any_difference_is_a_difference(change: dict[str, Any]) -> None:
    assert look(ROW, [held(**change)]).found is Found.DIFFERENT


def test_nothing_to_compare_is_not_equal() -> None:
    assert look(ROW, [InvoiceFacts("I1", source_id="our-key")]).found is Found.DIFFERENT


def test_another_one_is_not_ours() -> None:
    assert look(ROW, []).found is Found.ABSENT
    assert look(ROW, [held(source_id="their-key")]).found is Found.ABSENT


def test_twice_is_doubled_but_the_same_one_repeated_is_not() -> None:
    assert look(ROW, [held(), held(invoice_id="I2")]).found is Found.DOUBLED
    assert look(ROW, [held(), held()]).found is Found.EQUAL
