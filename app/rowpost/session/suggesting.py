"""Which mapping a sheet gets: a saved one that knows its headings, else a suggestion; differences told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by

from rowpost.catalog import Catalog, FieldKind
from rowpost.mapping import (
    DateOrder,
    Difference,
    FieldRule,
    best_match,
    changed_rows,
    decide,
    find,
    fit,
    group_proposal,
    suggest,
    with_columns,
)
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.problems import Problem, Severity, Values
from rowpost.model.settings import ReadingSettings
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened

_NOTE, _WARNING = Severity.NOTE, Severity.WARNING
CURRENCY = "currency"


# What must not change its column without a word from a person: money, dates and identifiers.
_ASKED = frozenset({FieldKind.AMOUNT, FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.IDENTIFIER})
_OTHER = (
    ("mapping.saved_other_date_order", "date_order"),
    ("mapping.saved_other_number_style", "number_style"),
)
_STYLES = tuple(style for _, style in _OTHER)
Choices = Sequence[tuple[str, str]]  # field key or path, heading or letters


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping for this sheet, and what a person is told about it.

    `saved` is the saved mapping that it is, None where it was made from the headings; `lost` are
    fields of a saved mapping whose columns are not in this sheet, and `difference` everything
    that is not as it was when the mapping was saved. `reads_otherwise`: of its kept rows (from 1),
    those that this version of the program reads another way.
    """

    mapping: ColumnMapping
    facts: tuple[Problem, ...] = ()
    saved: ColumnMapping | None = None
    lost: tuple[str, ...] = ()
    difference: Difference = made_by(default_factory=Difference)
    reads_otherwise: tuple[int, ...] = ()

    def refuse_lost(self, mapping: ColumnMapping) -> None:
        """Trouble if the saved mapping has fields that nothing in `mapping` makes now."""
        lost = self._missing(mapping)
        if lost and self.saved:
            values = {
                "mapping": self.saved.name or "-",
                "fields": ", ".join(lost),
                "example": self._cure(lost),
            }
            raise Trouble("mapping.columns_gone", Remedy.FIX_FILE, values)

    def refuse_changed(self, mapping: ColumnMapping, catalog: Catalog, answered: Collection[str]) -> None:
        """Trouble if money, dates or identifiers are not where, or as, the saved mapping has them.

        `answered` are the names of what a person has said for the whole sheet (`dueDate.date_order`).
        Other differences are told and stop nothing.
        """
        if self.saved is None:
            return
        named = self.saved.name or "-"
        lost = [key for key in self._missing(mapping) if find(catalog, key)[0].kind in _ASKED]
        if lost:
            values = {"mapping": named, "fields": ", ".join(lost), "example": self._cure(lost)}
            raise Trouble("mapping.saved_differs", Remedy.FIX_FILE, values)
        said = {name.rpartition(".")[0] for name in answered if name.endswith(_STYLES)}
        other = [key for key in self.difference.other_style if "" not in said and key not in said]
        if other:
            code, style = _OTHER[find(catalog, other[0])[0].kind is FieldKind.AMOUNT]
            values = {"mapping": named, "fields": ", ".join(other), "choice": f"{other[0]}.{style}"}
            raise Trouble(code, Remedy.FIX_FILE, values)

    def _missing(self, mapping: ColumnMapping) -> list[str]:
        there = {rule.field for rule in mapping.rules}
        return [field for field in self.lost if field not in there]

    def _cure(self, lost: Sequence[str]) -> str:
        """The arguments that would say where the fields are now, with the headings as they stand."""
        saved = self.saved or ColumnMapping()
        now = {pair.before: pair.after for pair in self.difference.renamed}
        return " ".join(_argument(saved, key, now) for key in lost)


def _argument(saved: ColumnMapping, key: str, now: Mapping[str, str]) -> str:
    rule = saved.rule(key)
    old = [saved.headings[column - 1] for column in rule.columns] if rule and saved.headings else []
    heading = next((now[one] for one in old if one in now), "…")
    return f'--column {key}="{heading}"'


def suggestion(
    opened: Opened,
    catalog: Catalog,
    saved: Iterable[ColumnMapping],
    reading: ReadingSettings,
    columns: Choices = (),
) -> Suggestion:
    """Take the saved mapping that knows this sheet's headings; else suggest one from them.

    `columns` were chosen by a person and come before everything else.
    """
    known = best_match(opened.layout.headings, saved)
    if known:
        return fitted(opened, catalog, known, reading, columns)
    fresh = _with(columns, suggest(opened.table, opened.layout, catalog), opened, catalog)
    return _completed(Suggestion(fresh), opened, catalog, reading)


def fitted(
    opened: Opened,
    catalog: Catalog,
    saved: ColumnMapping,
    reading: ReadingSettings,
    columns: Choices = (),
) -> Suggestion:
    """Move a saved mapping to this sheet; for columns it has never seen, fields are only proposed."""
    moved, difference = fit(saved, opened.table, opened.layout, catalog)
    there = {rule.field for rule in moved.rules}
    fresh = suggest(opened.table, opened.layout, catalog)
    proposed = tuple(_about(opened, difference.new, (*fresh.rules, *fresh.unsure), there))
    otherwise = changed_rows(saved, catalog)
    found = Suggestion(
        _with(columns, replace(moved, unsure=proposed), opened, catalog),
        tuple(_told(saved, difference, len(otherwise))),
        saved,
        tuple(rule.field for rule in saved.rules if rule.field not in there),
        difference,
        otherwise,
    )
    return _completed(found, opened, catalog, reading)


def _with(columns: Choices, mapping: ColumnMapping, opened: Opened, catalog: Catalog) -> ColumnMapping:
    return with_columns(mapping, columns, opened.layout.headings, opened.table.column_count, catalog)


def _about(
    opened: Opened, headings: Sequence[str], rules: Iterable[FieldRule], taken: set[str]
) -> Iterator[FieldRule]:
    """The rules for fields not taken yet whose columns all have one of these headings."""
    for rule in rules:
        names = {opened.layout.headings[column - 1] for column in rule.columns}
        if rule.field not in taken and names and names <= set(headings):
            yield rule


def _told(saved: ColumnMapping, difference: Difference, otherwise: int) -> Iterator[Problem]:
    """Which saved mapping is used, and what is different this time."""
    named: Values = {"mapping": saved.name or "-"}
    yield Problem("mapping.saved_used", _NOTE, values=named)
    if difference.gone:
        yield Problem("mapping.saved_gone", _WARNING, values={"headings": ", ".join(difference.gone)})
    for pair in difference.renamed:
        values = {"heading": pair.before, "other": pair.after}
        yield Problem("mapping.saved_renamed", _WARNING, values=values)
    if difference.new:
        yield Problem("mapping.saved_new", _NOTE, values={"headings": ", ".join(difference.new)})
    for key, word in difference.new_values:
        yield Problem("mapping.saved_new_value", _WARNING, values={"field": key, "value": word})
    for key in difference.other_style:
        yield Problem("mapping.saved_other_style", _WARNING, values={"field": key})
    if otherwise:
        yield Problem("mapping.saved_reads_otherwise", _WARNING, values={**named, "count": otherwise})


def _completed(found: Suggestion, opened: Opened, catalog: Catalog, reading: ReadingSettings) -> Suggestion:
    """Let the settings answer what the sheet leaves open, and ask about rows that may be one invoice."""
    mapping = found.mapping
    decisions = decide(opened.table, opened.layout, mapping, catalog)
    if reading.date_order:
        order = DateOrder(reading.date_order)
        open_columns = {column for column, evidence in decisions.dates.items() if evidence.ambiguous}
        mapping = mapping.with_rules(
            replace(rule, date_order=order)
            for rule in mapping.rules
            if rule.date_order is None and open_columns.intersection(rule.columns)
        )
    asked = {question for one in mapping.questions for question in one.candidates}
    proposed = {rule.field for rule in mapping.unsure}
    if reading.currency and mapping.rule(CURRENCY) is None and CURRENCY not in asked | proposed:
        rule = FieldRule(CURRENCY, constant=reading.currency, reason="mapping.reason.from_settings")
        mapping = mapping.with_rules([rule])
    groups = group_proposal(opened.table, opened.layout, mapping, catalog, decisions)
    facts = (*found.facts, groups.told()) if groups else found.facts
    return replace(found, mapping=mapping, facts=facts)
