"""`rowpost runs`: what has been sent so far, the latest first."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working
from rowpost.model.books import RowState

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.model.results import RunSummary
    from rowpost.wording import Wording

_COUNTED = (RowState.ACCEPTED, RowState.REJECTED, RowState.NOT_KNOWN, RowState.WAITING)


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare nothing: the command takes what every command takes."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    """List the runs."""
    with working(arguments, console) as session:
        runs = session.runs()
        if console.as_json:
            console.document({"runs": [as_document(summary) for summary in runs]})
        elif runs:
            headings = ["run", "when", "file", "target", "state", "rows", *map(str, _COUNTED)]
            console.table(
                [console.wording.say(f"cli.col.{name}") for name in headings],
                (as_line(summary, console.wording) for summary in runs),
            )
        else:
            console.say("cli.runs.none")
    return Exit.FINE


def as_document(summary: RunSummary) -> dict[str, object]:
    """Describe one run for a script; the counts are those of `results --json`."""
    from rowpost.cli import documents

    return {
        "run": summary.run,
        "created_at": summary.created_at.isoformat(),
        "file": summary.file_name,
        "sheet": summary.sheet,
        "target": summary.target.name,
        "organization": summary.target.organization_id,
        "status": str(summary.status),
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
