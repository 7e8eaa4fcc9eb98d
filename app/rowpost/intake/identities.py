"""What tells every row of a sheet from all others, kept so that one row can move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rowpost.checks.duplicates import CODES, SAME_CLAIM, SAME_NUMBER, Duplicates, Identity, claim_key
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
    """Who is who: `seen` are all invoices as the check saw them, `at_first` tells that of one row.

    Of all rows only those that have moved are kept by row, so that a million cost nothing.
    """

    def __init__(self, seen: Duplicates, at_first: Callable[[int], Identity]) -> None:
        self._seen = seen
        self._at_first = at_first
        self._known: dict[int, Identity] = {}

    def _of(self, row: int) -> Identity:
        known = self._known.get(row)
        if known is None:
            known = self._known[row] = self._at_first(row)
        return known

    def move(self, row: int, identity: Identity | None) -> None:
        """Give a row another identity; None: it is no invoice now."""
        self._seen.forget(row, self._of(row))
        self._known[row] = identity or NOBODY
        if identity is not None:
            self._seen.see(row, identity)

    def twins_of(self, row: int) -> list[int]:
        """The other rows that have something in common with this one."""
        own = self._of(row)
        return [other for code in CODES for other in self._seen.rows(code, own) if other != row]

    def same_number(self, row: int) -> list[int]:
        """The rows with the same invoice number, this one among them."""
        return self._seen.rows(SAME_NUMBER, self._of(row))

    def twins(self, rows: Sequence[int]) -> list[tuple[str, int]]:
        """Return what an invoice has in common with other rows, as `assess` would tell it: codes and rows.

        One thing with an earlier row; and number or key with a later one, if it is the first to have it.
        """
        own = self._of(rows[0])
        others = {code: [row for row in self._seen.rows(code, own) if row not in rows] for code in CODES}
        earlier = [(code, min(found)) for code, found in others.items() if found and min(found) < rows[0]][:1]
        later = [
            (code, min(found))
            for code, found in others.items()
            if found and min(found) > rows[0] and code != SAME_CLAIM
        ][:1]
        return earlier + later


def each_row(plan: Plan, layout: Layout) -> Identities:
    """Look at every row as an invoice of its own, whatever it is a part of."""
    seen, left_out = Duplicates(), {row for row, _ in layout.left_out}

    def at_first(row: int) -> Identity:
        found = dict(_identities(plan, row, row))
        return NOBODY if row in left_out else found.get(row, NOBODY)

    for row, identity in _identities(plan, layout.first_row, layout.last_row):
        if row not in left_out:
            seen.see(row, identity)
    return Identities(seen, at_first)


def _identities(plan: Plan, first_row: int, last_row: int) -> Iterator[tuple[int, Identity]]:
    """Read only the leaves that tell invoices apart; a key that is derived tells no more than the number."""
    paths = (NUMBER, SOURCE_ID, PRINCIPAL, *_WHO, *_DATES)
    for first in range(first_row, last_row + 1, BLOCK_ROWS):
        last = min(first + BLOCK_ROWS - 1, last_row)
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
