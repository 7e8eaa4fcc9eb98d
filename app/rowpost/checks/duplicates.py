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
CODES = (SAME_NUMBER, SAME_ID, SAME_CLAIM)  # in the order of what an `Identity` holds


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


Key = str | int


@dataclass(slots=True)
class Duplicates:
    """Sees every invoice once, in order, and tells which rows are twins of earlier ones.

    Afterwards it knows the rows of every number, key and claim, and lets single rows come and go. Most
    things have one row: that is one entry of a dictionary; the few that have more have a list beside.
    """

    _numbers: dict[Key, int] = field(default_factory=dict)
    _ids: dict[Key, int] = field(default_factory=dict)
    _claims: dict[Key, int] = field(default_factory=dict)
    _more: dict[tuple[str, Key], list[int]] = field(default_factory=dict)

    def see(self, row: int, invoice: Identity) -> Twin | None:
        """Remember a row; return the first thing it has in common with an earlier row, if anything."""
        same_number = self._numbers.setdefault(invoice.number, row) if invoice.number else row
        same_id = self._ids.setdefault(invoice.source_id, row) if invoice.source_id else row
        same_claim = self._claims.setdefault(invoice.claim, row) if invoice.claim else row
        if same_number == same_id == same_claim == row:
            return None
        firsts = ((SAME_NUMBER, same_number), (SAME_ID, same_id), (SAME_CLAIM, same_claim))
        twins = [Twin(code, first, row) for code, first in firsts if first != row]
        for twin in twins:
            self._more.setdefault((twin.code, _key(invoice, twin.code)), []).append(row)
        return twins[0]

    def rows(self, code: str, invoice: Identity) -> list[int]:
        """The rows that have in common with this invoice what the code says, in no order."""
        key = _key(invoice, code)
        first = self._by(code).get(key) if key else None
        return [] if first is None else [first, *self._more.get((code, key), ())]

    def forget(self, row: int, invoice: Identity) -> None:
        """Let a row go that was seen as this invoice."""
        for code in CODES:
            rows = self.rows(code, invoice)
            if row in rows:
                rows.remove(row)
                self._put(code, _key(invoice, code), rows)

    def _put(self, code: str, key: Key, rows: list[int]) -> None:
        self._more.pop((code, key), None)
        if not rows:
            del self._by(code)[key]
            return
        self._by(code)[key] = rows[0]
        if len(rows) > 1:
            self._more[code, key] = rows[1:]

    def _by(self, code: str) -> dict[Key, int]:
        return {SAME_NUMBER: self._numbers, SAME_ID: self._ids, SAME_CLAIM: self._claims}[code]


def _key(invoice: Identity, code: str) -> Key:
    return invoice[CODES.index(code)]


def twin_flaw(code: str, number: str, row: int) -> Flaw:
    """Return the flaw of the invoice `number` whose twin is in `row`."""
    path = SOURCE_ID if code == SAME_ID else NUMBER
    values: dict[str, Value] = {"field": path, "value": number, "row": row}
    return Flaw(code, RULES[code].severity, path, values)
