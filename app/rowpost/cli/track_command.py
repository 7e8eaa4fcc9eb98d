"""`rowpost track`: what the agency holds of the invoices of a run, or of one invoice."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit, of_cause
from rowpost.cli.work import NEVER, choose_target, working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowpost.cli.console import Console
    from rowpost.followup import Tracked
    from rowpost.model.answers import InvoiceFacts
    from rowpost.session import Session
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("which", metavar="RUN", nargs="?", default="", help=wording.say("cli.arg.run_track"))
    parser.add_argument("--invoice", default="", metavar="NO", help=wording.say("cli.arg.invoice"))
    parser.add_argument("--source-id", default="", metavar="ID", help=wording.say("cli.arg.source_id"))
    arguments_of.add_target(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Ask the agency and show its answers; the worst trouble on the way decides the exit code."""
    with working(arguments, console) as session:
        tracked = ask(arguments, session, console)
        console.end_progress()
        if console.as_json:
            console.document({"invoices": [entry for one in tracked for entry in as_documents(one)]})
        else:
            tell(tracked, console)
    causes = [one.cause for one in tracked if one.cause is not None]
    return max((of_cause(cause.remedy) for cause in causes), default=Exit.FINE)


def ask(arguments: argparse.Namespace, session: Session, console: Console) -> Sequence[Tracked]:
    """Ask for one invoice by its keys, else for the accepted ones of a run (the latest by default)."""
    if arguments.invoice or arguments.source_id:
        from rowpost.followup import Asked

        wanted = [Asked(arguments.invoice, arguments.source_id)]
        return session.track(choose_target(arguments, session), wanted, stop=NEVER, progress=console.progress)
    return session.track_run(arguments.which, stop=NEVER, progress=console.progress)


def as_documents(tracked: Tracked) -> list[dict[str, object]]:
    """Describe every invoice found; one entry that says so where none was, or nothing is known."""
    asked: dict[str, object] = {
        "row": tracked.asked.rows[0] if tracked.asked.rows else None,
        "invoice_number": tracked.asked.invoice_number,
        "source_id": tracked.asked.source_id,
        "known": tracked.cause is None,
        "found": bool(tracked.found),
    }
    return [{**asked, **as_document(facts)} for facts in tracked.found] or [asked]


def as_document(facts: InvoiceFacts) -> dict[str, object]:
    """Describe an invoice as the agency holds it; what the answer lacks is empty or null."""
    return {
        "invoice_number": facts.invoice_number,
        "source_id": facts.source_id,
        "invoice_id": facts.invoice_id,
        "case_id": facts.case_id,
        "type": facts.kind,
        "status": facts.status,
        "currency": facts.currency,
        "original_amount": in_figures(facts.original_amount),
        "current_amount": in_figures(facts.current_amount),
        "paid_amount": in_figures(facts.paid_amount),
        "due_date": facts.due_date,
    }


def in_figures(amount: Decimal | None) -> str | None:
    """Write an amount for a machine, None where the answer has none."""
    from rowpost.cli import documents

    return None if amount is None else documents.amount(amount)


def tell(tracked: Sequence[Tracked], console: Console) -> None:
    """Print a line an invoice."""
    names = ("row", "invoice", "status", "case", "amount", "open", "paid")
    lines = [line for one in tracked for line in as_lines(one, console.wording)]
    console.table([console.wording.say(f"cli.col.{name}") for name in names], lines)


def as_lines(tracked: Tracked, wording: Wording) -> list[list[str]]:
    """Describe every invoice found, for a person."""
    row = str(tracked.asked.rows[0]) if tracked.asked.rows else ""
    asked = [row, tracked.asked.invoice_number or tracked.asked.source_id]
    if tracked.cause is not None:
        return [[*asked, wording.say(tracked.cause.code, tracked.cause.values), "", "", "", ""]]
    if not tracked.found:
        return [[*asked, wording.say("cli.track.none"), "", "", "", ""]]
    return [[row, *as_line(facts, wording)] for facts in tracked.found]


def as_line(facts: InvoiceFacts, wording: Wording) -> list[str]:
    """Describe an invoice as the agency holds it, for a person."""
    amounts = (facts.original_amount, facts.current_amount, facts.paid_amount)
    shown = ["" if amount is None else f"{wording.write(amount)} {facts.currency}" for amount in amounts]
    return [facts.invoice_number, facts.status, facts.case_id, *shown]
