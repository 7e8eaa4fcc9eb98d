"""How a run is told: the document or the table, the files, the exit code."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli import documents
from rowpost.cli.exit_codes import Exit, of_books
from rowpost.cli.work import NEVER
from rowpost.model.books import Books, RowState
from rowpost.model.trouble import Remedy
from rowpost.wording.reasons import reason

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.model.problems import Values
    from rowpost.model.results import RunResult, RunSummary
    from rowpost.session import Session


ABSENT = "row.absent"  # looked up long enough; from here only a person can let it be sent again


def finish(
    session: Session,
    run: str,
    arguments: argparse.Namespace,
    console: Console,
    stopped_by: Remedy | None = None,
) -> Exit:
    """Show a run of the ledger, write the files that were asked for, return the exit code."""
    result = session.result(run)
    show(result, console)
    if arguments.results:
        _write_results(session, run, Path(arguments.results), console)
    if arguments.receipt:
        session.write_receipt(
            run, Path(arguments.receipt), arguments.draw_receipt, stop=NEVER, progress=console.progress
        )
        console.end_progress()
        console.aside("cli.wrote", {"file": arguments.receipt})
    return of_books(result.summary.books, stopped_by)


def _write_results(session: Session, run: str, out: Path, console: Console) -> None:
    """Say what the copy will not keep, save it, and say what else showed only while saving."""
    known = session.results_losses(run, out)
    for loss in known:
        console.aside(loss.code, loss.values)
    for remark in session.write_results(run, out):
        if remark not in known:
            console.aside(remark.code, remark.values)
    console.aside("cli.wrote", {"file": str(out)})


def show(result: RunResult, console: Console) -> None:
    """Print the run: one document, or a table and the sentence that balances the books."""
    if console.as_json:
        console.document(documents.run(result, console.wording))
        return
    say = console.wording.say
    console.table(
        [say(f"cli.col.{name}") for name in ("row", "invoice", "amount", "state", "reason")],
        (
            (
                str(entry.rows[0]) if entry.rows else "",
                entry.invoice_number,
                f"{console.wording.write(entry.amount)} {entry.currency}" if entry.currency else "",
                say(f"state.{entry.state}"),
                console.wording.beside(reason(entry, console.wording), entry.reason_raw),
            )
            for entry in result.rows
        ),
    )
    tell_books(result.summary.books, console)
    if result.summary.books.by_state.get(RowState.ACCEPTED):
        console.say("cli.results.reminder")
    tell_choices(result, console)
    tell_links(result.summary, console)


def tell_links(summary: RunSummary, console: Console) -> None:
    """Say of which run rows were sent again here, and where rows of this one were."""
    if summary.follows:
        console.say("cli.again.follows", {"run": summary.follows})
    for run in summary.followed_by:
        console.say("cli.again.followed", {"run": run})


def tell_choices(result: RunResult, console: Console) -> None:
    """Say what can safely be done about rows that still wait, or of which nobody knows the outcome."""
    unknown = dict.fromkeys(row.code for row in result.rows if row.state is RowState.NOT_KNOWN)
    for code in unknown:
        if console.wording.knows(f"{code}.cure"):
            console.say(f"{code}.cure")
    run: Values = {"run": result.summary.run}
    if ABSENT in unknown:
        console.say("cli.results.release", run)
    if result.summary.books.by_state.get(RowState.WAITING) or unknown.keys() - {ABSENT}:
        console.say("cli.results.resume", run)


def tell_books(books: Books, console: Console) -> None:
    """Say what became of the rows, and whether the books balance."""
    values = {str(state): books.by_state.get(state, 0) for state in RowState}
    console.say("cli.results.sentence", {**values, "rows": books.rows})
    code = "cli.results.balanced" if books.balanced else "cli.results.unbalanced"
    counted = sum(books.by_state.values())
    totals = console.wording.amounts(books.ready_amounts)
    console.say(code, {"rows": books.rows, "counted": counted, "totals": totals})
