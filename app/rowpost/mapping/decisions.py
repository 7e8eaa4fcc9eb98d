"""What was decided per column about written dates and amounts: by a person, or by all its values."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, field

from rowpost.catalog import Catalog, FieldKind
from rowpost.mapping.document import DateOrder, FieldRule, Mapping, NumberStyle
from rowpost.mapping.evidence import Evidence, date_evidence, lend, number_evidence
from rowpost.mapping.targets import find
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

_DATES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})


@dataclass(frozen=True, slots=True)
class Decisions:
    """The evidence of every column that holds written dates or amounts, by column number."""

    dates: ReadOnlyMapping[int, Evidence[DateOrder]] = field(default_factory=dict)
    numbers: ReadOnlyMapping[int, Evidence[NumberStyle]] = field(default_factory=dict)

    def date_order(self, rule: FieldRule) -> DateOrder | None:
        """The order of a rule's column; None: read only what has one meaning."""
        if rule.date_order or not rule.columns:
            return rule.date_order
        return self.dates[rule.columns[0]].decided

    def number_style(self, rule: FieldRule) -> NumberStyle | None:
        """The style of a rule's column; None: read only what has one meaning."""
        if rule.number_style or not rule.columns:
            return rule.number_style
        return self.numbers[rule.columns[0]].decided


def decide(table: Table, layout: Layout, mapping: Mapping, catalog: Catalog) -> Decisions:
    """Weigh every mapped column of dates and amounts."""
    rows = (layout.first_row, layout.last_row)
    kinds = [(find(catalog, rule.field)[0].kind, rule) for rule in mapping.rules]
    dates = dict.fromkeys(column for kind, rule in kinds if kind in _DATES for column in rule.columns)
    amounts = dict.fromkeys(
        column for kind, rule in kinds if kind is FieldKind.AMOUNT for column in rule.columns
    )
    return Decisions(
        lend(date_evidence(table, column, *rows) for column in dates),
        lend(number_evidence(table, column, *rows) for column in amounts),
    )
