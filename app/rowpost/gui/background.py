"""The one seam between the window and work that takes time.

A plain function that knows no Qt runs on a thread; its result, its error and its progress come
back on the GUI thread. One lane has one thread: what is given to the same lane runs one after
the other, so the ledger has one owner.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from rowpost.model.outside import StopToken
from rowpost.model.trouble import Stopped

T = TypeVar("T")
P = TypeVar("P")
Work = Callable[[StopToken, Callable[[P], None]], T]  # P is what the work reports as its progress
_GRACE_SECONDS = 5.0  # how long closing the window waits for work that was asked to stop


@dataclass(frozen=True, slots=True)
class Calls:
    """What is called on the GUI thread: one of `done` and `failed`, `progress` any number of times."""

    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Callable[[Any], None] | None


class Job:
    """One piece of work under way; its owner may ask it to stop.

    `calls` is emptied on the GUI thread: what they hold may be of Qt, and the thread that worked must
    not be the last to let go of it.
    """

    def __init__(self, calls: Calls) -> None:
        self.calls: Calls | None = calls
        self.stop_token = threading.Event()
        self.future: Future[Any] | None = None
        self._latest: object = None
        self._lock = threading.Lock()

    def stop(self) -> None:
        """Ask the work to end soon."""
        self.stop_token.set()

    def offer(self, progress: object) -> bool:
        """Keep the newest progress; True if nobody has been told yet that there is some."""
        with self._lock:
            first = self._latest is None
            self._latest = progress
            return first

    def take(self) -> object:
        """Return the newest progress once."""
        with self._lock:
            progress, self._latest = self._latest, None
            return progress


def _unheard(_: object) -> None:
    """Progress that nobody asked for."""


class Background(QObject):
    """Runs work on lanes of one thread each and calls back on the thread it was made on."""

    _deliver = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._jobs: set[Job] = set()
        self._deliver.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or its result not delivered yet."""
        return bool(self._jobs)

    def run(
        self,
        work: Work[P, T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Callable[[P], None] | None = None,
        *,
        lane: str = "work",
    ) -> Job:
        """Start `work(stop, progress)`; exactly one of `done` and `failed` follows.

        Stopped work ends in `failed(Stopped())`. Progress is thinned out: the GUI thread sees
        the newest value whenever it has time.
        """
        job = Job(Calls(done, failed, progress))
        self._jobs.add(job)
        report = partial(self._report, job) if progress is not None else _unheard
        job.future = future = self._lane(lane).submit(work, job.stop_token, report)
        future.add_done_callback(partial(self._finished, job))
        return job

    def close(self) -> None:
        """Ask everything to stop and wait a little for it.

        A thread that has done its work is seen to its end: else it could be the last that holds something
        of Qt, and would delete it there.
        """
        for job in self._jobs:
            job.stop()
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        under_way = [job.future for job in self._jobs if job.future]
        goes_on = futures.wait(under_way, timeout=_GRACE_SECONDS).not_done
        for lane in self._lanes.values():
            lane.shutdown(wait=not goes_on)
        for job in self._jobs:
            job.calls = None
        self._jobs.clear()

    def _lane(self, name: str) -> ThreadPoolExecutor:
        if name not in self._lanes:
            self._lanes[name] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"rowpost-{name}")
        return self._lanes[name]

    def _report(self, job: Job, progress: object) -> None:
        if job.offer(progress):
            self._deliver.emit(partial(self._tell, job))

    def _tell(self, job: Job) -> None:
        progress = job.take()
        if progress is not None and job.calls is not None and job.calls.progress is not None:
            job.calls.progress(progress)

    def _finished(self, job: Job, future: Future[Any]) -> None:
        self._deliver.emit(partial(self._settle, job, future))

    def _settle(self, job: Job, future: Future[Any]) -> None:
        calls, job.calls = job.calls, None
        if calls is None:
            return
        self._jobs.discard(job)
        error = Stopped() if future.cancelled() else future.exception()
        if error is None:
            calls.done(future.result())
        elif isinstance(error, Exception):
            calls.failed(error)
        else:
            raise error

    @Slot(object)
    def _call(self, message: Callable[[], None]) -> None:
        message()
