"""Work on many cells: worked out beside the window, with progress and cancel, and taken over as a whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from rowpost.gui.actions.desk import Desk
from rowpost.gui.background import Job
from rowpost.gui.state import State
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.trouble import Remedy, Stopped, Trouble

T = TypeVar("T")
P = TypeVar("P")
_LANE = "cells"
_BITE = 256  # cells between two breaths: some milliseconds
_BREATH = 0.001  # seconds in which the window's thread has Python for itself
_TELL_EVERY = 0.2  # seconds
STAGE = "progress.working"


class Pace:
    """Told the number of every cell: lets the window breathe, says how far it is, stops when asked to."""

    def __init__(self, total: int, stop: StopToken, progress: OnProgress) -> None:
        self._total, self._stop, self._progress = total, stop, progress
        self._next = time.monotonic() + _TELL_EVERY

    def __call__(self, number: int) -> None:
        """Take note of a cell. Stopped where a person has given it up."""
        if number % _BITE:
            return
        if self._stop.wait(_BREATH):
            raise Stopped
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _TELL_EVERY
            self._progress(Progress(STAGE, number, max(number, self._total)))


class Layering:
    """One such work at a time; what it finds is taken only while the sheet is still the same."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._job: Job | None = None

    def begin(self, size: int, work: Callable[[Pace], T], done: Callable[[T], None]) -> None:
        """Work something out about so many cells; refused, and said so, while there is such work already."""
        if self._job is not None:
            self._desk.fail(Trouble("gui.cells_first", Remedy.TRY_LATER))
            return
        asked = _about(self._desk.state)

        def mine(then: Callable[[P], None]) -> Callable[[P], None]:
            return lambda news: then(news) if self._job is job else None

        def found(result: T) -> None:
            self._end()
            self._take(asked, result, done)

        def failed(error: Exception) -> None:
            self._end()
            self._desk.fail(error)

        self._desk.store.update(cells=Progress(STAGE, 0, size))
        task = partial(_run, size, work)
        run = self._desk.background.run
        job = self._job = run(task, mine(found), mine(failed), mine(self._tell), lane=_LANE)

    def _tell(self, news: Progress) -> None:
        self._desk.store.update(cells=news)

    def _take(self, asked: tuple[object, ...], result: T, done: Callable[[T], None]) -> None:
        if _is_same(asked, _about(self._desk.state)):
            done(result)
        else:
            self._desk.fail(Trouble("gui.cells_changed", Remedy.TRY_LATER))

    def cancel(self) -> None:
        """Give it up; nothing is changed."""
        if self._job is not None:
            self._job.stop()
            self._end()

    def _end(self) -> None:
        self._job = None
        self._desk.store.update(cells=None)


def _run(size: int, work: Callable[[Pace], T], stop: StopToken, progress: OnProgress) -> T:
    return work(Pace(size, stop, progress))


def _about(state: State) -> tuple[object, ...]:
    return state.opened, state.mapping, state.edits, state.left_out


def _is_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    return all(one is other for one, other in zip(before, now, strict=True))
