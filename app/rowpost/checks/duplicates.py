"""Duplicates within the file: the same number, the same key, or the same claim under another number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Any, NamedTuple

from rowpost.checks.rulebook import RULES
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Value

SOURCE_ID, NUMBER = "uniqueSourceInvoiceId", "invoiceNumber"
SAME_NUMBER, SAME_ID, SAME_CLAIM = (
    "duplicate.invoice_number",
    "duplicate.source_id",
    "duplicate.same_claim",
)


class Identity(NamedTuple):
    """What an invoice shares with no other: normalised number, key, and who owes how much since when.

    '' and 0 where the row does not say. `claim` is a fingerprint, the same in every process.
    """

    number: str
    source_id: str
    claim: int


@dataclass(frozen=True, slots=True)
class Twin:
    """Row `other` has something in common with the earlier row `first`: the code says what."""

    code: str
    first: int
    other: int


def identity_of(payload: Mapping[str, Any], normalized_number: str) -> Identity:
    """Return what tells this invoice from all others.

    A row without a number is not asked for twins by its claim: the missing number is what is wrong.
    """
    claim = _claim(payload) if normalized_number else 0
    return Identity(normalized_number, payload.get(SOURCE_ID, ""), claim)


def _claim(payload: Mapping[str, Any]) -> int:
    """A fingerprint of debtor, amount and dates; 0 where one of them is missing."""
    debtors, claims = payload.get("debtors"), payload.get("claims")
    if not debtors or not claims:
        return 0
    get = debtors[0].get
    who = get("identificationNumber") or get("organizationNumber") or get("customerNumber") or get("name")
    return claim_key(
        who, claims[0].get("remainingAmount"), payload.get("dueDate"), payload.get("invoiceDate")
    )


def claim_key(who: str | None, amount: Decimal | None, due: str | None, issued: str | None) -> int:
    """A fingerprint of debtor, amount and dates; 0 where one of them is missing."""
    if not who or amount is None or not due or not issued:
        return 0
    text = f"{who}\0{amount}\0{due}\0{issued}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


@dataclass(slots=True)
class Duplicates:
    """Sees every invoice once, in order, and tells which rows are twins of earlier ones."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)
    _claims: dict[int, int] = field(default_factory=dict)

    def see(self, row: int, invoice: Identity) -> Twin | None:
        """Remember a row; return the first thing it has in common with an earlier row, if anything."""
        same_number = self._numbers.setdefault(invoice.number, row) if invoice.number else row
        same_id = self._ids.setdefault(invoice.source_id, row) if invoice.source_id else row
        same_claim = self._claims.setdefault(invoice.claim, row) if invoice.claim else row
        if same_number != row:
            return Twin(SAME_NUMBER, same_number, row)
        if same_id != row:
            return Twin(SAME_ID, same_id, row)
        return Twin(SAME_CLAIM, same_claim, row) if same_claim != row else None


def twin_flaw(code: str, number: str, row: int) -> Flaw:
    """Return the flaw of the invoice `number` whose twin is in `row`."""
    path = SOURCE_ID if code == SAME_ID else NUMBER
    values: dict[str, Value] = {"field": path, "value": number, "row": row}
    return Flaw(code, RULES[code].severity, path, values)
