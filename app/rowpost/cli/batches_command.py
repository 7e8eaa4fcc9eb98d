"""`rowpost batches`: the organisation's batches, one of them with its rows, or one tied to a run."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.exit_codes import Exit, of_books, of_cause
from rowpost.cli.work import NEVER, choose_target, working
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from datetime import datetime

    from rowpost.cli.console import Console
    from rowpost.model.answers import Batch
    from rowpost.model.targets import Target
    from rowpost.sending import Adoption
    from rowpost.session import Session
    from rowpost.wording import Wording

_COLUMNS = ("batch", "when", "state", "by_whom", "accepted", "rejected", "run")
_ROW_COLUMNS = ("invoice", "state", "case", "reason")
_ADOPTED_COLUMNS = ("row", "invoice", "state", "reason")


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("batch", metavar="BATCH-ID", nargs="?", default="", help=wording.say("cli.arg.batch"))
    parser.add_argument("--adopt", default="", metavar="RUN", help=wording.say("cli.arg.adopt"))
    arguments_of.add_target(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the batches, show one, or adopt one."""
    if arguments.adopt and not arguments.batch:
        raise Trouble("cli.batches.which", Remedy.FIX_SETTINGS)
    with working(arguments, console) as session:
        if arguments.adopt:
            return adopt(session, arguments.adopt, arguments.batch, console)
        target = choose_target(arguments, session)
        if arguments.batch:
            return show(session, target, arguments.batch, console)
        return list_all(session, target, console)


def adopt(session: Session, run: str, batch_id: str, console: Console) -> int:
    """Settle what the batch proves; the exit code is that of the run."""
    found = session.adopt_batch(run, batch_id, stop=NEVER)
    books = session.result(run).summary.books
    if console.as_json:
        from rowpost.cli import documents, following

        console.document({**following.adoption(found), "counts": documents.counts(books)})
    else:
        tell_adoption(found, console)
    return of_books(books)


def tell_adoption(found: Adoption, console: Console) -> None:
    """Print what became of every invoice of the batch."""
    from rowpost.followup.telling import fate_word

    say = console.wording.say
    console.table(
        [say(f"cli.col.{name}") for name in _ADOPTED_COLUMNS],
        (
            [
                str(row.rows[0]) if row.rows else "",
                row.invoice_number or row.source_id,
                fate_word(row.fate, console.wording),
                row.raw,
            ]
            for row in found.rows
        ),
    )
    console.say("followup.adopted", {"count": found.settled, "run": found.run})


def show(session: Session, target: Target, batch_id: str, console: Console) -> int:
    """Show one batch with its rows."""
    batch = session.batch(target, batch_id)
    run = session.belongs_to(target).get(batch.batch_id, "")
    if console.as_json:
        from rowpost.cli import following

        console.document(following.batch(batch, run, with_rows=True))
        return Exit.FINE
    say = console.wording.say
    console.table([say(f"cli.col.{name}") for name in _COLUMNS], [as_line(batch, run, console.wording)])
    console.line()
    console.table(
        [say(f"cli.col.{name}") for name in _ROW_COLUMNS],
        (
            [
                word.invoice_number or word.source_id or (str(word.index + 1) if word.index >= 0 else ""),
                say("state.accepted" if word.accepted else "state.rejected"),
                word.case_id,
                word.raw,
            ]
            for word in batch.words
        ),
    )
    return Exit.FINE


def list_all(session: Session, target: Target, console: Console) -> int:
    """List the latest batches; a list that is not whole is shown, and decides the exit code."""
    answer = session.batches(target, stop=NEVER, progress=console.progress)
    console.end_progress()
    runs = session.belongs_to(target)
    if console.as_json:
        from rowpost.cli import following

        told = [following.batch(b, runs.get(b.batch_id, ""), with_rows=False) for b in answer.batches]
        console.document({"whole": answer.cause is None, "batches": told})
    elif answer.batches:
        console.table(
            [console.wording.say(f"cli.col.{name}") for name in _COLUMNS],
            (as_line(b, runs.get(b.batch_id, ""), console.wording) for b in answer.batches),
        )
    elif answer.cause is None:
        console.say("followup.no_batches")
    if answer.cause is None:
        return Exit.FINE
    console.aside(answer.cause.code, answer.cause.values)
    return of_cause(answer.cause.remedy)


def as_line(batch: Batch, run: str, wording: Wording) -> list[str]:
    """Describe a batch for a person."""
    accepted = sum(word.accepted for word in batch.words)
    return [
        batch.batch_id,
        when(batch.created_at, wording),
        batch.raw_state,
        batch.created_by,
        wording.write(accepted),
        wording.write(len(batch.words) - accepted),
        run or wording.say("followup.not_ours"),
    ]


def when(moment: datetime | None, wording: Wording) -> str:
    """Write a moment, '' where the answer has none."""
    return "" if moment is None else wording.write(moment.astimezone())
