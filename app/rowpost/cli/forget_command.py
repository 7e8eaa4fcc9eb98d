"""`rowpost forget RUN`: personal data goes; claims, verdicts and totals stay."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.model.history import Personal
    from rowpost.model.results import RunSummary
    from rowpost.session import Session
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("which", metavar="RUN", help=wording.say("cli.arg.run"))
    parser.add_argument("--yes", action="store_true", help=wording.say("cli.arg.yes_forget"))
    parser.add_argument("--give-up-waiting", action="store_true", help=wording.say("cli.arg.give_up_waiting"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Say what goes and what stays, ask, forget."""
    with working(arguments, console) as session:
        summary = session.summary(arguments.which)
        about = session.personal(summary.run)
        if summary.forgotten_at is not None:
            day = summary.forgotten_at.astimezone().date()
            console.say("cli.forget.already", {"run": summary.run, "day": day})
        elif about.unsettled or (about.waiting and not arguments.give_up_waiting):
            session.forget(summary.run)  # it says why it cannot be
        elif agreed(about, arguments, console):
            session.forget(summary.run, give_up_waiting=arguments.give_up_waiting)
            console.say("cli.forget.done", {"run": summary.run})
        else:
            console.aside("cli.forget.declined")
        if console.as_json:
            console.document(as_document(session, summary, about))
    return Exit.FINE


def agreed(about: Personal, arguments: argparse.Namespace, console: Console) -> bool:
    """Say what goes and what stays, and ask. Trouble where nobody is there to be asked."""
    console.aside("cli.forget.goes", {"run": about.run, "count": about.invoices})
    if about.waiting:
        console.aside("cli.forget.waiting", {"count": about.waiting})
    console.aside("cli.forget.stays")
    if arguments.yes:
        return True
    if not console.can_ask:
        raise Trouble("cli.forget.needs_yes", Remedy.FIX_SETTINGS)
    return console.confirm("cli.forget.ask")


def as_document(session: Session, before: RunSummary, about: Personal) -> dict[str, object]:
    """Say for a script what has been forgotten, and when."""
    at = session.summary(before.run).forgotten_at
    return {
        "run": before.run,
        "forgotten_at": at.isoformat() if at else None,
        "invoices": 0 if before.forgotten_at else about.invoices,
        "given_up": 0 if before.forgotten_at else about.waiting,
    }
