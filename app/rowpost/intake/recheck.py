"""Edited rows, judged again, with their duplicates in the whole file; and the rows they used to disturb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from rowpost.checks.duplicates import Duplicates, Identity, identity_of, twin_flaw
from rowpost.intake.entries import stays
from rowpost.intake.examiner import Examiner, with_left_out
from rowpost.intake.identities import NOBODY, Identities, each_row
from rowpost.intake.judge import ENCODE, placed
from rowpost.intake.stores import ready_invoice
from rowpost.mapping import GroupKind, Plan, Sender, normalized_number
from rowpost.mapping.build import drafts_of
from rowpost.mapping.grouping import merged
from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Draft, PlacedFlaw
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.problems import Problem, Severity
from rowpost.model.workbook import Layout

NUMBER = "invoiceNumber"


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What one invoice is now: `entry` as the assessment would have it, and its problems.

    `payload` is exactly what would be sent, as far as the row can be read.
    """

    entry: ReadyInvoice | StayingRow
    problems: tuple[Problem, ...]
    payload: bytes

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that make the invoice."""
        return self.entry.rows

    @property
    def state(self) -> RowState:
        """Waiting: it can be sent."""
        return self.entry.state if isinstance(self.entry, StayingRow) else RowState.WAITING

    @property
    def code(self) -> str:
        """Why it stays, '' where it can be sent."""
        return self.entry.code if isinstance(self.entry, StayingRow) else ""


class Rechecker:
    """Keeps what must be known of all rows, so that some can be judged again at once.

    Made in no time from what a check has `seen`. Without that, and where several rows may make one
    invoice, every row is looked through (about a third of what `assess` takes).
    """

    def __init__(self, examiner: Examiner, seen: Duplicates | None = None) -> None:
        plan, rules = examiner.plan, examiner.rules
        self._table, self._mapping, self._catalog = plan.table, plan.mapping, plan.catalog
        self._whole, self._rules = examiner.whole, rules
        self._layout = examiner.layout
        self._sender = Sender(rules.organization_id, rules.country)
        self._plan = plan
        self._judge = examiner.judge
        if seen is None or examiner.has_groups:
            self._identities = each_row(plan, examiner.layout)
        else:
            self._identities = Identities(seen, partial(self._identity_in, plan, examiner.layout))

    def leave_out(self, rows: frozenset[int]) -> None:
        """Take note of which rows a person leaves out; those that change have to be judged next."""
        if rows != self._rules.left_out:
            self._rules = replace(self._rules, left_out=rows)
            self._layout = with_left_out(self._whole, self._rules)

    def recheck(self, edits: Mapping[tuple[int, int], str], rows: Iterable[int]) -> tuple[RowVerdict, ...]:
        """Judge `rows` under all of the sheet's edits, and the rows whose verdict changes with them."""
        table = self._table.with_edits(edits)
        self._plan = Plan(
            table, self._layout, self._mapping, self._catalog, self._sender, self._plan.decisions
        )
        disturbed: dict[int, None] = {}
        for draft in drafts_of(self._plan, self._layout, rows):
            self._judge.leave_out(draft)
            row = draft.rows[0]
            disturbed |= dict.fromkeys((row, *self._identities.twins_of(row)))
            self._identities.move(row, None if draft.left_out else self._identity(draft))
            disturbed |= dict.fromkeys(self._identities.twins_of(row))
        return tuple(self._verdicts(disturbed))

    def _verdicts(self, rows: Iterable[int]) -> Iterator[RowVerdict]:
        seen: set[tuple[int, ...]] = set()
        for row in rows:
            draft = self._draft(row)
            if draft.rows not in seen:
                seen.add(draft.rows)
                yield self._verdict(draft)

    def _identity_in(self, plan: Plan, layout: Layout, row: int) -> Identity:
        """Who a row is in another state of the sheet."""
        (draft,) = drafts_of(plan, layout, [row])
        self._judge.leave_out(draft)
        return NOBODY if draft.left_out else self._identity(draft)

    def _identity(self, draft: Draft) -> Identity:
        number = draft.payload.get(NUMBER)
        return identity_of(draft.payload, normalized_number(number) if number else "")

    def _draft(self, row: int) -> Draft:
        """The invoice of a row: of all rows of its group where rows are grouped."""
        rows = [row]
        if self._mapping.grouping.kind is not GroupKind.NONE:
            rows = sorted({row, *self._identities.same_number(row)})
        members = drafts_of(self._plan, self._layout, rows)
        return merged(members, self._plan)

    def _verdict(self, draft: Draft) -> RowVerdict:
        payload = ENCODE(draft.payload)
        self._judge.leave_out(draft)
        if draft.left_out:
            return RowVerdict(stays(draft, RowState.LEFT_OUT, draft.left_out), (), payload)
        found = self._judge.verdict(draft)
        twins = list(self._twin_flaws(draft))
        flaws = [*found.flaws, *twins]
        # as in the whole pass: a later twin is told so first of all, an earlier one only if it was fit
        code = _first_error(twins[:1], before=draft.rows[0]) or found.code or _first_error(twins)
        entry = stays(draft, RowState.NOT_FIT, code) if code else ready_invoice(draft.rows, payload)
        return RowVerdict(entry, tuple(self._problem(one) for one in flaws), payload)

    def _twin_flaws(self, draft: Draft) -> Iterator[PlacedFlaw]:
        number = str(draft.payload.get(NUMBER, ""))
        for code, other in self._identities.twins(draft.rows):
            for flaw in self._judge.by_policy(twin_flaw(code, number, other)):
                yield placed(flaw, draft.origins, draft.rows)

    def _problem(self, one: PlacedFlaw) -> Problem:
        return one.flaw.at((CellRef(self._table.sheet, one.row, one.column), *one.also))


def _first_error(twins: Iterable[PlacedFlaw], before: int | None = None) -> str:
    """The code of the first twin that keeps a row from being sent; `before`: only of twins above that row."""
    for one in twins:
        other = one.flaw.values["row"]
        is_above = before is None or (isinstance(other, int) and other < before)
        if is_above and one.flaw.severity is Severity.ERROR:
            return one.flaw.code
    return ""
