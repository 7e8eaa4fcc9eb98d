"""Counts the seconds down that a run waits, so that nobody looks at a number that stands still."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from rowpost.gui.hold import Hold
from rowpost.gui.store import Store
from rowpost.session.watching import Watch

_TICK = 1000  # milliseconds
_SHORT = 1.0  # seconds: a shorter wait is over before anybody has read it


class Countdown(QObject):
    """Follows the newest wait of the run; a hold that tries again by itself does so at zero."""

    def __init__(self, store: Store, again: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._again = again
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Look at what is waited for now."""
        state = self._store.state
        seconds = _seconds(state.hold, state.watch)
        self._until = time.monotonic() + seconds
        if seconds > _SHORT:
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        state, left = self._store.state, max(0.0, self._until - time.monotonic())
        if not left:
            self._timer.stop()
        if state.hold is not None and state.hold.seconds:
            if left:
                self._store.update(hold=replace(state.hold, seconds=left))
            else:
                self._again()
        elif state.watch is not None and state.watch.wait is not None:
            wait = replace(state.watch.wait, seconds=left)
            self._store.update(watch=replace(state.watch, wait=wait))
        else:
            self._timer.stop()


def _seconds(hold: Hold | None, watch: Watch | None) -> float:
    if hold is not None:
        return hold.seconds
    return watch.wait.seconds if watch is not None and watch.wait is not None else 0.0
