"""`rowpost inspect FILE`: what a workbook holds, before anything is decided."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import read_workbook, suggested, working
from rowpost.model.cells import column_letters

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.cli.documents import Document
    from rowpost.mapping import Evidence
    from rowpost.mapping import Mapping as ColumnMapping
    from rowpost.model.problems import Value
    from rowpost.model.workbook import Opened
    from rowpost.session import Session
    from rowpost.wording import Wording

_SAMPLES = 3
_EVIDENCE = MappingProxyType(
    {
        "day_month": "mapping.evidence.day_month",
        "month_day": "mapping.evidence.month_day",
        "comma": "mapping.evidence.comma",
        "point": "mapping.evidence.point",
    }
)


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    arguments_of.add_reading(parser, wording)
    arguments_of.add_columns(parser, wording)
    parser.add_argument("--cells", default="", metavar="OUT.csv", help=wording.say("cli.arg.cells"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Show sheets, heading row, columns with the suggested fields and why, and the facts."""
    with working(arguments, console) as session:
        opened = read_workbook(arguments, session, console)
        found = suggested(arguments, session, opened)
        mapping = found.mapping
        opened = replace(opened, facts=(*opened.facts, *found.facts))
        if not console.as_json:
            tell(opened, mapping, console)
        if arguments.cells:
            session.write_cells(opened, Path(arguments.cells))
            console.aside("cli.wrote", {"file": arguments.cells})
        if console.as_json:  # last: trouble with the file is the one document then
            evidence = evidence_of(opened, mapping, session)
            console.document(as_document(opened, mapping, evidence, session.wording))
    return Exit.FINE


def as_document(
    opened: Opened, mapping: ColumnMapping, evidence: Mapping[int, Document], wording: Wording
) -> Document:
    """Describe the workbook for a script."""
    from rowpost.cli import documents
    from rowpost.mapping import to_document

    layout = opened.layout
    return {
        "file": opened.file_name,
        "sha256": opened.sha256,
        "sheets": [
            {"name": s.name, "visibility": str(s.visibility), "rows": s.rows, "filled": s.filled}
            for s in opened.sheets
        ],
        "sheet": opened.table.sheet,
        "header_row": layout.header_row,
        "header_rows": list(layout.header_rows),
        "first_row": layout.first_row,
        "last_row": layout.last_row,
        "title_rows": list(layout.title_rows),
        "total_rows": [total.row for total in layout.total_rows],
        "hidden_rows": list(layout.hidden_rows),
        "left_out": [
            {"row": row, "code": code, "reason": wording.say(code)} for row, code in layout.left_out
        ],
        "columns": [
            {**column(opened, mapping, number, wording), "evidence": evidence.get(number)}
            for number in used_columns(opened)
        ],
        "facts": [documents.problem(fact, wording) for fact in opened.facts],
        "mapping": to_document(mapping),
    }


def used_columns(opened: Opened) -> range:
    """The columns of the sheet, counted from 1."""
    return range(1, opened.table.column_count + 1)


def column(opened: Opened, mapping: ColumnMapping, number: int, wording: Wording) -> dict[str, object]:
    """Describe one column: its heading, samples as Excel shows them, the field it suits and why."""
    fields = [
        {"field": rule.field, "reason": wording.say(rule.reason), "confidence": rule.confidence, "sure": sure}
        for rules, sure in ((mapping.rules, True), (mapping.unsure, False))
        for rule in rules
        if number in rule.columns
    ]
    questions = [
        {"candidates": list(question.candidates), "reason": wording.say(question.reason)}
        for question in mapping.questions
        if question.column == number
    ]
    return {
        "column": column_letters(number),
        "heading": heading(opened, number),
        "samples": samples(opened, number),
        "fields": fields,
        "questions": questions,
    }


def evidence_of(opened: Opened, mapping: ColumnMapping, session: Session) -> dict[int, Document]:
    """Describe by column what its written dates or amounts say about how they are to be read."""
    from rowpost.mapping import decide

    found = decide(opened.table, opened.layout, mapping, session.catalog)
    columns: dict[int, Evidence[Any]] = {**found.dates, **found.numbers}
    return {column: evidence(one, session.wording) for column, one in columns.items() if one.total}


def evidence(one: Evidence[Any], wording: Wording) -> Document:
    """Describe the evidence of one column; `borrowed_from` is the column that decided in its place."""
    only = {str(style): count for style, count in (one.only or {}).items()}
    told = [(_EVIDENCE[style], count) for style, count in only.items()]
    told += [("mapping.evidence.ambiguous", one.both)] if one.both else []
    return {
        "decided": one.decided and str(one.decided),
        "only": only,
        "both": one.both,
        "total": one.total,
        "examples": list(one.examples),
        "borrowed_from": column_letters(one.borrowed_from) if one.borrowed_from else "",
        "messages": [wording.say(code, {"count": count, "total": one.total}) for code, count in told],
    }


def heading(opened: Opened, number: int) -> str:
    """Return what stands above the column, '' where nothing does."""
    headings = opened.layout.headings
    return headings[number - 1] if number <= len(headings) else ""


def samples(opened: Opened, number: int) -> list[str]:
    """Return the first filled cells of a column as Excel shows them."""
    from rowpost.shown import shown_text

    found: list[str] = []
    for row in range(opened.layout.first_row, opened.layout.last_row + 1):
        cell = opened.table.cell(row, number)
        if cell.kind:
            shown = shown_text(cell, opened.table.epoch_1904)
            found.append(cell.stored if shown is None else shown)
        if len(found) == _SAMPLES:
            break
    return found


def tell(opened: Opened, mapping: ColumnMapping, console: Console) -> None:
    """Print the workbook for a person."""
    say = console.wording.say
    layout = opened.layout
    code = "cli.inspect.sheet" if layout.header_row else "cli.inspect.no_header"
    values: dict[str, Value] = {"sheet": opened.table.sheet, "row": layout.header_row}
    console.say(code, {**values, "first_row": layout.first_row, "last_row": layout.last_row})
    if len(opened.sheets) > 1:
        console.say("cli.inspect.sheets", {"sheets": ", ".join(sheet.name for sheet in opened.sheets)})
    console.line()
    console.table(
        [say(f"cli.col.{name}") for name in ("column", "heading", "field", "why", "samples")],
        (line(opened, mapping, number, console.wording) for number in used_columns(opened)),
    )
    console.line()
    console.say("cli.inspect.facts" if opened.facts else "cli.inspect.no_facts")
    for fact in opened.facts:
        console.line(f"  {say(fact.code, fact.values)}")


def line(opened: Opened, mapping: ColumnMapping, number: int, wording: Wording) -> list[str]:
    """Describe one column for a person."""
    shown = column(opened, mapping, number, wording)
    rules = [rule for rule in (*mapping.rules, *mapping.unsure) if number in rule.columns]
    reasons = [rule.reason for rule in rules]
    reasons += [question.reason for question in mapping.questions if question.column == number]
    fields = ", ".join(wording.label(rule.field) for rule in rules)
    why = "; ".join(map(wording.say, dict.fromkeys(reasons)))
    sample = " | ".join(samples(opened, number))
    return [
        str(shown["column"]),
        heading(opened, number),
        fields or wording.say("cli.inspect.unmapped"),
        why,
        sample,
    ]
