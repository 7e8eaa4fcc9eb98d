"""Watches a run on the command line: progress on stderr, Ctrl+C stops after the part under way."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING, Self

from rowpost.model.answers import Cause
from rowpost.sending.events import Event, PartStarted, RunEnded, TroubleSeen, Waiting

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.model.trouble import Remedy


class Watch:
    """Use it around `session.send`. A second Ctrl+C ends at once; the ledger holds what is true."""

    def __init__(self, console: Console) -> None:
        self.stop = threading.Event()
        self.pause = threading.Event()  # nobody pauses a command line; Ctrl+C and `resume` do the same
        self.stopped_by: Remedy | None = None
        self._console = console
        self._before: signal.Handlers | None = None
        self._last: Cause | None = None

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._interrupted)  # type: ignore[assignment]  # or a callable
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        if self.stop.is_set():
            raise KeyboardInterrupt
        self.stop.set()
        self._console.aside("cli.send.stopping")

    def on_event(self, event: Event) -> None:
        """Say what happens, in the words that the window uses too."""
        match event:
            case PartStarted():
                self._console.aside("cli.send.part", {"number": event.number, "count": event.rows})
            case Waiting():
                self._console.aside(event.code, {"seconds": max(1, round(event.seconds))})
            case TroubleSeen():
                self._last = event.cause
                self._console.aside(event.cause.code, event.cause.values)
            case RunEnded(cause=Cause() as cause):
                self._ended_by(cause)
            case _:
                pass  # what became of the rows is told by the table at the end

    def _ended_by(self, cause: Cause) -> None:
        self.stopped_by = cause.remedy
        said = () if cause == self._last else (cause.code,)  # what ended the run was often just told
        for code in (*said, f"{cause.code}.cure"):
            if self._console.wording.knows(code):
                self._console.aside(code, cause.values)
