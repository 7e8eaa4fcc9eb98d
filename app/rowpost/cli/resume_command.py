"""`rowpost resume [RUN]`: goes on with a run that was interrupted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit
from rowpost.cli.send_command import carry_out
from rowpost.cli.work import working
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.model.problems import Value
    from rowpost.model.results import RunSummary
    from rowpost.session import Session
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument(
        "which", metavar="RUN", nargs="?", default="", help=wording.say("cli.arg.run_optional")
    )
    parser.add_argument("--yes", action="store_true", help=wording.say("cli.arg.yes"))
    arguments_of.add_reports(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Settle what is not known, then send what still waits, after asking."""
    from rowpost.cli.outcome import refuse_places

    with working(arguments, console) as session:
        summary = unfinished(session, arguments.which)
        if summary is None:
            console.aside("cli.resume.nothing")
            if console.as_json:
                console.document({"run": "", "status": str(RunStatus.DONE)})
            return Exit.FINE
        refuse_places(session, Path(summary.file_path), arguments)
        waiting = summary.books.by_state.get(RowState.WAITING, 0)
        if waiting and not may_send(summary, waiting, arguments, console):
            console.aside("cli.send.declined")
            return Exit.FINE
        return carry_out(session, summary.run, arguments, console)


def unfinished(session: Session, which: str) -> RunSummary | None:
    """Return the run that was named, else the latest that is not done."""
    if which:
        return session.result(which).summary
    return next((run for run in session.runs() if run.status is not RunStatus.DONE), None)


def may_send(summary: RunSummary, waiting: int, arguments: argparse.Namespace, console: Console) -> bool:
    """Ask before anything more is sent. Asking the agency what it has needs no permission."""
    if arguments.yes:
        return True
    if not console.can_ask:
        raise Trouble("cli.needs_yes", Remedy.FIX_SETTINGS)
    values: dict[str, Value] = {"run": summary.run, "count": waiting, "target": summary.target.name}
    return console.confirm("cli.resume.ask", values)
