"""Saved mappings find their sheet again by its headings, and say what is different this month."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from rowpost.catalog import Catalog, FieldKind, fold
from rowpost.mapping.column_words import column_words
from rowpost.mapping.document import FieldRule, Mapping
from rowpost.mapping.evidence import date_evidence, number_evidence
from rowpost.mapping.plan import Plan
from rowpost.mapping.results import Flawed
from rowpost.mapping.targets import find
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

_DATES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
_RENAMED = 0.75  # of 1: Forfall -> Forfallsdato


@dataclass(frozen=True, slots=True)
class Renamed:
    """A heading that is gone, and the new one that is most like it."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How a sheet differs from the one a mapping was saved for. Empty: the mapping fits as it is.

    `gone` are headings the mapping needs that are not there, `new` headings it has never seen,
    `renamed` likely pairs of the two. `new_values` are words of value lists that it cannot turn
    into anything: (field key, word). `other_style` are fields whose dates or amounts are written
    another way than the mapping says.
    """

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    new_values: tuple[tuple[str, str], ...] = ()
    other_style: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the mapping can be used without asking anything. New columns do not matter."""
        return not (self.gone or self.renamed or self.new_values or self.other_style)


def fingerprint(headings: Iterable[str]) -> str:
    """Name a set of headings, whatever their order and spelling: equal for next month's file."""
    folded = sorted(folded for heading in headings if (folded := fold(heading)))
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()


def best_match(headings: Sequence[str], saved: Iterable[Mapping]) -> Mapping | None:
    """Return the saved mapping for these headings: all of them alike, else most that it needs.

    A sheet without headings is known by nothing: its mapping has to be named.
    """
    wanted = fingerprint(headings)
    known = {folded for heading in headings if (folded := fold(heading))}
    if not known:
        return None
    ranked: list[tuple[float, Mapping]] = []
    for mapping in saved:
        if fingerprint(mapping.headings) == wanted:
            return mapping
        needed = [fold(heading) for heading in _needed(mapping)]
        found = sum(heading in known for heading in needed)
        if needed and found / len(needed) >= _RENAMED:
            ranked.append((found / len(needed), mapping))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def fit(mapping: Mapping, table: Table, layout: Layout, catalog: Catalog) -> tuple[Mapping, Difference]:
    """Move a saved mapping to the columns of this sheet, and say what is different.

    A rule whose column is gone is left out of the mapping, never guessed anew. A mapping that
    was written without headings names columns by their number alone.
    """
    if not mapping.headings:
        return replace(mapping, headings=layout.headings), Difference()
    moved, gone = _moved(mapping, layout)
    new = tuple(h for h in layout.headings if h and fold(h) not in {fold(old) for old in mapping.headings})
    renamed = tuple(_renamed(gone, new))
    paired = {name for pair in renamed for name in (pair.before, pair.after)}
    difference = Difference(
        tuple(heading for heading in gone if heading not in paired),
        tuple(heading for heading in new if heading not in paired),
        renamed,
        tuple(_new_values(moved, table, layout, catalog)),
        tuple(_other_style(moved, table, layout, catalog)),
    )
    return replace(moved, headings=layout.headings), difference


def accept_renamed(mapping: Mapping, pairs: Iterable[Renamed]) -> Mapping:
    """Return the mapping with the new names of its headings, once a person has said yes."""
    names = {pair.before: pair.after for pair in pairs}
    return replace(mapping, headings=tuple(names.get(heading, heading) for heading in mapping.headings))


def taken_back(mapping: Mapping, saved: Mapping, pairs: Iterable[Renamed], layout: Layout) -> Mapping:
    """Return the mapping with those rules of the saved one that the new names of its headings bring back."""
    moved, _ = _moved(accept_renamed(saved, pairs), layout)
    return mapping.with_rules(rule for rule in moved.rules if mapping.rule(rule.field) is None)


def _needed(mapping: Mapping) -> list[str]:
    columns = dict.fromkeys(column for rule in mapping.rules for column in rule.columns)
    return [_heading(mapping, column) for column in columns]


def _heading(mapping: Mapping, column: int) -> str:
    return mapping.headings[column - 1] if column <= len(mapping.headings) else ""


def _moved(mapping: Mapping, layout: Layout) -> tuple[Mapping, list[str]]:
    """Find every column by its heading, the n-th of equal headings again as the n-th."""
    there: dict[str, list[int]] = {}
    for column, heading in enumerate(layout.headings, 1):
        there.setdefault(fold(heading), []).append(column)
    seen: dict[str, int] = {}
    places: dict[int, int] = {}
    for column, heading in enumerate(mapping.headings, 1):
        folded = fold(heading)
        nth = seen[folded] = seen.get(folded, -1) + 1
        if not folded:
            places[column] = column
        elif nth < len(there.get(folded, ())):
            places[column] = there[folded][nth]
    kept, gone = [], []
    for rule in mapping.rules:
        lost = [column for column in rule.columns if column not in places]
        gone += [_heading(mapping, column) for column in lost]
        if not lost:
            kept.append(replace(rule, columns=tuple(places[column] for column in rule.columns)))
    return replace(mapping, rules=tuple(kept)), list(dict.fromkeys(gone))


def _renamed(gone: Iterable[str], new: Iterable[str]) -> list[Renamed]:
    left = {fold(heading): heading for heading in new}
    pairs = []
    for heading in gone:
        folded = fold(heading)
        close = [one for one in left if one.startswith(folded) or folded.startswith(one)]
        close = close or get_close_matches(folded, list(left), 1, _RENAMED)
        if close:
            pairs.append(Renamed(heading, left.pop(close[0])))
    return pairs


def _new_values(mapping: Mapping, table: Table, layout: Layout, catalog: Catalog) -> list[tuple[str, str]]:
    """Words of enum columns that no option and no value table knows."""
    plan = Plan(table, layout, mapping, catalog)
    found: list[tuple[str, str]] = []
    for rule in mapping.rules:
        field, target = find(catalog, rule.field)
        if field.kind is not FieldKind.ENUM or len(rule.columns) != 1:
            continue
        texts = column_words(table, rule.columns[0], layout)
        unread = [text for text in texts if isinstance(plan.read(target.path, text), Flawed)]
        found += [(rule.field, text) for text in unread]
    return found


def _other_style(mapping: Mapping, table: Table, layout: Layout, catalog: Catalog) -> list[str]:
    """Fields whose column has values that only fit the other order or style than the mapping says."""
    return [rule.field for rule in mapping.rules if _is_other(rule, table, layout, catalog)]


def _is_other(rule: FieldRule, table: Table, layout: Layout, catalog: Catalog) -> bool:
    rows = (layout.first_row, layout.last_row)
    kind = find(catalog, rule.field)[0].kind
    if rule.date_order and kind in _DATES and rule.columns:
        only = date_evidence(table, rule.columns[0], *rows).only or {}
        return any(order is not rule.date_order for order in only)
    if rule.number_style and kind is FieldKind.AMOUNT and rule.columns:
        styles = number_evidence(table, rule.columns[0], *rows).only or {}
        return any(style is not rule.number_style for style in styles)
    return False
