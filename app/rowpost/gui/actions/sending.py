"""Send: one question, then parts go out until nothing more can be done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from rowpost.gui.actions.countdown import Countdown
from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.actions.results import ResultDeeds
from rowpost.gui.dialogs.confirm import ask_before_leaving, ask_before_sending
from rowpost.gui.state import State, Step, Work
from rowpost.gui.views.confirm import confirm_view
from rowpost.gui.watch import Hold, Watch, Watcher
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.outside import StopToken
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.targets import Environment
from rowpost.model.trouble import Remedy
from rowpost.session import Session

OnWatch = Callable[[Watch], None]
FIRST_RETRY, LONGEST_RETRY = 20.0, 300.0  # seconds until a run that has lost the network tries again
_DECIDED = (RowState.ACCEPTED, RowState.REJECTED)
_OPEN = (RowState.WAITING, RowState.NOT_KNOWN)


class SignsIn(Protocol):
    """Asks for what signing in at a target needs."""

    def sign_in(self, name: str) -> bool:
        """Ask; True once it is kept."""
        ...


class SendingDeeds:
    """What can be done on the Send page."""

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        words: Callable[[], Words],
        results: ResultDeeds,
        targets: SignsIn,
    ) -> None:
        self._desk = desk
        self._window = window
        self._words = words
        self._results = results
        self._targets = targets
        self._pause = threading.Event()
        self._retry = FIRST_RETRY
        self._countdown = Countdown(desk.store, self.resume, desk)

    def confirm(self) -> None:
        """Ask the one question, then send; first sign in where no secret is kept yet."""
        state, session = self._desk.state, self._desk.session
        if not state.sendable or state.working(Work.SENDING):
            return

        if state.target.environment is Environment.PRACTICE:
            self._ask()
            return

        def found(where: str) -> None:
            if where or self._targets.sign_in(state.target.name):
                self._ask()

        self._desk.quietly(lambda _stop, _told: session.where_secret(state.target), found, lane=LEDGER)

    def _ask(self) -> None:
        state, words = self._desk.state, self._words()
        if not state.sendable or state.working(Work.SENDING):
            return  # the question was asked twice
        type_above = self._desk.session.settings.sending.type_count_above
        if ask_before_sending(self._window, confirm_view(state, type_above, words), words):
            self._desk.store.update(sent=state.assessment)
            self._start(partial(_send_new, self._desk.session, state), Watch())

    def resume(self) -> None:
        """Go on with the run on the Results page, or with one that has paused."""
        state = self._desk.state
        if state.result is not None and not state.working(Work.SENDING):
            run = state.result.summary.run
            self._start(partial(_go_on, self._desk.session, run), state.watch or Watch())

    def go_on(self, run: str) -> None:
        """Go on with any earlier run."""
        if not self._desk.state.working(Work.SENDING):
            self._start(partial(_go_on, self._desk.session, run), Watch())

    def sign_in_again(self) -> None:
        """Sign in once more, and go on with the run that was refused."""
        result = self._desk.state.result
        if result is not None and self._targets.sign_in(result.summary.target.name):
            self.resume()

    def pause(self) -> None:
        """Pause after what is under way, or go on."""
        if self._desk.state.hold is not None:
            self.resume()
            return
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

    def _start(self, send: Callable[[StopToken, StopToken, OnWatch], RunResult], watch: Watch) -> None:
        self._pause.clear()
        self._desk.store.update(step=Step.SEND, watch=watch, paused=False, hold=None)
        task = partial(_with_pause, send, self._pause)
        self._desk.begin(Work.SENDING, task, self._ended, progress=self._seen, lane=LEDGER)

    def _seen(self, watch: Watch) -> None:
        if watch.received > watch.before:
            self._retry = FIRST_RETRY
        self._desk.store.update(watch=watch)
        self._countdown.begin()

    def _ended(self, result: RunResult) -> None:
        state = self._desk.state
        hold = self._hold(result, state.watch or Watch())
        if hold is not None:
            self._desk.store.update(result=result, hold=hold, paused=False)
            self._countdown.begin()
        else:
            step = Step.RESULTS if state.step is Step.SEND else state.step
            self._desk.store.update(result=result, step=step, watch=None, hold=None, paused=False)
        self._results.load_runs()

    def _hold(self, result: RunResult, watch: Watch) -> Hold | None:
        """What keeps a paused run on this page: a person, the network, or the sign-in."""
        if result.summary.status is not RunStatus.PAUSED:
            return None
        cause = watch.trouble
        if cause is None or cause.remedy is Remedy.SIGN_IN:
            return Hold(cause)
        if cause.remedy is not Remedy.TRY_LATER or not cause.code.startswith("network."):
            return None
        seconds, self._retry = self._retry, min(2 * self._retry, LONGEST_RETRY)
        return Hold(cause, seconds)


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
    opened = replace(state.opened, table=state.opened.table.with_edits(state.edits))
    run = session.create_run(opened, state.assessment, target, mapping=state.mapping)
    return _send(session, run, Watcher(len(state.assessment.ready)), stop, pause, told)


def _go_on(session: Session, run: str, stop: StopToken, pause: StopToken, told: OnWatch) -> RunResult:
    states = [row.state for row in session.result(run).rows]
    decided = sum(state in _DECIDED for state in states)
    watcher = Watcher(decided + sum(state in _OPEN for state in states), decided)
    return _send(session, run, watcher, stop, pause, told)


def _send(
    session: Session, run: str, watcher: Watcher, stop: StopToken, pause: StopToken, told: OnWatch
) -> RunResult:
    session.send(run, stop=stop, pause=pause, on_event=lambda event: told(watcher.see(event)))
    return session.result(run)
