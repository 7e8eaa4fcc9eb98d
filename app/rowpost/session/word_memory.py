"""What words of a creditor's sheets stand for, as a person has said before: one small JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.catalog import Catalog, FieldKind, fold
from rowpost.host.folders import unwritable
from rowpost.host.whole_file import replace_file
from rowpost.model.problems import Problem, Severity
from rowpost.model.workbook import Opened

if TYPE_CHECKING:
    from rowpost.mapping import FieldRule
    from rowpost.mapping import Mapping as ColumnMapping

Meanings = dict[str, dict[str, dict[str, str]]]  # creditor -> field -> folded word -> wire word
_REMEMBERED = "mapping.reason.words_remembered"


def load(file: Path) -> Meanings:
    """Return all that is remembered; a file that cannot be read is as good as none."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if _is_sound(found) else {}


def _is_sound(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(fields, dict) and all(isinstance(words, dict) for words in fields.values())
        for fields in found.values()
    )


def remember(file: Path, creditor: str, mapping: ColumnMapping) -> None:
    """Keep what the words of this mapping stand for. Trouble where the folder cannot be written."""
    known = load(file)
    fields = known.setdefault(creditor, {})
    before = json.dumps(known)
    for rule in mapping.rules:
        words = {fold(word): value for word, value in rule.values.items()}
        if words:
            fields[rule.field] = {**fields.get(rule.field, {}), **words}
    if json.dumps(known) != before:
        try:
            replace_file(file, json.dumps(known, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise unwritable(file.parent) from error


def recall(
    opened: Opened, catalog: Catalog, known: Meanings, creditor: str, mapping: ColumnMapping
) -> ColumnMapping:
    """Return the mapping with what is remembered of the words that stand in its columns."""
    fields = known.get(creditor, {})
    rules = (rule for rule in mapping.rules if rule.field in fields and len(rule.columns) == 1)
    return mapping.with_rules(_recalled(rule, fields[rule.field], opened, catalog) for rule in rules)


def news(before: ColumnMapping, now: ColumnMapping) -> tuple[Problem, ...]:
    """Say of every field which words were put in from memory, and what they stand for."""
    return tuple(
        Problem("mapping.words_recalled", Severity.NOTE, values={"field": rule.field, "words": _pairs(new)})
        for rule in now.rules
        if (was := before.rule(rule.field)) and (new := rule.values.items() - was.values.items())
    )


def _pairs(words: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{word} = {value}" for word, value in sorted(words))


def _recalled(rule: FieldRule, words: Mapping[str, str], opened: Opened, catalog: Catalog) -> FieldRule:
    """Only words of the sheet, only options that there still are; what the rule says itself comes first."""
    from rowpost.mapping import find
    from rowpost.mapping.column_words import column_words

    field = find(catalog, rule.field)[0]
    if field.kind is not FieldKind.ENUM:
        return rule
    options = {option.value for option in field.options}
    said = {fold(word) for word in rule.values}
    there = column_words(opened.table, rule.columns[0], opened.layout)
    found = {
        word: str(words[fold(word)])
        for word in there
        if fold(word) in words and fold(word) not in said and words[fold(word)] in options
    }
    return replace(rule, values={**found, **rule.values}, reason=_REMEMBERED) if found else rule
