"""`rowpost send FILE`: the rows that are fit go out, and every row gets its verdict."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import choose_target, prepare, working
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.cli.work import Prepared
    from rowpost.model.again import Again
    from rowpost.model.problems import Problem, Value
    from rowpost.model.results import RunResult
    from rowpost.session import Session
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    arguments_of.add_reading(parser, wording)
    arguments_of.add_mapping(parser, wording)
    arguments_of.add_target(parser, wording)
    parser.add_argument("--yes", action="store_true", help=wording.say("cli.arg.yes"))
    parser.add_argument("--again", default="", metavar="RUN", help=wording.say("cli.arg.again"))
    parser.add_argument("--part-size", type=int, metavar="N", help=wording.say("cli.arg.part_size"))
    arguments_of.add_reports(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check, ask once, send, tell."""
    from rowpost.cli.outcome import refuse_places

    if not (arguments.yes or console.can_ask):
        raise Trouble("cli.needs_yes", Remedy.FIX_SETTINGS)
    if arguments.part_size is not None:
        arguments.option.append(f"sending.part_size={arguments.part_size}")
    with working(arguments, console) as session:
        refuse_places(session, Path(arguments.file), arguments)
        if arguments.again:
            prepared = prepare_again(arguments, session, console)
            return send(session, prepared, arguments, console)
        target = choose_target(arguments, session)
        prepared = prepare(arguments, session, console, target)
        return send(session, prepared, arguments, console)


def prepare_again(arguments: argparse.Namespace, session: Session, console: Console) -> Prepared:
    """Prepare what was rejected or released in an earlier run, and say why the rest of it stays."""
    from rowpost.cli.work import prepared, read_sheet_of_run

    before = session.result(arguments.again)
    summary = before.summary
    chosen = arguments.target or arguments.api_url
    target = choose_target(arguments, session) if chosen else session.target_of(summary)
    opened = read_sheet_of_run(arguments, session, console, summary)
    opened = session.again(before, opened, target)
    if opened.again is not None:
        tell_again(opened.again, before, console)
    return prepared(arguments, session, console, target, opened)


def tell_again(again: Again, before: RunResult, console: Console) -> None:
    """Say how many invoices can be sent again, and what the others are."""
    from rowpost.model.books import RowState

    counts = {str(state): sum(row.state is state for row in before.rows) for state in RowState}
    stays = {**counts, "waiting": counts["waiting"] - len(again.released)}
    console.aside("cli.again.sentence", {**stays, "count": len(again.sent_again), "run": again.run})


def send(session: Session, prepared: Prepared, arguments: argparse.Namespace, console: Console) -> int:
    """Send what is fit, or say why nothing was sent."""
    from rowpost.cli.check_command import all_doubts, tell

    session.refuse_unanswered(prepared.opened, arguments.include_hidden)
    assessment = prepared.assessment
    doubts = all_doubts(prepared, session, arguments)
    if assessment.mapping_incomplete or not assessment.ready:
        return nothing_to_send(prepared, session, console, doubts)
    tell(prepared, console, doubts)
    if not arguments.yes and not confirmed(prepared, console):
        console.aside("cli.send.declined")
        return Exit.FINE
    run = session.create_run(
        prepared.opened,
        assessment,
        prepared.target,
        mapping=prepared.mapping,
    )
    return carry_out(session, run, arguments, console)


def carry_out(session: Session, run: str, arguments: argparse.Namespace, console: Console) -> int:
    """Send a run of the ledger until nothing more can be done, then tell what became of it."""
    from rowpost.cli.outcome import finish
    from rowpost.cli.sending_watch import Watch

    console.aside("cli.send.run", {"run": run})
    with Watch(console) as watch:
        session.send(run, stop=watch.stop, pause=watch.pause, on_event=watch.on_event)
    code = finish(session, run, arguments, console, watch.stopped_by)
    return Exit.INTERRUPTED if watch.stop.is_set() and code is Exit.NETWORK else code


def confirmed(prepared: Prepared, console: Console) -> bool:
    """Ask the one question before something leaves that cannot be taken back."""
    target = prepared.target
    values: dict[str, Value] = {
        "count": len(prepared.assessment.ready),
        "totals": console.wording.amounts(prepared.assessment.books.ready_amounts),
        "target": target.name,
        "organization": target.organization_name or target.organization_id,
    }
    return console.confirm("cli.send.ask", values)


def nothing_to_send(
    prepared: Prepared, session: Session, console: Console, doubts: Sequence[Problem] = ()
) -> int:
    """Tell why no row can go out; the ledger keeps nothing of it."""
    from rowpost.cli import documents
    from rowpost.cli.check_command import exit_code, tell

    if console.as_json:
        console.document(
            documents.run(
                session.unsent(prepared.opened, prepared.assessment, prepared.target), console.wording
            )
        )
    tell(prepared, console, doubts)
    console.aside("cli.send.nothing")
    return exit_code(prepared.assessment)
