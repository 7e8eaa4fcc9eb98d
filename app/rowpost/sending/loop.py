"""The loop: it reads what the ledger holds, asks `decide` for one step, and obeys."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rowpost.model.answers import Cause, PostAnswer
from rowpost.model.attempts import Attempt, Outcome, RowChange, RunFacts
from rowpost.model.outside import Clock, Hurries, StopToken, no_hurry
from rowpost.model.results import RunStatus
from rowpost.model.settings import SendingSettings
from rowpost.model.targets import Environment
from rowpost.sending import plan
from rowpost.sending.asking import Asking
from rowpost.sending.conclude import conclude
from rowpost.sending.decide import next_step
from rowpost.sending.events import (
    OnEvent,
    PartStarted,
    RowsChanged,
    RunEnded,
    TroubleSeen,
    Waiting,
    no_event,
)
from rowpost.sending.ports import Agency, Ledger
from rowpost.sending.steps import Ask, Finish, Question, Save, Send, State, Step, Wait, What, Wish
from rowpost.sending.watch import Watch

_NAP = 0.25  # seconds; how soon a wish to pause is noticed while waiting


def carry_out(  # noqa: PLR0913 - everything that it touches comes in from outside
    run: str,
    ledger: Ledger,
    agency: Agency,
    rules: SendingSettings,
    *,
    clock: Clock,
    stop: StopToken,
    pause: StopToken,
    hurries: Hurries = no_hurry,
    on_event: OnEvent = no_event,
    who: str = "",
    chance: random.Random | None = None,
) -> RunStatus:
    """Send what waits, ask what is open, until nothing more can be done now; return how it ended.

    Also how an interrupted run is resumed. `stop` ends it after the step at hand, `pause` once
    the batches on their way have their verdicts; each of the `hurries` asks earlier, and never sends
    earlier. Trouble only of the ledger; what the network and
    the agency do is told as events and written down.
    """
    ledger.begin(run, who)
    chance = chance or random.Random()  # noqa: S311 - for jitter
    outside = Outside(ledger, agency, rules, clock, stop, pause, hurries, on_event, chance)
    return Loop(run, outside).run()


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything that a loop touches."""

    ledger: Ledger
    agency: Agency
    rules: SendingSettings
    clock: Clock
    stop: StopToken
    pause: StopToken
    hurries: Hurries
    on_event: OnEvent
    chance: random.Random


class Loop:
    """One run being sent, in this thread."""

    def __init__(self, run: str, outside: Outside) -> None:
        self._run = run
        self._ledger = outside.ledger
        self._agency = outside.agency
        self._rules = outside.rules
        self._clock = outside.clock
        self._stop = outside.stop
        self._pause = outside.pause
        self._hurries, self._obeyed = outside.hurries, outside.hurries()
        self._tell = outside.on_event
        self._chance = outside.chance
        self._watch = Watch(outside.rules, outside.chance)
        self._received_at: dict[int, float] = {}
        self._asking = Asking(
            outside.ledger,
            outside.agency,
            outside.clock,
            self._watch,
            outside.stop,
            outside.rules,
            self._received_at,
        )
        self._in_hand: Attempt | None = None
        self._post_after: float | None = None
        self._failed_questions = 0
        self._trouble: Cause | None = None

    def run(self) -> RunStatus:
        """Step by step, until `decide` says that nothing more can be done."""
        while True:
            state = self._state()
            step = next_step(state)
            if isinstance(step, Finish):
                return self._finish(step.status, state.facts)
            self._obey(step, state.facts)

    def _state(self) -> State:
        facts = self._ledger.facts(self._run, self._rules.breaker_rows)
        now = self._clock.monotonic()
        if self._post_after is None:
            self._post_after = now + self._remembered_wait(facts)
        return State(
            facts=facts,
            rules=self._rules,
            now=now,
            wish=self._wish(),
            in_hand=self._in_hand.attempt if self._in_hand else None,
            due=self._watch.see(facts, now),
            post_after=self._post_after,
            failed_questions=self._failed_questions,
            question_trouble=self._trouble,
        )

    def _wish(self) -> Wish:
        if self._stop.is_set():
            return Wish.STOP
        return Wish.PAUSE if self._pause.is_set() else Wish.GO

    def _remembered_wait(self, facts: RunFacts) -> float:
        """What is left, in seconds, of a wait that an earlier process was asked for."""
        if facts.wait_until is None:
            return 0.0
        left = (facts.wait_until - self._clock.now()).total_seconds()
        return min(max(left, 0.0), self._rules.retry_after_max_seconds)

    def _obey(self, step: Step, facts: RunFacts) -> None:
        match step:
            case Save():
                self._save(step)
            case Send():
                self._send()
            case Ask():
                self._ask(step, facts)
            case Wait(seconds, code):
                self._tell(Waiting(seconds, code))
                self._sleep(seconds)

    def _save(self, step: Save) -> None:
        ledger, run = self._ledger, self._run
        match step.what:
            case What.PLAN:
                self._plan()
            case What.SPLIT:
                ledger.split(step.target, step.size)
            case What.INTENT:
                self._in_hand, changed = ledger.intend(step.target)
                self._changed(changed)
            case What.LOST:
                self._changed(ledger.lose_intents(run))
            case What.ABSENT:
                self._changed(ledger.settle_absent(step.target))
            case What.RELEASE:
                self._changed(ledger.settle_absent(step.target))
                self._changed(ledger.release_by_rule(step.target))
            case What.HOLD if step.cause is not None:
                self._tell(TroubleSeen(step.cause))
                self._hold(step.cause)

    def _plan(self) -> None:
        canary = self._rules.canary
        if canary is None:
            target = self._ledger.summary(self._run).target
            canary = target.environment is Environment.PRODUCTION
        rows = self._ledger.loose(self._run, with_payloads=canary)
        self._ledger.cut(self._run, list(plan.parts(rows, self._rules, canary=canary)))

    def _send(self) -> None:
        attempt = self._in_hand
        if attempt is None:
            return
        self._tell(PartStarted(attempt.number, len(attempt.rows)))
        answer = self._agency.post_invoices(attempt.body, attempt.uid)
        conclusion = replace(conclude(attempt, answer), wait_until=self._told_to_wait(answer))
        changed = self._ledger.conclude(attempt.attempt, conclusion)
        self._in_hand = None
        if conclusion.outcome is Outcome.RECEIVED:
            self._received_at[attempt.attempt] = self._clock.monotonic()
        self._changed(changed)
        if conclusion.cause is not None:
            self._tell(TroubleSeen(conclusion.cause))
            if conclusion.outcome is Outcome.NEVER_SENT or answer.status in (403, 404):
                self._hold(conclusion.cause)

    def _told_to_wait(self, answer: PostAnswer) -> datetime | None:
        """Wait as long as the agency said, clamped; else full jitter. Written down: a restart waits too."""
        if answer.status not in (429, 503):
            return None
        seconds = answer.retry_after
        if seconds is None:
            seconds = self._chance.uniform(0.0, self._rules.retry_backoff_max_seconds)
        seconds = min(max(seconds, 1.0), self._rules.retry_after_max_seconds)
        self._post_after = self._clock.monotonic() + seconds
        return self._clock.now() + timedelta(seconds=seconds)

    def _ask(self, step: Ask, facts: RunFacts) -> None:
        match step.question:
            case Question.BATCH:
                answered = self._asking.batch(step.target, facts)
            case Question.LOOK:
                answered = self._asking.look(step.target, facts)
            case Question.FIRST_LOOK:
                answered = self._asking.first_look(step.target)
        self._changed(answered.changes)
        self._trouble = answered.trouble
        self._failed_questions = self._failed_questions + 1 if answered.trouble else 0
        if answered.trouble is not None:
            self._tell(TroubleSeen(answered.trouble))
        if answered.hold is not None:
            if answered.hold != answered.trouble:
                self._tell(TroubleSeen(answered.hold))
            self._hold(answered.hold)

    def _hold(self, cause: Cause) -> None:
        self._ledger.hold(self._run, cause)
        self._failed_questions = 0

    def _sleep(self, seconds: float) -> None:
        """Wait, but notice a wish to stop at once, and soon a wish to pause or to ask now."""
        until = self._clock.monotonic() + seconds
        paused = self._pause.is_set()
        while (left := until - self._clock.monotonic()) > 0:
            if self._clock.sleep(min(left, _NAP), self._stop) or self._pause.is_set() != paused:
                return
            if self._hurries() != self._obeyed:
                self._obeyed = self._hurries()
                self._watch.hurry(self._clock.monotonic())
                return

    def _changed(self, changes: tuple[RowChange, ...]) -> None:
        if changes:
            self._tell(RowsChanged(changes))

    def _finish(self, status: RunStatus, facts: RunFacts) -> RunStatus:
        self._ledger.finish(self._run, status)
        self._tell(RunEnded(status, facts.held))
        return status
