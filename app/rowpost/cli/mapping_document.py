"""`check --json`'s "mapping": which column became which field, why, and what is not as it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowpost.model.cells import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowpost.cli.documents import Document
    from rowpost.cli.work import Prepared
    from rowpost.mapping import FieldRule
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.wording import Wording


def mapping_facts(prepared: Prepared, wording: Wording) -> Document:
    """Describe the mapping of a check.

    `saved` is the name of the saved mapping ('' for none), `differences` what is not as it was
    then; `fields` are taken, `unsure` and `questions` wait for a person, `unused` columns are not sent.
    """
    mapping, found = prepared.mapping, prepared.found
    headings = prepared.opened.layout.headings
    return {
        "saved": (found.saved.name or "-") if found.saved else "",
        "fields": [_rule(rule, headings, wording) for rule in mapping.rules],
        "unsure": [_rule(rule, headings, wording) for rule in mapping.unsure],
        "questions": [
            {
                "column": column_letters(asked.column),
                "heading": asked.heading,
                "candidates": list(asked.candidates),
                "message": wording.say(asked.reason),
            }
            for asked in mapping.questions
        ],
        "unused": list(_unused(mapping, headings)),
        "grouping": str(mapping.grouping.kind) or "none",
        "differences": [
            {
                "code": fact.code,
                "severity": str(fact.severity),
                "message": wording.say(fact.code, fact.values),
            }
            for fact in found.facts
        ],
    }


def _rule(rule: FieldRule, headings: Sequence[str], wording: Wording) -> Document:
    return {
        "field": rule.field,
        "label": wording.label(rule.field),
        "columns": [column_letters(column) for column in rule.columns],
        "headings": [headings[column - 1] for column in rule.columns if column <= len(headings)],
        "constant": rule.constant,
        "default": rule.default,
        "part": str(rule.part),
        "date_order": str(rule.date_order or ""),
        "number_style": str(rule.number_style or ""),
        "reason": wording.say(rule.reason),
        "confidence": rule.confidence,
    }


def _unused(mapping: ColumnMapping, headings: Sequence[str]) -> Iterator[Document]:
    used = {column for rule in mapping.rules for column in rule.columns}
    for column, heading in enumerate(headings, 1):
        if column not in used and heading:
            yield {"column": column_letters(column), "heading": heading}
