"""Rows that may be one invoice: found by equal invoice numbers, proposed with evidence, never applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rowpost.catalog import Catalog
from rowpost.mapping.build import drafts_of
from rowpost.mapping.decisions import Decisions
from rowpost.mapping.document import Grouping, GroupKind, Mapping
from rowpost.mapping.group_preview import GROUPS, ROWS, repeated_rows
from rowpost.mapping.grouping import merged, own_of
from rowpost.mapping.plan import INVOICE_NUMBER, Plan
from rowpost.model.drafts import Draft
from rowpost.model.problems import Problem, Severity, Value
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

_MOST = 0.8  # of them must agree
_CODES = {GroupKind.CLAIMS: "mapping.grouping.claims", GroupKind.DEBTORS: "mapping.grouping.debtors"}


@dataclass(frozen=True, slots=True)
class GroupProposal:
    """What rows with the same invoice number seem to be.

    `agreeing` of `seen` numbers that stand in several rows have everything else in common;
    `example` is one of them with its rows, as a preview. `whole`: these are all of the sheet.
    """

    kind: GroupKind
    agreeing: int
    seen: int
    example: str
    rows: tuple[int, ...]
    whole: bool = True

    def told(self) -> Problem:
        """The question to a person, with the evidence."""
        rows = ", ".join(map(str, self.rows))
        values: dict[str, Value] = {
            "count": self.seen,
            "agreeing": self.agreeing,
            "number": self.example,
            "rows": rows,
        }
        return Problem(_CODES[self.kind], Severity.WARNING, values=values)


def group_proposal(
    table: Table, layout: Layout, mapping: Mapping, catalog: Catalog, decisions: Decisions
) -> GroupProposal | None:
    """Return what the rows with equal invoice numbers are; None where there are none, or they contradict.

    Rows that are the same in everything are duplicates and no group. Nothing is proposed where
    the mapping groups already, or a person has said that each row is an invoice.
    """
    said = mapping.grouping.kind is not GroupKind.NONE or mapping.grouping.chosen
    if said or mapping.rule(INVOICE_NUMBER) is None:
        return None
    plan = Plan(table, layout, mapping, catalog, decisions=decisions)
    repeated = repeated_rows(plan, layout, INVOICE_NUMBER)
    if not repeated:
        return None
    found = [drafts_of(plan, layout, rows) for rows in islice(repeated, GROUPS)]
    whole = len(repeated) <= GROUPS and layout.last_row < layout.first_row + ROWS
    proposed = (_as(kind, plan, found) for kind in _CODES)
    return next((replace(one, whole=whole) for one in proposed if one), None)


def _as(kind: GroupKind, plan: Plan, groups: Sequence[Sequence[Draft]]) -> GroupProposal | None:
    mapping = replace(plan.mapping, grouping=Grouping(kind))
    trial = Plan(plan.table, _NO_ROWS, mapping, plan.catalog, decisions=plan.decisions)
    agreeing = [group for group in groups if _agrees(group, trial)]
    telling = sum(not _all_alike(group, kind) for group in groups)
    if not agreeing or len(agreeing) < _MOST * telling:
        return None
    first = agreeing[0]
    rows = tuple(row for draft in first for row in draft.rows)
    return GroupProposal(kind, len(agreeing), len(groups), str(first[0].payload[INVOICE_NUMBER]), rows)


_NO_ROWS = Layout((), 1, 0, ())


def _all_alike(group: Sequence[Draft], kind: GroupKind) -> bool:
    """Whether the rows are copies of one: a mistake, which says nothing of invoices of several rows."""
    own = [own_of(draft, kind) for draft in group]
    return all(one == own[0] for one in own)


def _agrees(group: Sequence[Draft], trial: Plan) -> bool:
    """Whether the rows have everything in common but what a group has several of, and that differs."""
    flaws = merged(group, trial).flaws
    return not any(placed.flaw.code.startswith("group.") for placed in flaws)
