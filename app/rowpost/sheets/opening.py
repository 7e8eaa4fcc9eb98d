"""Opening a workbook: a child process reads it, this one waits, watches the clock and may stop it."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import msgspec

from rowpost.catalog import Catalog
from rowpost.model.outside import OnProgress, Progress, StopToken, no_progress
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Opened, Reading
from rowpost.sheets import child, handover, memory, talk
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import DEFAULT_LIMITS, Limits, Request
from rowpost.sheets.words import words_of

_LOOK_EVERY = 0.02  # seconds between looks at the stop token
PREVIEW_ROWS = 50


class _NeverStop:
    def is_set(self) -> bool:
        return False

    def wait(self, timeout: float | None = None) -> bool:
        time.sleep(timeout or 0)
        return False


NEVER: StopToken = _NeverStop()


def open_workbook(
    path: Path | str,
    reading: Reading,
    catalog: Catalog,
    *,
    password: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    stop: StopToken = NEVER,
    progress: OnProgress = no_progress,
) -> Opened:
    """Read a workbook of any known kind into a Table, in a child process.

    Raises Trouble(FIX_FILE) where it cannot be read, `sheets.password_needed` and
    `sheets.password_wrong` among the codes; Stopped within 0.2 s of the wish to stop.
    """
    request = Request(str(path), reading, words_of(catalog), password, limits=limits)
    return _ask(request, stop, progress)


def preview(
    path: Path | str,
    reading: Reading,
    catalog: Catalog,
    *,
    rows: int = PREVIEW_ROWS,
    password: str | None = None,
    stop: StopToken = NEVER,
    progress: OnProgress = no_progress,
) -> Opened:
    """Read no more than the first rows, however long the file is; `sha256` is ''."""
    return _ask(Request(str(path), reading, words_of(catalog), password, rows), stop, progress)


def _ask(request: Request, stop: StopToken, progress: OnProgress) -> Opened:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=child.main, args=(theirs, request), daemon=True)
    process.start()
    theirs.close()
    try:
        return _Conversation(ours, process, request.limits.seconds, stop, progress).opened()
    except (EOFError, OSError, msgspec.MsgspecError, ValueError):
        raise refuse("sheets.reader_ended") from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


class _Conversation:
    """The parent's side: listens, and looks at the stop token and the clock in between."""

    def __init__(
        self,
        connection: Connection,
        process: SpawnProcess,
        seconds: float,
        stop: StopToken,
        progress: OnProgress,
    ) -> None:
        self._connection = connection
        self._process = process
        self._stop = stop
        self._progress = progress
        self._until = time.monotonic() + seconds

    def opened(self) -> Opened:
        while True:
            message = talk.decode(self._hear(talk.LONGEST_MESSAGE))
            if isinstance(message, talk.Refused):
                raise message.trouble()
            if isinstance(message, talk.Ready):
                return self._take_over(message.size)
            self._progress(Progress(message.stage, message.done, message.total))

    def _take_over(self, size: int) -> Opened:
        shared = memory.offer(self._connection, size, self._process.pid or 0)
        head = handover.decode(self._hear(talk.LONGEST_HEAD))
        return handover.pick_up(head, shared)

    def _hear(self, longest: int) -> bytes:
        while not self._connection.poll(_LOOK_EVERY):
            if self._stop.is_set():
                raise Stopped
            if time.monotonic() > self._until:
                raise refuse("sheets.too_slow")
        if self._stop.is_set():
            raise Stopped
        return self._connection.recv_bytes(longest)
