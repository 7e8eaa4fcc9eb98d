"""`rowpost diff FILE --since RUN`: what is new, gone, or another amount than in an earlier run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit, of_cause
from rowpost.cli.work import NEVER, prepare, working

if TYPE_CHECKING:
    from decimal import Decimal

    from rowpost.cli.console import Console
    from rowpost.model.difference import Difference, DifferenceLine
    from rowpost.model.targets import Target
    from rowpost.session import Session
    from rowpost.wording import Wording

_MOST_LINES = 200  # a kind on a terminal; the workbook and --json hold them all
_AMOUNTS = ("invoice", "before", "now")
_MORE = {"gone": ("standing", "open"), "unclear": ("reason",)}


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    arguments_of.add_reading(parser, wording)
    arguments_of.add_mapping(parser, wording)
    arguments_of.add_target(parser, wording)
    parser.add_argument("--since", default="", metavar="RUN", help=wording.say("cli.arg.since"))
    parser.add_argument("--out", default="", metavar="OUT.xlsx", help=wording.say("cli.arg.difference"))
    parser.add_argument("--no-ask", action="store_true", help=wording.say("cli.arg.no_ask"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Compare and tell; what kept the agency's answers away decides the exit code."""
    with working(arguments, console) as session:
        difference = compared(arguments, session, console)
        if not arguments.no_ask:
            difference = session.ask_of_gone(difference, stop=NEVER, progress=console.progress)
            console.end_progress()
        if arguments.out:
            session.write_difference(difference, Path(arguments.out))
            console.aside("cli.wrote", {"file": arguments.out})
        if console.as_json:
            console.document(as_document(difference, console.wording))
        else:
            tell(difference, console)
    return of_cause(difference.cause.remedy) if difference.cause else Exit.FINE


def compared(arguments: argparse.Namespace, session: Session, console: Console) -> Difference:
    """Find the earlier run first: without one the file need not be read."""
    target = session.earlier_run(arguments.since, wished(arguments, session)).target
    prepared = prepare(arguments, session, console, target)
    earlier = session.earlier_run(arguments.since, target, prepared.opened.sha256)
    found = session.compare(
        earlier, prepared.opened, prepared.assessment, stop=NEVER, progress=console.progress
    )
    console.end_progress()
    return found


def wished(arguments: argparse.Namespace, session: Session) -> Target | None:
    """Return the target that was named, whose organisation the earlier run must be of."""
    if arguments.api_url:
        return session.target_at(arguments.api_url, arguments.token_url, arguments.org, arguments.client_id)
    if arguments.target or arguments.org:
        return session.target_to_check(arguments.target, arguments.org)
    return None


def as_document(difference: Difference, wording: Wording) -> dict[str, object]:
    """Describe the difference for a script; what is the same is only counted."""
    from rowpost.model.difference import Change

    cause = difference.cause
    earlier = difference.earlier
    return {
        "file": difference.file_name,
        "since": {
            "run": earlier.run,
            "created_at": earlier.created_at.isoformat(),
            "file": earlier.file_name,
            "organization": earlier.target.organization_id,
        },
        "counts": {str(change): difference.counts.get(change, 0) for change in Change},
        "still_open": len(difference.still_open),
        "not_numbered": {"before": difference.unnumbered[0], "now": difference.unnumbered[1]},
        "asked_at": difference.asked_at.isoformat() if difference.asked_at else None,
        "cause": wording.say(cause.code, cause.values) if cause else "",
        "invoices": [
            line_document(line, wording) for line in difference.lines if line.change is not Change.SAME
        ],
    }


def line_document(line: DifferenceLine, wording: Wording) -> dict[str, object]:
    """Describe one invoice; of one that is gone, also what the agency says of it."""
    from rowpost.model.difference import Change

    gone = line.change is Change.GONE
    return {
        "change": str(line.change),
        "invoice_number": line.invoice_number,
        "source_id": line.source_id,
        "currency": line.currency,
        "before": _figures(line.before),
        "now": _figures(line.now),
        "rows": list(line.rows_now),
        "rows_before": list(line.rows_before),
        "reason": wording.say(line.code) if line.code else "",
        **({"at_agency": str(line.at_agency), "status": line.status} if gone else {}),
        **({"remaining": _figures(line.remaining), "case": line.case_id} if gone else {}),
    }


def _figures(amount: Decimal | None) -> str | None:
    from rowpost.cli import documents

    return None if amount is None else documents.amount(amount)


def tell(difference: Difference, console: Console) -> None:
    """Say what is compared with what and the counts; then every kind as a table."""
    from rowpost.model.difference import Change

    earlier, counts = difference.earlier, difference.counts
    when = console.wording.write(earlier.created_at.astimezone())
    values = {"file": difference.file_name, "earlier": earlier.file_name, "when": when, "run": earlier.run}
    console.say("diff.compared", values)
    console.say("diff.counts", {str(change): counts.get(change, 0) for change in Change})
    if difference.counts.get(Change.SAME, 0) + difference.counts.get(Change.CHANGED, 0) == 0:
        console.say("diff.nothing_in_common")
    for change in (Change.NEW, Change.CHANGED, Change.UNCLEAR, Change.GONE):
        tell_kind(change, [line for line in difference.lines if line.change is change], console)
    tell_asked(difference, console)


def tell_kind(change: str, lines: Sequence[DifferenceLine], console: Console) -> None:
    """Print the invoices of one kind."""
    if not lines:
        return
    say = console.wording.say
    console.line()
    console.say(f"diff.about.{change}", {"count": len(lines)})
    columns = (*_AMOUNTS, *_MORE.get(change, ()))
    console.table(
        [say(f"cli.col.{name}") for name in columns],
        ([as_cell(line, name, console.wording) for name in columns] for line in lines[:_MOST_LINES]),
    )
    if len(lines) > _MOST_LINES:
        console.say("cli.diff.more", {"count": len(lines) - _MOST_LINES})


def as_cell(line: DifferenceLine, column: str, wording: Wording) -> str:
    """Describe one side of an invoice for a person."""
    match column:
        case "invoice":
            return line.invoice_number
        case "standing":
            return wording.say(f"diff.standing.{line.at_agency}")
        case "reason":
            return wording.say(line.code)
    amount = {"before": line.before, "now": line.now, "open": line.remaining}[column]
    return "" if amount is None else f"{wording.write(amount)} {line.currency}".strip()


def tell_asked(difference: Difference, console: Console) -> None:
    """Say what is known of those that are gone, what is not, and what follows from it."""
    from rowpost.model.difference import AtAgency

    console.line()
    if difference.still_open:
        console.say("diff.about.open", {"count": len(difference.still_open)})
        console.say("diff.advice")
    unknown = sum(line.change == "gone" and line.at_agency is AtAgency.NOT_KNOWN for line in difference.lines)
    if unknown:
        console.say("diff.unknown", {"count": unknown})
    if difference.cause:
        console.aside(difference.cause.code, difference.cause.values)
