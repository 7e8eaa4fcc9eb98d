"""Invoices on their way from the workbook to the agency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rowpost.model.books import RowState


@dataclass(frozen=True, slots=True)
class ReadyInvoice:
    """An invoice that is fit to send.

    `rows` are Excel's own row numbers, the first one names it; `amount` is the sum of its
    claims in major units of `currency`; `payload` is the JSON object exactly as it goes over
    the wire (UTF-8).
    """

    rows: tuple[int, ...]
    invoice_number: str
    source_id: str
    currency: str
    amount: Decimal
    payload: bytes
    debtor: str = ""
    customer_number: str = ""


@dataclass(frozen=True, slots=True)
class StayingRow:
    """A row, or a group of rows, that is not sent: left out, or not fit. It stays in the books.

    `code` says why (a wording code).
    """

    rows: tuple[int, ...]
    state: RowState
    code: str
    invoice_number: str = ""
    source_id: str = ""
    currency: str = ""
    amount: Decimal = Decimal(0)
