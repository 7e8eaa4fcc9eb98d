"""Keeps the books of a sheet: every entry once, in the order of the rows, into compact stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from rowpost.catalog import Field
from rowpost.checks.duplicates import SAME_CLAIM, Duplicates, Twin, twin_flaw
from rowpost.intake.entries import Chunk, Entry
from rowpost.intake.judge import NO_COLUMN, Judge, placed
from rowpost.intake.stores import ProblemStore, ReadyStore, StayingStore
from rowpost.mapping import Plan, column_argument
from rowpost.model.assessment import Assessment
from rowpost.model.books import BookLine, RowState, balance
from rowpost.model.cells import column_letters
from rowpost.model.drafts import Flaw, Origins, PlacedFlaw
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.problems import Severity, Value
from rowpost.model.workbook import Layout

_ZERO = Decimal(0)


class Clerk:
    """Enters chunks one by one; sees what only the whole file tells: duplicates, and what holds for all.

    `duplicates` goes on to know every invoice once the books are closed.
    """

    def __init__(self, plan: Plan, judge: Judge) -> None:
        self._plan = plan
        self._missing = plan.mapping.missing(plan.catalog)
        self._judge = judge
        self._ready = ReadyStore()
        self._staying = StayingStore()
        self._problems = ProblemStore(plan.table.sheet)
        self.duplicates = Duplicates()
        self._everywhere: dict[str, Flaw] = {}
        self._told: set[int] = set()
        self._taken_back: list[int] = []
        self._read: dict[str, Decimal] = {}
        self._tallies = {state: Tally() for state in (RowState.LEFT_OUT, RowState.NOT_FIT, RowState.WAITING)}

    def take(self, chunk: Chunk) -> None:
        """Enter the next drafts of the sheet."""
        for place, entry in enumerate(chunk.entries):
            self._tell(chunk.flaws.get(place, ()))
            self._take(entry, chunk.origins.get(place, self._plan))
        for flaw in chunk.everywhere:
            self._everywhere.setdefault(flaw.code, flaw)

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

    def _take(self, entry: Entry, origins: Origins) -> None:
        if entry.currency:
            self._read[entry.currency] = self._read.get(entry.currency, _ZERO) + entry.amount
        if entry.left_out:
            self._stay(entry, RowState.LEFT_OUT, entry.left_out)
            return
        code = self._twin_of(entry, origins) or entry.code
        if code:
            self._stay(entry, RowState.NOT_FIT, code)
        else:
            self._ready.add(entry.rows, entry.payload, entry.due, entry.debtor)
            self._tallies[RowState.WAITING].add(len(entry.rows), entry.currency, entry.amount)

    def _tell(self, flaws: Iterable[PlacedFlaw]) -> None:
        for one in flaws:
            self._problems.add(one.flaw, one.row, one.column, one.also)

    def _stay(self, entry: Entry, state: RowState, code: str) -> None:
        self._enter(
            StayingRow(entry.rows, state, code, entry.number, entry.source_id, entry.currency, entry.amount)
        )

    def _enter(self, row: StayingRow) -> None:
        self._staying.add(row)
        self._tallies[row.state].add(len(row.rows), row.currency, row.amount)

    def _twin_of(self, entry: Entry, origins: Origins) -> str:
        """Tell both rows that they are the same in some way; return the code if that is an error."""
        twin = self.duplicates.see(entry.rows[0], entry.identity) if entry.identity else None
        if twin is None:
            return ""
        flaws = self._judge.by_policy(twin_flaw(twin.code, entry.number, twin.first))
        self._tell(placed(flaw, origins, entry.rows) for flaw in flaws)
        if twin.code != SAME_CLAIM:
            self._tell_first(twin)
        return next((flaw.code for flaw in flaws if flaw.severity is Severity.ERROR), "")

    def _tell_first(self, twin: Twin) -> None:
        """The earlier row is no more right than the later one: it is told too, and not sent."""
        if twin.first in self._told:
            return
        self._told.add(twin.first)
        flaw = twin_flaw(twin.code, self._plan.number(twin.first), twin.other)
        self._tell([placed(flaw, self._plan, (twin.first,))])
        at = self._ready.number_of(twin.first)
        if at is not None:
            invoice = self._ready.invoice(at)
            self._taken_back.append(at)
            self._tallies[RowState.WAITING].add(-len(invoice.rows), invoice.currency, -invoice.amount)
            self._enter(not_fit(invoice, twin.code))

    def _tell_of_the_file(self) -> None:
        for missing in self._missing:
            self._problems.add(_no_column(missing, self._plan), 0, 0)
        for flaw in self._everywhere.values():
            self._problems.add(flaw, 0, 0)


def _no_column(missing: Field, plan: Plan) -> Flaw:
    """Say that nothing gives a field; where a column could, which one has to be chosen."""
    for question in plan.mapping.questions:
        if missing.key in question.candidates:
            values: dict[str, Value] = {
                "field": missing.key,
                "argument": column_argument(missing.key, question.heading, question.column),
                "column": column_letters(question.column),
                "heading": question.heading,
            }
            return Flaw("mapping.choose_column", Severity.ERROR, missing.path, values)
    return Flaw(NO_COLUMN, Severity.ERROR, missing.path, {"field": missing.key, "key": missing.key})


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
