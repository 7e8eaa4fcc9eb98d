"""Columns that a person chose by name: the field's, and the column's heading or letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from rowpost.catalog import Catalog, Field, FieldKind, fold
from rowpost.mapping.document import FieldRule, Mapping, Question
from rowpost.mapping.results import Target
from rowpost.mapping.targets import find
from rowpost.model.cells import column_letters, column_number
from rowpost.model.trouble import Remedy, Trouble

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_NOT_TYPED = re.compile(r'["\\$`%!]')  # a shell would read them otherwise
_CHOSEN = "mapping.reason.chosen"


def with_columns(
    mapping: Mapping,
    choices: Iterable[tuple[str, str]],
    headings: Sequence[str],
    width: int,
    catalog: Catalog,
) -> Mapping:
    """Return the mapping with columns chosen by hand: (field key or path, heading or letters).

    A heading is preferred to letters. A text field that is named several times is joined from
    all of its columns. `width` is how many columns the sheet has.
    Trouble for a field or a column that is not there, or where two columns have the heading.
    """
    columns: dict[str, tuple[int, ...]] = {}
    for name, wanted in choices:
        field, target = _typed(catalog, name)
        key = field.key if target.path.startswith("debtors[0]") or "debtors[" not in target.path else name
        if key in columns and field.kind is not FieldKind.TEXT:
            raise Trouble("mapping.chosen_twice", Remedy.FIX_SETTINGS, {"field": key})
        columns[key] = (*columns.get(key, ()), column_called(wanted, headings, width))
    rules = [_chosen(mapping, key, numbers) for key, numbers in columns.items()]
    chosen = mapping.with_rules(rules)
    made = {rule.field for rule in chosen.rules}
    touched = {number for numbers in columns.values() for number in numbers}
    asked = (
        _without(question, made if question.column in touched else columns.keys())
        for question in mapping.questions
    )
    return replace(chosen, questions=tuple(question for question in asked if question.candidates))


def column_argument(key: str, heading: str, column: int) -> str:
    """Return the argument that chooses a column: by its heading where that can be typed, else by letters."""
    plain = heading.isprintable() and heading.strip() and not _NOT_TYPED.search(heading)
    return f'--column {key}="{heading}"' if plain else f"--column {key}={column_letters(column)}"


def _typed(catalog: Catalog, name: str) -> tuple[Field, Target]:
    try:
        return find(catalog, name)
    except Trouble as trouble:  # typed, not in a file
        raise Trouble(trouble.code, Remedy.FIX_SETTINGS, trouble.values) from None


def column_called(wanted: str, headings: Sequence[str], width: int) -> int:
    """Return the number (from 1) of the column with that heading, else with those letters."""
    named = [(number, heading) for number, heading in enumerate(headings, 1) if fold(heading)]
    exact = [number for number, heading in named if heading.strip() == wanted.strip()]
    alike = [number for number, heading in named if fold(heading) == fold(wanted)]
    found = exact or alike
    if len(found) > 1:
        letters = ", ".join(map(column_letters, found))
        values = {"heading": wanted, "columns": letters}
        raise Trouble("mapping.heading_twice", Remedy.FIX_SETTINGS, values)
    if found:
        return found[0]
    letters = wanted.strip()
    number = column_number(letters) if _LETTERS.fullmatch(letters) else 0
    if not 0 < number <= width:
        there = ", ".join(heading for heading in headings if heading) or "-"
        last = column_letters(max(width, 1))
        values = {"heading": wanted, "headings": there, "last": last}
        raise Trouble("mapping.no_such_column", Remedy.FIX_SETTINGS, values)
    return number


def _without(question: Question, answered: Collection[str]) -> Question:
    """What is still asked of a column, once some fields have theirs."""
    return replace(question, candidates=tuple(key for key in question.candidates if key not in answered))


def _chosen(mapping: Mapping, key: str, columns: tuple[int, ...]) -> FieldRule:
    """Keep how the column is read where the same column was already found for the field."""
    known = (rule for rule in (*mapping.rules, *mapping.unsure) if rule.field == key)
    same = next((rule for rule in known if rule.columns == columns), None)
    if same is not None:
        return replace(same, reason=_CHOSEN, confidence=100)
    return FieldRule(key, columns, reason=_CHOSEN)
