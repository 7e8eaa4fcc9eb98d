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
from rowpost.gui.hold import Hold
from rowpost.gui.state import State, Step, Work
from rowpost.gui.views.confirm import confirm_view
from rowpost.gui.views.recent import outcome
from rowpost.gui.words import Words
from rowpost.model.outside import Hurries, StopToken
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import Session
from rowpost.session.away import OnWatch, Sent
from rowpost.session.errands import Wishes
from rowpost.session.watching import WRITING, Wait, Watch

Sitting = Callable[[Wishes, OnWatch], Sent]
FIRST_RETRY, LONGEST_RETRY = 20.0, 300.0  # seconds until a run that has lost the network tries again
_SOON = 5.0  # seconds until it does so if a person is just waiting for something else


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
        self._hurries = 0
        self._retry = FIRST_RETRY
        self._countdown = Countdown(desk.store, self._try_again, desk)
        self._prepared_for: object = None
        desk.store.changed.connect(self._look)

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
        asked = confirm_view(state, type_above, words)
        if ask_before_sending(self._window, asked, words) and not self._desk.occupied():
            self._desk.store.update(sent=state.assessment)
            count = len(state.assessment.ready) if state.assessment else 0
            watch = Watch(count, wait=Wait(WRITING, 0))
            self._start(partial(_send_new, self._desk.session, state), watch)

    def resume(self) -> None:
        """Go on with the run on the Results page."""
        result = self._desk.state.result
        if result is not None and not self._desk.occupied():
            self._go_on(result.summary.run, result.summary.target)

    def go_on(self, run: str) -> None:
        """Go on with any earlier run."""
        if self._desk.occupied():
            return
        known = next((one for one in self._desk.state.runs if one.run == run), None)
        self._go_on(run, known.target if known is not None else None)

    def go_on_held(self) -> None:
        """Go on with the run that stands still, whatever is looked at meanwhile."""
        hold = self._desk.state.hold
        if hold is not None:
            self._go_on(hold.run.run, hold.run.target)

    def _try_again(self) -> None:
        """Go on with it by itself, but not in the middle of other work, and where the badge says.

        The person stays where they are. A window that is about another target waits for a person.
        """
        state = self._desk.state
        if state.hold is None:
            return
        if state.busy is not None:
            self._desk.store.update(hold=replace(state.hold, seconds=_SOON))
            self._countdown.begin()
        elif _goes_elsewhere(state.target, state.hold.run.target):
            self._desk.store.update(hold=replace(state.hold, seconds=0))
        else:
            self._go_on(state.hold.run.run, None, step=state.step)

    def _go_on(self, run: str, target: Target | None, step: Step = Step.SEND) -> None:
        state = self._desk.state
        if state.working(Work.SENDING) or self._desk.occupied():
            return
        is_held = state.hold is not None and state.hold.run.run == run
        if target is not None:
            self._aim_at(target)
        watch = state.watch if is_held and state.watch is not None else Watch()
        self._start(partial(_go_on, self._desk.session, run), watch, step)

    def _aim_at(self, then: Target) -> None:
        """Let the window show where a run goes; what was judged for elsewhere is judged again."""
        if _goes_elsewhere(self._desk.state.target, then):
            known = (one for one in self._desk.session.targets() if _is_same(one, then))
            self._desk.store.update(target=next(known, then), assessment=None, index=None)

    def sign_in_again(self) -> None:
        """Sign in once more, and go on with the run that was refused."""
        hold = self._desk.state.hold
        if hold is not None and self._targets.sign_in(hold.run.target.name):
            self.go_on_held()

    def pause(self) -> None:
        """Pause after what is under way, or go on."""
        if self._desk.state.hold is not None:
            self.go_on_held()
            return
        paused = not self._pause.is_set()
        if paused:
            self._pause.set()
        else:
            self._pause.clear()
        self._desk.store.update(paused=paused)

    def ask_now(self) -> None:
        """Have the agency asked before its time; nothing is sent earlier by that."""
        watch = self._desk.state.watch
        if watch is not None and watch.wait is not None:
            self._hurries += 1
            self._desk.store.update(watch=replace(watch, wait=replace(watch.wait, seconds=0)))

    def may_leave(self) -> bool:
        """Whether the window may close now; asks while rows are being sent."""
        if not self._desk.state.working(Work.SENDING):
            return True
        return ask_before_leaving(self._window, self._words())

    def _look(self) -> None:
        """Whoever looks at what will be sent is going to send it: let the process that does so start now."""
        state = self._desk.state
        ahead = state.assessment if state.step is Step.SEND and state.sendable else None
        if ahead is not None and ahead is not self._prepared_for and state.busy is None:
            self._prepared_for, session = ahead, self._desk.session
            self._desk.quietly(lambda _stop, _told: session.make_courier_ready(), lambda _: None, lane=LEDGER)

    def _start(self, sitting: Sitting, watch: Watch, step: Step = Step.SEND) -> None:
        self._pause.clear()
        self._desk.store.update(step=step, watch=watch, paused=False, hold=None)
        task = partial(_sit, sitting, self._pause, lambda: self._hurries)
        self._desk.begin(Work.SENDING, task, self._ended, progress=self._seen, lane=LEDGER)

    def _seen(self, watch: Watch) -> None:
        if watch.received > watch.before[1]:
            self._retry = FIRST_RETRY
        self._desk.store.update(watch=watch)
        self._countdown.begin()

    def _ended(self, sent: Sent | Trouble) -> None:
        if isinstance(sent, Trouble):
            self._not_begun(sent)
            return
        state = self._desk.state
        hold = self._hold(sent, state.watch or Watch())
        result = state.result if _shows_another(state, sent.result) else sent.result
        if hold is not None:
            self._desk.store.update(result=result, hold=hold, paused=False)
            self._countdown.begin()
        else:
            step = Step.RESULTS if state.step is Step.SEND else state.step
            said = "" if result is sent.result and step is Step.RESULTS else self._said(sent.result)
            self._desk.store.update(result=result, step=step, watch=None, hold=None, paused=False, said=said)
        self._results.load_runs()

    def _said(self, result: RunResult) -> str:
        """What became of a run, for a person who is at something else."""
        words, run = self._words(), result.summary
        return words("standing.ended", file=run.file_name, outcome=outcome(run, words))

    def _not_begun(self, trouble: Trouble) -> None:
        """Nothing was done: what was to be sent can be sent as before."""
        self._desk.store.update(sent=None, watch=None, hold=None, paused=False)
        self._desk.fail(trouble)

    def _hold(self, sent: Sent, watch: Watch) -> Hold | None:
        """What keeps a run on this page: a person, the network, the sign-in, or a courier cut off."""
        run = sent.result.summary
        if sent.cause is not None:
            return Hold(run, sent.cause)
        if run.status is not RunStatus.PAUSED:
            return None
        cause = watch.trouble
        if cause is None or cause.remedy is Remedy.SIGN_IN:
            return Hold(run, cause)
        if cause.remedy is not Remedy.TRY_LATER or not cause.code.startswith("network."):
            return None
        seconds, self._retry = self._retry, min(2 * self._retry, LONGEST_RETRY)
        return Hold(run, cause, seconds)


def _goes_elsewhere(one: Target, other: Target) -> bool:
    return (one.name, one.organization_id) != (other.name, other.organization_id)


def _shows_another(state: State, result: RunResult) -> bool:
    """Whether a person is looking at the results of another run: they are not taken away."""
    shown = state.result if state.step is Step.RESULTS else None
    return shown is not None and shown.summary.run != result.summary.run


def _is_same(known: Target, then: Target) -> bool:
    """Whether a target of the settings is still the one that a run went to; to practise is always one."""
    practising = known.environment is then.environment is Environment.PRACTICE
    return known.name == then.name and (practising or known.organization_id == then.organization_id)


def _sit(
    sitting: Sitting, pause: StopToken, hurries: Hurries, stop: StopToken, told: OnWatch
) -> Sent | Trouble:
    try:
        return sitting(Wishes(stop, pause, hurries), told)
    except Trouble as trouble:
        return trouble


def _send_new(session: Session, state: State, wishes: Wishes, told: OnWatch) -> Sent:
    assert state.opened is not None  # noqa: S101 - there is no assessment without a workbook
    assert state.assessment is not None  # noqa: S101 - asked for before
    session.refuse_unanswered(state.opened, include_hidden=state.reading.include_hidden)
    target = session.target(state.target.name) if not state.target.api_url else state.target
    opened = replace(state.opened, table=state.opened.table.with_edits(state.edits))
    return session.send_new(opened, state.assessment, target, state.mapping, wishes=wishes, on_watch=told)


def _go_on(session: Session, run: str, wishes: Wishes, told: OnWatch) -> Sent:
    return session.go_on(run, wishes=wishes, on_watch=told)
