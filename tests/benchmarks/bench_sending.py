"""What the program itself costs while 10,000 invoices are sent to the practice server in parts of 100.

All the time that is not spent waiting for an answer, or on purpose between two questions, is ours: ledger,
disk, sealing, reading of answers.
"""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from rowpost.host.clock import SystemClock
from rowpost.model.books import RowState
from rowpost.model.outside import no_progress
from rowpost.session import Session
from rowpost.wiring import open_session
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.workbook import workbook

ROWS = 10_000
OVERHEAD_PERCENT = 25


def figures() -> Iterator[Figure]:
    """Send once, with the settings as they are."""
    with (
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, {"ROWPOST_HOME": home}),
        open_session() as session,
    ):
        wall, waited, accepted = send(session)
    yield Figure("sending.accepted", accepted, "rows", f"= {ROWS}", accepted == ROWS)
    yield Figure("sending.seconds", wall, "s")
    yield Figure("sending.rate", ROWS / wall, "rows/s")
    yield at_most("sending.overhead", (wall - waited) / wall * 100, "%", OVERHEAD_PERCENT)


def send(session: Session) -> tuple[float, float, int]:
    """Return seconds from the first line in the ledger to the last verdict, seconds waited, rows accepted."""
    never = threading.Event()
    target = session.fresh_practice()
    opened = session.open(workbook(ROWS), stop=never, progress=no_progress)
    mapping = session.suggest(opened).mapping
    assessment = session.assess(opened, mapping, target, in_child=False, stop=never, progress=no_progress)
    with Waiting() as waiting:
        started = time.perf_counter()
        run = session.create_run(opened, assessment, target)
        session.send(run, stop=never, pause=never, on_event=lambda _: None)
        wall = time.perf_counter() - started
    return wall, waiting.seconds, session.result(run).summary.books.by_state[RowState.ACCEPTED]


class Waiting:
    """Adds up, while it is entered, the time spent reading from sockets and sleeping."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._patches = ExitStack()

    def __enter__(self) -> Waiting:
        for owner, name in ((socket.SocketIO, "readinto"), (SystemClock, "sleep")):
            self._patches.enter_context(patch.object(owner, name, self._timed(getattr(owner, name))))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.close()

    def _timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return work(*arguments)
            finally:
                self.seconds += time.perf_counter() - started

        return timed
