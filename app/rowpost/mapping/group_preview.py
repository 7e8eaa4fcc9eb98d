"""What an invoice of several rows would look like, and whether the amounts of such invoices add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from rowpost.mapping.build import drafts_of
from rowpost.mapping.document import GroupKind
from rowpost.mapping.plan import CURRENCY, Plan
from rowpost.mapping.results import plain
from rowpost.mapping.source_id import normalized_number
from rowpost.model.drafts import Draft
from rowpost.model.workbook import Layout

ROWS = 5_000  # from the top: a sheet that has groups at all shows them there
GROUPS = 50  # looked at closely
_WHOLE = "originalInvoiceAmount"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class GroupPart:
    """One row of the invoice: what it claims, and what or whom it names."""

    row: int
    amount: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class GroupPreview:
    """The first invoice of several rows: `total` is what it would claim in all.

    `whole` is the amount of the invoice where the sheet says it. Of `groups` such invoices near
    the top, `fitting` claim no more than that (where it is not said: claim anything at all).
    """

    kind: GroupKind
    number: str
    parts: tuple[GroupPart, ...]
    total: Decimal
    whole: Decimal | None
    currency: str
    groups: int
    fitting: int


def group_preview(plan: Plan, layout: Layout, kind: GroupKind, path: str) -> GroupPreview | None:
    """Preview the rows that have the leaf `path` in common as invoices with several `kind`."""
    if kind is GroupKind.NONE:
        return None
    found = [drafts_of(plan, layout, rows) for rows in islice(repeated_rows(plan, layout, path), GROUPS)]
    groups = [kept for one in found if len(kept := [draft for draft in one if not draft.left_out]) > 1]
    if not groups:
        return None
    first = groups[0]
    return GroupPreview(
        kind,
        str(plain(plan.leaves[path].block(first[0].rows[0], first[0].rows[0])[0])),
        tuple(GroupPart(draft.rows[0], _claimed(draft), _told(draft, kind)) for draft in first),
        _total(first, kind),
        first[0].payload.get(_WHOLE),
        str(first[0].payload.get(CURRENCY, "")),
        len(groups),
        sum(_fits(group, kind) for group in groups),
    )


def repeated_rows(plan: Plan, layout: Layout, path: str) -> list[list[int]]:
    """The rows of every value of a leaf that stands in several, near the top of the sheet."""
    leaf = plan.leaves.get(path)
    if leaf is None:
        return []
    last = min(layout.last_row, layout.first_row + ROWS - 1)
    rows: dict[str, list[int]] = {}
    left_out = {row for row, _ in layout.left_out}
    for row, value in enumerate(leaf.block(layout.first_row, last), layout.first_row):
        key = plain(value)
        if isinstance(key, str) and row not in left_out:
            rows.setdefault(normalized_number(key), []).append(row)
    return [group for group in rows.values() if len(group) > 1]


def _claimed(draft: Draft) -> Decimal:
    amounts = (claim.get("remainingAmount", _ZERO) for claim in draft.payload.get("claims", ()))
    return sum(amounts, _ZERO)


def _total(group: Sequence[Draft], kind: GroupKind) -> Decimal:
    """Several debtors owe the same claim; several claims add up."""
    return _claimed(group[0]) if kind is GroupKind.DEBTORS else sum(map(_claimed, group), _ZERO)


def _fits(group: Sequence[Draft], kind: GroupKind) -> bool:
    if kind is GroupKind.DEBTORS and len({_claimed(draft) for draft in group}) > 1:
        return False
    whole = group[0].payload.get(_WHOLE)
    return _total(group, kind) > 0 and (whole is None or _total(group, kind) <= whole)


def _told(draft: Draft, kind: GroupKind) -> str:
    if kind is GroupKind.CLAIMS:
        return str(draft.payload.get("description", ""))
    debtors = draft.payload.get("debtors") or [{}]
    names = (debtors[0].get(part) for part in ("name", "firstname", "lastname"))
    return " ".join(str(name) for name in names if name)
