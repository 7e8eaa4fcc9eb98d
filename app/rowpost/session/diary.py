"""What goes into the log: runs, parts and troubles by their codes. Never a name, never a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rowpost.model.targets import Target

if TYPE_CHECKING:
    from rowpost.model.assessment import Assessment
    from rowpost.model.workbook import Opened
    from rowpost.sending import Event, OnEvent


class Log(Protocol):
    """Writes one event with fields from an allow-list; see `host.log`."""

    def write(self, event: str, /, **fields: str | int) -> None:
        """Write one event."""
        ...

    def close(self) -> None:
        """Let the file go."""
        ...


def opened(log: Log, book: Opened) -> None:
    """A workbook was read."""
    log.write("opened", rows=book.layout.last_row - book.layout.first_row + 1, bytes=book.size)


def created(log: Log, run: str, assessment: Assessment, target: Target) -> None:
    """A run was written down."""
    told = {"target": target.name, "environment": str(target.environment)}
    log.write("run_created", run=run, rows=assessment.books.rows, count=len(assessment.ready), **told)


def noting(log: Log, run: str, on_event: OnEvent) -> OnEvent:
    """Return an `on_event` that also writes what happens to a run into the log."""
    from rowpost.sending import PartStarted, RunEnded, TroubleSeen, Waiting

    def note(event: Event) -> None:
        match event:
            case PartStarted():
                log.write("part", run=run, part=event.number, rows=event.rows)
            case Waiting():
                log.write("waiting", run=run, code=event.code, seconds=round(event.seconds))
            case TroubleSeen():
                log.write("trouble", run=run, code=event.cause.code)
            case RunEnded():
                cause = event.cause.code if event.cause else "none"
                log.write("run_ended", run=run, status=str(event.status), cause=cause)
            case _:
                pass  # verdicts are in the ledger
        on_event(event)

    return note
