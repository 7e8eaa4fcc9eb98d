"""Maps and judges the rows of a sheet, block by block; what needs the whole file is for the clerk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from rowpost.catalog import Catalog
from rowpost.intake.entries import Chunk, judged
from rowpost.intake.judge import Judge
from rowpost.intake.rules import IntakeRules
from rowpost.mapping import GroupKind, Plan, Sender
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.mapping.build import BLOCK_ROWS, drafts, drafts_between
from rowpost.model.table import Table
from rowpost.model.workbook import Layout


class Examiner:
    """Made once for a sheet. Trouble where the mapping does not fit the catalog."""

    def __init__(
        self, table: Table, layout: Layout, mapping: ColumnMapping, catalog: Catalog, rules: IntakeRules
    ) -> None:
        self.whole, self.rules = layout, rules
        self.layout = with_left_out(layout, rules)
        self.plan = Plan(table, self.layout, mapping, catalog, Sender(rules.organization_id, rules.country))
        self.judge = Judge(catalog, rules, self.plan)
        self._left_out = dict(self.layout.left_out)

    @property
    def blocks(self) -> range:
        """The first row of every block."""
        return range(self.layout.first_row, self.layout.last_row + 1, BLOCK_ROWS)

    @property
    def has_groups(self) -> bool:
        """Whether several rows may make one invoice: then no block can be judged by itself."""
        return self.plan.mapping.grouping.kind is not GroupKind.NONE

    def block(self, first: int) -> Chunk:
        """Judge the block that begins with this row."""
        last = min(first + BLOCK_ROWS - 1, self.layout.last_row)
        return judged(drafts_between(self.plan, first, last, self._left_out), self.plan, self.judge)

    def chunks(self) -> Iterator[Chunk]:
        """Judge all rows."""
        stream = drafts(self.plan, self.layout)
        while batch := list(islice(stream, BLOCK_ROWS)):
            yield judged(batch, self.plan, self.judge)


def with_left_out(layout: Layout, rules: IntakeRules) -> Layout:
    """Return the layout with the rows that a person leaves out, hidden ones among them."""
    by_hand = dict.fromkeys(rules.left_out, "left_out.by_hand")
    hidden = dict.fromkeys(layout.hidden_rows, "row.hidden") if rules.include_hidden is False else {}
    if not by_hand and not hidden:
        return layout
    return replace(layout, left_out=tuple({**by_hand, **hidden, **dict(layout.left_out)}.items()))
