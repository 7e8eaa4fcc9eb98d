"""Send: one question, then parts go out until nothing more can be done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.actions.results import ResultDeeds
from rowpost.gui.dialogs.confirm import ask_before_leaving, ask_before_sending
from rowpost.gui.state import State, Step, Work
from rowpost.gui.views.confirm import confirm_view
from rowpost.gui.watch import Watch, Watcher
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.outside import StopToken
from rowpost.model.results import RunResult
from rowpost.session import Session

OnWatch = Callable[[Watch], None]


class SendingDeeds:
    """What can be done on the Send page."""

    def __init__(self, desk: Desk, window: QWidget, words: Callable[[], Words], results: ResultDeeds) -> None:
        self._desk = desk
        self._window = window
        self._words = words
        self._results = results
        self._pause = threading.Event()

    def confirm(self) -> None:
        """Ask the one question, then send."""
        state, words = self._desk.state, self._words()
        if not state.sendable or state.working(Work.SENDING):
            return
        type_above = self._desk.session.settings.sending.type_count_above
        if ask_before_sending(self._window, confirm_view(state, type_above, words), words):
            self._desk.store.update(sent=state.assessment)
            self._start(partial(_send_new, self._desk.session, state))

    def resume(self) -> None:
        """Go on with the run on the Results page."""
        result = self._desk.state.result
        if result is not None and not self._desk.state.working(Work.SENDING):
            waiting = sum(line.state in (RowState.WAITING, RowState.NOT_KNOWN) for line in result.rows)
            self._start(partial(_go_on, self._desk.session, result.summary.run, waiting))

    def pause(self) -> None:
        """Pause after what is under way, or go on."""
        paused = not self._pause.is_set()
        if paused:
            self._pause.set()
        else:
            self._pause.clear()
        self._desk.store.update(paused=paused)

    def may_leave(self) -> bool:
        """Whether the window may close now; asks while rows are being sent."""
        if not self._desk.state.working(Work.SENDING):
            return True
        return ask_before_leaving(self._window, self._words())

    def _start(self, send: Callable[[StopToken, StopToken, OnWatch], RunResult]) -> None:
        self._pause.clear()
        self._desk.store.update(step=Step.SEND, watch=Watch(), paused=False)
        task = partial(_with_pause, send, self._pause)
        self._desk.begin(Work.SENDING, task, self._ended, progress=self._seen, lane=LEDGER)

    def _seen(self, watch: Watch) -> None:
        self._desk.store.update(watch=watch)

    def _ended(self, result: RunResult) -> None:
        self._desk.store.update(result=result, step=Step.RESULTS, watch=None)
        self._results.load_runs()


def _with_pause(
    send: Callable[[StopToken, StopToken, OnWatch], RunResult],
    pause: StopToken,
    stop: StopToken,
    told: OnWatch,
) -> RunResult:
    return send(stop, pause, told)


def _send_new(session: Session, state: State, stop: StopToken, pause: StopToken, told: OnWatch) -> RunResult:
    assert state.opened is not None  # noqa: S101 - there is no assessment without a workbook
    assert state.assessment is not None  # noqa: S101 - asked for before
    session.refuse_unanswered(state.opened, include_hidden=state.reading.include_hidden)
    target = session.target(state.target.name) if not state.target.api_url else state.target
    run = session.create_run(state.opened, state.assessment, target)
    return _go_on(session, run, len(state.assessment.ready), stop, pause, told)


def _go_on(
    session: Session, run: str, total: int, stop: StopToken, pause: StopToken, told: OnWatch
) -> RunResult:
    watcher = Watcher(total)
    session.send(run, stop=stop, pause=pause, on_event=lambda event: told(watcher.see(event)))
    return session.result(run)
