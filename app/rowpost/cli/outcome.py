"""How a run is told: the document or the table, the files, the exit code."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli import documents
from rowpost.cli.exit_codes import Exit, of_books
from rowpost.cli.work import NEVER
from rowpost.model.books import Books, RowState
from rowpost.model.trouble import Remedy, Trouble
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
    """Show a run of the ledger, write the files that were asked for, return the exit code.

    A file that cannot be written takes nothing away from what is told of the run: it is said
    beside it (`not_written` in the document), and the code is at least that of usage.
    """
    result = session.result(run)
    if not console.as_json:
        show(result, console)
    refused = write_files(session, run, arguments, console)
    if console.as_json:
        document = documents.run(result, console.wording)
        console.document({**document, "not_written": refused} if refused else document)
    code = of_books(result.summary.books, stopped_by)
    return max(code, Exit.USAGE) if refused else code


def refuse_places(session: Session, source: Path | None, arguments: argparse.Namespace) -> None:
    """Trouble where a file that was asked for cannot be written: before anything leaves the machine."""
    results, receipt = (Path(name) if name else None for name in (arguments.results, arguments.receipt))
    session.refuse_places(source, results, receipt)


def write_files(
    session: Session, run: str, arguments: argparse.Namespace, console: Console
) -> list[dict[str, object]]:
    """Write the results and the receipt; say and return which could not be written, and why."""

    def results(out: Path) -> None:
        _write_results(session, run, out, console)

    def receipt(out: Path) -> None:
        session.write_receipt(run, out, arguments.draw_receipt, stop=NEVER, progress=console.progress)

    refused: list[dict[str, object]] = []
    for file, write in ((arguments.results, results), (arguments.receipt, receipt)):
        if not file:
            continue
        try:
            write(Path(file))
        except Trouble as trouble:
            refused.append({"file": file, **console.explain(trouble)})
        else:
            console.end_progress()
            console.aside("cli.wrote", {"file": file})
    return refused


def _write_results(session: Session, run: str, out: Path, console: Console) -> None:
    """Say what the copy will not keep, save it, and say what else showed only while saving."""
    known = session.results_losses(run, out)
    for loss in known:
        console.aside(loss.code, loss.values)
    for remark in session.write_results(run, out):
        if remark not in known:
            console.aside(remark.code, remark.values)


def show(result: RunResult, console: Console) -> None:
    """Print the run: a table and the sentence that balances the books."""
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
    totals = console.wording.amounts(books.amounts)
    console.say(code, {"rows": books.rows, "counted": counted, "totals": totals})
