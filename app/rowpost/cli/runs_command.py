"""`rowpost runs`: what has been sent so far, the latest first; searched, or exported as a whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import NEVER, working
from rowpost.model.books import RowState
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowpost.cli.console import Console
    from rowpost.model.history import Found, Hit
    from rowpost.model.results import RunSummary
    from rowpost.session import Session
    from rowpost.wording import Wording

_COUNTED = (RowState.ACCEPTED, RowState.REJECTED, RowState.NOT_KNOWN, RowState.WAITING)
_RUN = ("run", "when", "file", "target", "state", "rows", *map(str, _COUNTED))
_ROW = ("run", "when", "by_whom", "file", "row", "invoice", "amount", "state", "reason")


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--search", metavar="TEXT", help=wording.say("cli.arg.search"))
    parser.add_argument("--export", default="", metavar="OUT.csv", help=wording.say("cli.arg.export"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the runs, or what was searched for; export if that is wished."""
    if arguments.search is not None and not arguments.search.strip():
        raise Trouble("cli.search_empty", Remedy.FIX_SETTINGS)
    with working(arguments, console) as session:
        if arguments.search is not None:
            show_found(session.search(arguments.search), console)
        elif not arguments.export:
            show_runs(session.runs(), console)
        tell_forgotten(session, console)
        if arguments.export:
            export(session, Path(arguments.export), console, alone=arguments.search is None)
    return Exit.FINE


def export(session: Session, out: Path, console: Console, *, alone: bool) -> None:
    """Write everything the ledger knows; where that is all that was asked for, it is the result."""
    rows = session.export_ledger(out, stop=NEVER, progress=console.progress)
    console.end_progress()
    console.aside("cli.runs.exported", {"file": str(out), "count": rows})
    if alone and console.as_json:
        console.document({"file": str(out), "rows": rows})


def tell_forgotten(session: Session, console: Console) -> None:
    """Say what was forgotten when the ledger was opened, because its days were over."""
    if session.forgotten_at_start:
        values = {"count": session.forgotten_at_start, "days": session.settings.privacy.forget_after_days}
        console.aside("cli.runs.forgotten", values)


def show_runs(runs: Sequence[RunSummary], console: Console) -> None:
    """List runs."""
    if console.as_json:
        console.document({"runs": [as_document(summary) for summary in runs]})
    elif runs:
        tell_runs(runs, console)
    else:
        console.say("cli.runs.none")


def tell_runs(runs: Sequence[RunSummary], console: Console) -> None:
    """List runs for a person."""
    headings = [console.wording.say(f"cli.col.{name}") for name in _RUN]
    console.table(headings, (as_line(summary, console.wording) for summary in runs))


def show_found(found: Found, console: Console) -> None:
    """Answer a search: the rows, then the runs of that name, file or day."""
    if console.as_json:
        rows = [hit_document(hit, console.wording) for hit in found.hits]
        runs = [as_document(summary) for summary in found.runs]
        console.document({"search": found.text, "rows": rows, "more": found.more, "runs": runs})
        return
    if found.hits:
        headings = [console.wording.say(f"cli.col.{name}") for name in _ROW]
        console.table(headings, (hit_line(hit, console.wording) for hit in found.hits))
    if found.more:
        console.say("cli.runs.more", {"count": len(found.hits)})
    if found.runs:
        tell_runs(found.runs, console)
    if not (found.hits or found.runs):
        console.say("cli.runs.found_none", {"text": found.text})


def hit_document(hit: Hit, wording: Wording) -> dict[str, object]:
    """Describe a row that was found, for a script."""
    from rowpost.cli import documents

    return {
        "run": hit.run,
        "created_at": hit.created_at.isoformat(),
        "by_whom": hit.by_whom,
        "file": hit.file_name,
        "target": hit.target.name,
        "organization": hit.target.organization_id,
        **documents.row(hit.row, wording),
        "currency": hit.row.currency,
        "amount": documents.amount(hit.row.amount) if hit.row.currency else "",
        "decided_at": hit.row.decided_at.isoformat() if hit.row.decided_at else None,
        "forgotten": hit.forgotten,
    }


def hit_line(hit: Hit, wording: Wording) -> list[str]:
    """Describe a row that was found, for a person."""
    from rowpost.wording.reasons import reason

    row = hit.row
    return [
        hit.run,
        wording.write(hit.created_at.astimezone()),
        hit.by_whom,
        hit.file_name,
        str(row.rows[0]) if row.rows else "",
        row.invoice_number,
        f"{wording.write(row.amount)} {row.currency}" if row.currency else "",
        wording.say(f"state.{row.state}"),
        wording.beside(reason(row, wording), row.reason_raw),
    ]


def as_document(summary: RunSummary) -> dict[str, object]:
    """Describe one run for a script; the counts are those of `results --json`."""
    from rowpost.cli import documents

    return {
        "run": summary.run,
        "created_at": summary.created_at.isoformat(),
        "by_whom": summary.by_whom,
        "file": summary.file_name,
        "sheet": summary.sheet,
        "target": summary.target.name,
        "organization": summary.target.organization_id,
        "status": str(summary.status),
        "follows": summary.follows,
        "followed_by": list(summary.followed_by),
        "forgotten_at": summary.forgotten_at.isoformat() if summary.forgotten_at else None,
        "counts": documents.counts(summary.books),
        "totals": {code: documents.run_totals(code, summary.books) for code in summary.books.amounts},
    }


def as_line(summary: RunSummary, wording: Wording) -> list[str]:
    """Describe one run for a person."""
    counts = summary.books.by_state
    return [
        summary.run,
        wording.write(summary.created_at.astimezone()),
        summary.file_name,
        summary.target.name,
        wording.say(f"status.{summary.status}"),
        wording.write(summary.books.rows),
        *(wording.write(counts.get(state, 0)) for state in _COUNTED),
    ]
