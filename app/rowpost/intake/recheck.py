"""One edited row, judged again, with its duplicates in the whole file; and the rows it used to disturb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rowpost.catalog import Catalog
from rowpost.checks.duplicates import Identity, identity_of, twin_flaw
from rowpost.intake.assess import with_left_out
from rowpost.intake.identities import Identities
from rowpost.intake.judge import ENCODE, Judge, placed
from rowpost.intake.rules import IntakeRules
from rowpost.mapping import GroupKind, Plan, Sender, normalized_number
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.mapping.build import drafts_of
from rowpost.mapping.grouping import merged
from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Draft, PlacedFlaw
from rowpost.model.problems import Problem, Severity
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

NUMBER = "invoiceNumber"


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What one invoice is now: its rows, its state (waiting: it can be sent), why not, and its problems.

    `payload` is exactly what would be sent, as far as the row can be read.
    """

    rows: tuple[int, ...]
    state: RowState
    code: str
    problems: tuple[Problem, ...]
    payload: bytes


class Rechecker:
    """Keeps what must be known of all rows, so that one can be judged again at once.

    Made once for a mapping (about a third of what `assess` takes), then asked after every edit.
    """

    def __init__(
        self, table: Table, layout: Layout, mapping: ColumnMapping, catalog: Catalog, rules: IntakeRules
    ) -> None:
        self._table, self._mapping, self._catalog = table, mapping, catalog
        self._layout = with_left_out(layout, rules)
        self._sender = Sender(rules.organization_id, rules.country)
        self._plan = Plan(table, self._layout, mapping, catalog, self._sender)
        self._judge = Judge(catalog, rules, self._plan)
        self._identities = Identities(self._plan, self._layout)

    def recheck(self, edits: Mapping[tuple[int, int], str], row: int) -> tuple[RowVerdict, ...]:
        """Judge `row` under these edits (all of the sheet's), and the rows whose verdict changes with it.

        The verdict of `row` comes first.
        """
        table = self._table.with_edits(edits)
        self._plan = Plan(
            table, self._layout, self._mapping, self._catalog, self._sender, self._plan.decisions
        )
        disturbed = {row: None, **dict.fromkeys(self._identities.twins_of(row))}
        own = drafts_of(self._plan, self._layout, [row])[0]
        self._identities.move(row, None if own.left_out else self._identity(own))
        disturbed |= dict.fromkeys(self._identities.twins_of(row))
        seen: set[tuple[int, ...]] = set()
        verdicts = []
        for one in disturbed:
            draft = self._draft(one)
            if draft.rows not in seen:
                seen.add(draft.rows)
                verdicts.append(self._verdict(draft))
        return tuple(verdicts)

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
        if draft.left_out:
            return RowVerdict(draft.rows, RowState.LEFT_OUT, draft.left_out, (), payload)
        found = self._judge.verdict(draft)
        flaws = [*found.flaws, *self._twin_flaws(draft)]
        code = next((one.flaw.code for one in flaws if one.flaw.severity is Severity.ERROR), found.code)
        state = RowState.NOT_FIT if code else RowState.WAITING
        return RowVerdict(draft.rows, state, code, tuple(self._problem(one) for one in flaws), payload)

    def _twin_flaws(self, draft: Draft) -> Iterator[PlacedFlaw]:
        number = str(draft.payload.get(NUMBER, ""))
        for code, other in self._identities.twins(draft.rows):
            for flaw in self._judge.by_policy(twin_flaw(code, number, other)):
                yield placed(flaw, draft.origins, draft.rows)

    def _problem(self, one: PlacedFlaw) -> Problem:
        return one.flaw.at((CellRef(self._table.sheet, one.row, one.column), *one.also))
