"""Which columns a person will most likely choose for a field: an order of the list, never a mapping."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.catalog import Catalog, Field, FieldKind, fold
from rowpost.mapping.document import Mapping
from rowpost.mapping.shapes import shape_of
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

_MOST = 3  # columns named first for one field
_TELLING = 4  # letters that a part of a heading needs to say anything
_DATES = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})
_LOOKED_AT = 30  # unused columns whose values are looked at


def guesses(table: Table, layout: Layout, mapping: Mapping, catalog: Catalog) -> dict[str, tuple[int, ...]]:
    """Return the likeliest unused columns of every field, the best first.

    Amounts are named only where they are asked about anyway, and look-alikes never.
    """
    used = {column for rule in mapping.rules for column in rule.columns}
    free = {
        column: fold(heading)
        for column, heading in enumerate(layout.headings, 1)
        if column not in used and fold(heading) and fold(heading) not in catalog.never
    }
    dates = [
        column for column in list(free)[:_LOOKED_AT] if shape_of(table, column, layout).share("date") > 1 / 2
    ]
    found = {}
    for field in catalog.fields:
        likely = dict.fromkeys((*_proposed(field, mapping), *_named_alike(field, free)))
        if field.kind in _DATES:
            likely |= dict.fromkeys(dates)
        found[field.key] = tuple(column for column in likely if column not in used)[:_MOST]
    return found


def _proposed(field: Field, mapping: Mapping) -> Iterator[int]:
    for rule in mapping.unsure:
        if rule.field == field.key:
            yield from rule.columns
    for question in mapping.questions:
        if field.key in question.candidates:
            yield question.column


def _named_alike(field: Field, free: dict[int, str]) -> Iterator[int]:
    """Columns whose heading holds a name of the field, or is part of one."""
    if field.kind is FieldKind.AMOUNT:
        return
    spoken = (alias for aliases in field.spoken.values() for alias in aliases)
    names = {name for text in (*field.labels.values(), *spoken) if len(name := fold(text)) >= _TELLING}
    for column, heading in free.items():
        if len(heading) >= _TELLING and any(name in heading or heading in name for name in names):
            yield column
