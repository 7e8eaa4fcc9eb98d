"""Assesses a sheet: one streamed pass, nothing kept but compact results, and books that balance."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from rowpost.catalog import Catalog, Field
from rowpost.checks.duplicates import SAME_CLAIM, Duplicates, Twin, identity_of, twin_flaw
from rowpost.intake.judge import ENCODE, NO_COLUMN, Judge, placed
from rowpost.intake.rules import IntakeRules
from rowpost.intake.stores import ProblemStore, ReadyStore, StayingStore
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.mapping import Plan, Sender, normalized_number
from rowpost.mapping.build import drafts
from rowpost.model.assessment import Assessment
from rowpost.model.books import BookLine, RowState, balance
from rowpost.model.cells import column_letters
from rowpost.model.drafts import Draft, Flaw, PlacedFlaw
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.outside import OnProgress, Progress, StopToken, no_progress
from rowpost.model.problems import Severity, Value
from rowpost.model.table import Table
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Layout

LOOK_UP_EVERY = 1024  # drafts between looks at the stop token
_ZERO = Decimal(0)


def assess(
    table: Table,
    layout: Layout,
    mapping: ColumnMapping,
    catalog: Catalog,
    rules: IntakeRules,
    *,
    stop: StopToken | None = None,
    progress: OnProgress = no_progress,
) -> Assessment:
    """Map, build and check every row of the sheet.

    Trouble where the mapping does not fit the catalog; Stopped once `stop` is set.
    """
    layout = with_left_out(layout, rules)
    plan = Plan(table, layout, mapping, catalog, Sender(rules.organization_id, rules.country))
    clerk = _Clerk(plan, catalog, rules)
    total = layout.last_row - layout.first_row + 1
    with uncollected():
        for done, draft in enumerate(drafts(plan, layout)):
            if done % LOOK_UP_EVERY == 0:
                if stop is not None and stop.is_set():
                    raise Stopped
                progress(Progress("progress.checking", done, total))
            clerk.take(draft)
    return clerk.assessment(layout)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cyclic garbage meanwhile: drafts hold no cycles, and looking costs a tenth of the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def with_left_out(layout: Layout, rules: IntakeRules) -> Layout:
    """Return the layout with the rows that a person leaves out, hidden ones among them."""
    by_hand = dict.fromkeys(rules.left_out, "left_out.by_hand")
    hidden = dict.fromkeys(layout.hidden_rows, "row.hidden") if rules.include_hidden is False else {}
    if not by_hand and not hidden:
        return layout
    return replace(layout, left_out=tuple({**by_hand, **hidden, **dict(layout.left_out)}.items()))


class _Clerk:
    """Takes the drafts one by one and keeps the books."""

    def __init__(self, plan: Plan, catalog: Catalog, rules: IntakeRules) -> None:
        self._plan = plan
        self._missing = plan.mapping.missing(catalog)
        self._judge = Judge(catalog, rules, plan)
        self._ready = ReadyStore()
        self._staying = StayingStore()
        self._problems = ProblemStore(plan.table.sheet)
        self._duplicates = Duplicates()
        self._told: set[int] = set()
        self._taken_back: list[int] = []
        self._read: dict[str, Decimal] = {}
        self._tallies = {state: Tally() for state in (RowState.LEFT_OUT, RowState.NOT_FIT, RowState.WAITING)}

    def take(self, draft: Draft) -> None:
        """Enter one draft."""
        currency, amount = worth(draft.payload)
        if currency:
            self._read[currency] = self._read.get(currency, _ZERO) + amount
        if draft.left_out:
            self._enter(stays(draft, RowState.LEFT_OUT, draft.left_out))
            return
        verdict = self._judge.verdict(draft)
        self._tell(verdict.flaws)
        code = self._twin_of(draft) or verdict.code
        if code:
            self._enter(stays(draft, RowState.NOT_FIT, code))
        else:
            self._ready.add(draft.rows, ENCODE(draft.payload))
            self._tallies[RowState.WAITING].add(len(draft.rows), currency, amount)

    def assessment(self, layout: Layout) -> Assessment:
        """Close the books."""
        self._tell_of_the_file()
        self._ready.close(self._taken_back)
        self._staying.close()
        self._problems.close()
        rows = layout.last_row - layout.first_row + 1
        lines = (line for state, tally in self._tallies.items() for line in tally.lines(state))
        return Assessment(
            sheet=self._plan.table.sheet,
            header_row=layout.header_row,
            books=balance(rows, self._read, lines),
            ready=self._ready,
            staying=self._staying,
            problems=self._problems,
            fingerprint=self._ready.fingerprint(),
        )

    def _tell(self, flaws: Iterable[PlacedFlaw]) -> None:
        for one in flaws:
            self._problems.add(one.flaw, one.row, one.column, one.also)

    def _enter(self, row: StayingRow) -> None:
        self._staying.add(row)
        self._tallies[row.state].add(len(row.rows), row.currency, row.amount)

    def _twin_of(self, draft: Draft) -> str:
        """Tell both rows that they are the same in some way; return the code if that is an error."""
        number = draft.payload.get("invoiceNumber", "")
        identity = identity_of(draft.payload, normalized_number(number) if number else "")
        twin = self._duplicates.see(draft.rows[0], identity)
        if twin is None:
            return ""
        flaws = self._judge.by_policy(twin_flaw(twin.code, number, twin.first))
        self._tell(placed(flaw, draft.origins, draft.rows) for flaw in flaws)
        if twin.code != SAME_CLAIM:
            self._tell_first(twin, number)
        return next((flaw.code for flaw in flaws if flaw.severity is Severity.ERROR), "")

    def _tell_first(self, twin: Twin, number: str) -> None:
        """The earlier row is no more right than the later one: it is told too, and not sent."""
        if twin.first in self._told:
            return
        self._told.add(twin.first)
        flaw = twin_flaw(twin.code, number, twin.other)
        self._tell([placed(flaw, self._plan, (twin.first,))])
        at = self._ready.number_of(twin.first)
        if at is not None:
            invoice = self._ready.invoice(at)
            self._taken_back.append(at)
            self._tallies[RowState.WAITING].add(-len(invoice.rows), invoice.currency, -invoice.amount)
            self._enter(not_fit(invoice, twin.code))

    def _tell_of_the_file(self) -> None:
        for missing in self._missing:
            self._problems.add(_no_column(missing, self._plan.mapping), 0, 0)
        for flaw in self._judge.everywhere.values():
            self._problems.add(flaw, 0, 0)


def _no_column(missing: Field, mapping: ColumnMapping) -> Flaw:
    """Say that nothing gives a field; where a column could, which one has to be chosen."""
    for question in mapping.questions:
        if missing.key in question.candidates:
            values: dict[str, Value] = {
                "field": missing.key,
                "column": column_letters(question.column),
                "heading": question.heading,
            }
            return Flaw("mapping.choose_column", Severity.ERROR, missing.path, values)
    return Flaw(NO_COLUMN, Severity.ERROR, missing.path, {"field": missing.key})


@dataclass(slots=True)
class Tally:
    """Rows and amounts per currency of one state."""

    rows: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def add(self, rows: int, currency: str, amount: Decimal) -> None:
        """Count an invoice, or with negative values take one back."""
        self.rows[currency] = self.rows.get(currency, 0) + rows
        self.amounts[currency] = self.amounts.get(currency, _ZERO) + amount

    def lines(self, state: RowState) -> Iterator[BookLine]:
        """One line of the books per currency."""
        for currency, rows in self.rows.items():
            yield BookLine(state, rows, currency, self.amounts[currency])


def worth(payload: Mapping[str, Any]) -> tuple[str, Decimal]:
    """Return currency and sum of the claims; ('', 0) where the row does not say both."""
    claims, currency = payload.get("claims"), payload.get("currency")
    if not claims or not currency:
        return "", _ZERO
    if len(claims) == 1:
        amount = claims[0].get("remainingAmount")
        return (currency, amount) if amount is not None else ("", _ZERO)
    total = _ZERO
    for claim in claims:
        total += claim.get("remainingAmount", _ZERO)
    return currency, total


def stays(draft: Draft, state: RowState, code: str) -> StayingRow:
    """Turn a draft into rows that stay."""
    get = draft.payload.get
    number, source_id = get("invoiceNumber", ""), get("uniqueSourceInvoiceId", "")
    return StayingRow(draft.rows, state, code, number, source_id, *worth(draft.payload))


def not_fit(invoice: ReadyInvoice, code: str) -> StayingRow:
    """Turn an invoice that was ready into rows that stay."""
    return StayingRow(
        invoice.rows,
        RowState.NOT_FIT,
        code,
        invoice.invoice_number,
        invoice.source_id,
        invoice.currency,
        invoice.amount,
    )
