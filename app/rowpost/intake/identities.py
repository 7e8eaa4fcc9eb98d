"""What tells every row of a sheet from all others, kept so that one row can move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rowpost.checks.duplicates import SAME_CLAIM, SAME_ID, SAME_NUMBER, Identity, claim_key
from rowpost.mapping import Plan, normalized_number
from rowpost.mapping.build import BLOCK_ROWS, PRINCIPAL
from rowpost.model.workbook import Layout

NUMBER, SOURCE_ID = "invoiceNumber", "uniqueSourceInvoiceId"
_WHO = tuple(
    f"debtors[0].{name}" for name in ("identificationNumber", "organizationNumber", "customerNumber", "name")
)
_DATES = ("dueDate", "invoiceDate")
NOBODY = Identity("", "", 0)


class Identities:
    """The identities of all rows that are invoices, by row and by what they share."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self._of: dict[int, Identity] = {}
        self._rows: defaultdict[str | int, list[int]] = defaultdict(list)
        left_out = {row for row, _ in layout.left_out}
        for row, identity in _identities(plan, layout):
            if row not in left_out:
                self._enter(row, identity)

    def move(self, row: int, identity: Identity | None) -> None:
        """Give a row another identity; None: it is no invoice now."""
        for key in _keys(self._of.pop(row, NOBODY)):
            self._rows[key].remove(row)
        if identity is not None:
            self._enter(row, identity)

    def twins_of(self, row: int) -> list[int]:
        """The other rows that have something in common with this one."""
        keys = _keys(self._of.get(row, NOBODY))
        return [other for key in keys for other in self._rows[key] if other != row]

    def same_number(self, row: int) -> list[int]:
        """The rows with the same invoice number, this one among them."""
        number = self._of.get(row, NOBODY).number
        return self._rows[number] if number else []

    def twins(self, rows: Sequence[int]) -> list[tuple[str, int]]:
        """Return what an invoice has in common with other rows, as `assess` would tell it: codes and rows.

        One thing with an earlier row; and number or key with a later one, if it is the first to have it.
        """
        own = self._of.get(rows[0], NOBODY)
        keys: dict[str, str | int] = {SAME_NUMBER: own.number, SAME_ID: _id(own), SAME_CLAIM: own.claim}
        others = {
            code: [row for row in self._rows[key] if row not in rows] if key else []
            for code, key in keys.items()
        }
        earlier = [(code, min(found)) for code, found in others.items() if found and min(found) < rows[0]][:1]
        later = [
            (code, min(found))
            for code, found in others.items()
            if found and min(found) > rows[0] and code != SAME_CLAIM
        ][:1]
        return earlier + later

    def _enter(self, row: int, identity: Identity) -> None:
        self._of[row] = identity
        for key in _keys(identity):
            self._rows[key].append(row)


def _keys(identity: Identity) -> list[str | int]:
    return [key for key in (identity.number, _id(identity), identity.claim) if key]


def _id(identity: Identity) -> str:
    """Keys of the agency and invoice numbers are kept apart."""
    return f"\0{identity.source_id}" if identity.source_id else ""


def _identities(plan: Plan, layout: Layout) -> Iterator[tuple[int, Identity]]:
    """Read only the leaves that tell invoices apart; a key that is derived tells no more than the number."""
    paths = (NUMBER, SOURCE_ID, PRINCIPAL, *_WHO, *_DATES)
    for first in range(layout.first_row, layout.last_row + 1, BLOCK_ROWS):
        last = min(first + BLOCK_ROWS - 1, layout.last_row)
        found = plan.some(paths, first, last)
        nothing = [None] * (last - first + 1)
        columns = [found.get(path, nothing) for path in paths]
        for row, values in enumerate(zip(*columns, strict=True), first):
            yield from _identity(row, values)


def _identity(row: int, values: tuple[object, ...]) -> Iterator[tuple[int, Identity]]:
    number, source_id, amount, *rest = values
    who = next((one for one in rest[:4] if one), None)
    if amount is not None and amount <= 0:  # type: ignore[operator]  # the leaf of an amount
        return
    claim = claim_key(who if number else None, amount, *rest[4:])  # type: ignore[arg-type]  # as the leaves are
    yield row, Identity(normalized_number(str(number)) if number else "", str(source_id or ""), claim)
