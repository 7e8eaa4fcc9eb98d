"""`rowpost check FILE`: every row is checked, nothing is sent."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import choose_target, prepare, working
from rowpost.model.books import RowState

if TYPE_CHECKING:
    from rowpost.checks import Cause
    from rowpost.cli.console import Console
    from rowpost.cli.work import Prepared
    from rowpost.model.assessment import Assessment
    from rowpost.model.problems import Problem, Value
    from rowpost.model.targets import Target
    from rowpost.model.workbook import Opened
    from rowpost.session import Session
    from rowpost.wording import Wording

_DOUBTS = frozenset({"sheets.no_headings", "sheets.struck_rows", "sheets.total_differs"})
_HIDDEN = frozenset({"sheets.hidden_rows", "sheets.filtered_rows"})
_MOST_ROWS = 10  # named of those that are left out for one reason
_MOST_LINES = 200  # problems listed one by one on a terminal; the workbook and --json hold them all


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    arguments_of.add_reading(parser, wording)
    arguments_of.add_mapping(parser, wording)
    arguments_of.add_target(parser, wording)
    parser.add_argument("--problems", default="", metavar="OUT.xlsx", help=wording.say("cli.arg.problems"))
    parser.add_argument("--payload", default="", metavar="OUT.jsonl", help=wording.say("cli.arg.payload"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check the workbook; 0 all fit, 1 some rows not fit, 3 the mapping is not complete."""
    from rowpost.cli import documents

    with working(arguments, console) as session:
        target = chosen(arguments, session)
        prepared = prepare(arguments, session, console, target)
        doubts = all_doubts(prepared, session, arguments)
        if not console.as_json:
            tell(prepared, console, doubts)
        write_files(arguments, session, console, prepared)  # before the one document: trouble is one too
        if console.as_json:
            from rowpost.cli.mapping_document import mapping_facts

            document = documents.check(prepared.opened, prepared.assessment, session.wording, doubts)
            document["mapping"] = mapping_facts(prepared, session.wording)
            console.document(document)
    return exit_code(prepared.assessment)


def chosen(arguments: argparse.Namespace, session: Session) -> Target:
    """Return the target to check for, as `send` would send to it."""
    if arguments.api_url:
        return choose_target(arguments, session)
    return session.target_to_check(arguments.target, arguments.org)


def exit_code(assessment: Assessment) -> Exit:
    """Return the contract's code for what was found."""
    if assessment.mapping_incomplete:
        return Exit.FILE
    if assessment.books.by_state.get(RowState.NOT_FIT):
        return Exit.SOME_ROWS
    return Exit.FINE


def all_doubts(prepared: Prepared, session: Session, arguments: argparse.Namespace) -> list[Problem]:
    """Return what is doubtful about the rows as such, and the earlier runs that they are like."""
    doubts = sheet_doubts(prepared.opened, session.hidden_rows(arguments.include_hidden))
    return [*doubts, *session.runs_like(prepared.opened, prepared.assessment, prepared.target)]


def sheet_doubts(opened: Opened, include_hidden: bool | None) -> list[Problem]:
    """Return what is doubtful about rows as such: no cell of an invoice tells it.

    Hidden rows are told until somebody has said whether they count.
    """
    told = _DOUBTS if include_hidden is not None else _DOUBTS | _HIDDEN
    return [fact for fact in opened.facts if fact.code in told]


def tell(prepared: Prepared, console: Console, doubts: Sequence[Problem] = ()) -> None:
    """Print the problems, one line each, and the sentence with the numbers."""
    from rowpost.cli import documents
    from rowpost.shown import habits_of
    from rowpost.shown.quoted import as_seen

    assessment, habits = prepared.assessment, habits_of(console.wording.language)
    for found in (*doubts, *islice(assessment.problems, _MOST_LINES)):
        shown = documents.problem(as_seen(found, prepared.opened.table, habits), console.wording)
        place = shown["cell"] or (shown["row"] and f"{shown['row']}") or "-"
        level = console.wording.say(f"severity.{found.severity}")
        console.line(f"{place!s:>7}  {level}  {shown['message']}")
    tell_left_out(assessment, console)
    more = len(assessment.problems) - _MOST_LINES
    if more > 0:
        console.say("cli.check.more", {"count": more})
    if not (assessment.problems or doubts):
        console.say("cli.check.no_problems" if assessment.books.rows else "cli.check.no_rows")
    tell_causes(assessment, console)
    console.line(sentence(assessment, console.wording))


def tell_left_out(assessment: Assessment, console: Console) -> None:
    """Say which rows are left out and why, a line for each reason."""
    reasons: dict[str, list[int]] = {}
    for staying in assessment.staying:
        if staying.state is RowState.LEFT_OUT:
            reasons.setdefault(staying.code, []).extend(staying.rows)
    for code, rows in reasons.items():
        shown = ", ".join(map(str, rows[:_MOST_ROWS])) + (", …" if len(rows) > _MOST_ROWS else "")
        values: dict[str, Value] = {"count": len(rows), "rows": shown, "reason": console.wording.say(code)}
        console.say("cli.check.left_out", values)


def tell_causes(assessment: Assessment, console: Console) -> None:
    """Sum the problems up: how many rows, how few causes, and what cures one for all rows."""
    from rowpost.checks import group_by_cause

    if console.as_json or not any(problem.row for problem in assessment.problems):
        return
    causes = [cause for cause in group_by_cause(assessment.problems) if cause.example.row]
    rows = len({problem.row for problem in assessment.problems if problem.row})
    console.line()
    console.say("cli.check.causes", {"count": rows, "causes": len(causes)})
    names = ("rows", "severity", "cause", "field", "for_all")
    headings = [console.wording.say(f"cli.col.{name}") for name in names]
    console.table(headings, (cause_line(cause, console.wording) for cause in causes))
    console.line()


def cause_line(cause: Cause, wording: Wording) -> list[str]:
    """Describe one cause for a person."""
    from rowpost.cli import documents

    title = f"{cause.code}.title"
    return [
        wording.write(cause.rows),
        wording.say(f"severity.{cause.severity}"),
        wording.say(title) if wording.knows(title) else cause.code,
        wording.label(cause.field),
        documents.cure(cause.example, wording),
    ]


def sentence(assessment: Assessment, wording: Wording) -> str:
    """Say in one sentence how many rows can be sent, and what they are worth."""
    books = assessment.books
    values: dict[str, Value] = {
        "ready": books.ready,
        "rows": books.rows,
        "not_fit": books.by_state.get(RowState.NOT_FIT, 0),
        "left_out": books.by_state.get(RowState.LEFT_OUT, 0),
        "totals": wording.amounts(books.ready_amounts),
    }
    return wording.say("cli.check.sentence", values).rstrip()


def write_files(
    arguments: argparse.Namespace, session: Session, console: Console, prepared: Prepared
) -> None:
    """Write what was asked for beside the answer."""
    if arguments.payload:
        write_payloads(prepared.assessment, Path(arguments.payload))
        console.aside("cli.wrote", {"file": arguments.payload})
    if arguments.problems:
        out = Path(arguments.problems)
        for remark in session.write_problems(prepared.opened, prepared.assessment, out):
            console.aside(remark.code, remark.values)
        console.aside("cli.wrote", {"file": arguments.problems})


def write_payloads(assessment: Assessment, out: Path) -> None:
    """Write each ready invoice on a line of its own, its bytes exactly as they would be sent."""
    from rowpost.reports.save import whole_file

    with whole_file(out) as new, new.open("wb") as file:
        for invoice in assessment.ready:
            rows = json.dumps(list(invoice.rows)).encode()
            file.write(b'{"_rows":' + rows + b',"invoice":' + invoice.payload + b"}\n")
