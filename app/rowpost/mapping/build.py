"""Builds drafts from a table, streamed: a block of rows at a time, nothing kept alive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from decimal import Decimal
from typing import Any

from rowpost.catalog import Catalog
from rowpost.mapping.document import GroupKind, Mapping
from rowpost.mapping.grouping import grouped
from rowpost.mapping.plan import INVOICE_NUMBER, Block, Plan, Sender
from rowpost.model.drafts import Draft, PlacedFlaw
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

BLOCK_ROWS = 1024
PRINCIPAL = "claims[0].remainingAmount"
NOTHING: tuple[PlacedFlaw, ...] = ()
_ZERO = Decimal(0)


def build(
    table: Table, layout: Layout, mapping: Mapping, catalog: Catalog, sender: Sender | None = None
) -> Iterator[Draft]:
    """Yield a draft for every invoice and for every row that is left out.

    Trouble where the mapping names a field that is not there, or a constant that does not fit.
    """
    return drafts(Plan(table, layout, mapping, catalog, sender), layout)


def drafts(plan: Plan, layout: Layout) -> Iterator[Draft]:
    """Yield the drafts of all rows of a compiled plan."""
    left_out = dict(layout.left_out)
    single = _all_rows(plan, layout, left_out)
    if plan.mapping.grouping.kind is GroupKind.NONE:
        return single
    return grouped(single, plan, layout)


def drafts_of(plan: Plan, layout: Layout, rows: Iterable[int]) -> list[Draft]:
    """Return the drafts of some rows only, each on its own."""
    left_out = dict(layout.left_out)
    return [draft for row in rows for draft in drafts_between(plan, row, row, left_out)]


def _all_rows(plan: Plan, layout: Layout, left_out: ReadOnlyMapping[int, str]) -> Iterator[Draft]:
    for first in range(layout.first_row, layout.last_row + 1, BLOCK_ROWS):
        yield from drafts_between(plan, first, min(first + BLOCK_ROWS - 1, layout.last_row), left_out)


def drafts_between(plan: Plan, first: int, last: int, left_out: ReadOnlyMapping[int, str]) -> Iterator[Draft]:
    """Yield the drafts of a block of rows, each on its own. `left_out` are rows and why they stay."""
    block = plan.block(first, last)
    settled, flaws = _settled_rows(plan, block), block.flaws
    for row, payload in enumerate(block.payloads, block.first):
        draft = Draft((row,), payload, plan, flaws.get(row, NOTHING))
        if row in left_out or row in settled:
            draft.left_out = left_out.get(row) or settled[row]
        elif draft.flaws or INVOICE_NUMBER not in payload:
            draft.left_out = _reason(plan, draft)
        yield draft


def _settled_rows(plan: Plan, block: Block) -> dict[int, str]:
    """Rows whose principal is zero or negative, as far as the mapping leaves those out."""
    amounts: list[Any] = block.values.get(PRINCIPAL, [])
    reasons = {}
    for row, amount in enumerate(amounts, block.first):
        if amount is not None and amount <= _ZERO:
            if not amount and plan.mapping.leave_out_zero:
                reasons[row] = "left_out.zero"
            elif amount and plan.mapping.leave_out_negative:
                reasons[row] = "left_out.negative"
    return reasons


def _reason(plan: Plan, draft: Draft) -> str:
    """Why a row is no invoice by what stands in it: a credit note by its word, or nothing at all."""
    for placed in draft.flaws:
        if placed.flaw.code.startswith("left_out."):
            return placed.flaw.code
    row = draft.rows[0]
    if draft.flaws or not plan.is_blank(row):  # only a cell that holds something has a flaw
        return ""
    return "row.blank" if plan.table.is_empty(row) else "row.not_mapped"
