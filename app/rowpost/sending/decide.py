"""What to do next. Pure: it sees a State and names one Step; the loop obeys.

Recovery after a crash is the same function: what the ledger holds is all that counts. Sentences
in quotation marks are those of the specification.
"""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.answers import Cause
from rowpost.model.attempts import OpenAttempt, RunFacts, Stage
from rowpost.model.results import RunStatus
from rowpost.model.settings import SendingSettings
from rowpost.sending.breaker import why_hold
from rowpost.sending.steps import NEVER, Ask, Finish, Question, Save, Send, State, Step, Wait, What, Wish

MOST_OPEN_BATCHES = 50


def next_step(state: State) -> Step:
    """Name the next step."""
    return (
        _in_hand(state)
        or next(_settled(state), None)
        or _stop(state)
        or _hold(state)
        or _ask(state)
        or _send_on(state)
        or _wait(state)
        or Finish(status_of(state.facts, RunStatus.PAUSED))
    )


def _in_hand(state: State) -> Step | None:
    """Only what was written down a moment ago is sent: "a crash that finds an intent looks up"."""
    if any(each.stage is Stage.INTENT and each.attempt != state.in_hand for each in state.facts.open):
        return Save(What.LOST)
    return None if state.in_hand is None else Send(state.in_hand)


def _stop(state: State) -> Step | None:
    return Finish(status_of(state.facts, RunStatus.STOPPED)) if state.wish is Wish.STOP else None


def _hold(state: State) -> Step | None:
    """Pause and say why; where asking is as pointless as sending, end."""
    held = state.facts.held
    if held is not None and hopeless(held):
        return Finish(status_of(state.facts, RunStatus.PAUSED))
    cause = why_hold(state)
    if cause is None or (held is not None and not hopeless(cause)):
        return None
    return Save(What.HOLD, cause=cause)


def _settled(state: State) -> Iterator[Save]:
    """Attempts looked up often enough, for long enough: at least three looks spread over the window."""
    for each in state.facts.open:
        if each.stage is Stage.NOT_KNOWN and _is_settled(each, state):
            rule = each.by_rule and state.rules.server_enforces_unique_keys
            yield Save(What.RELEASE if rule else What.ABSENT, each.attempt)


def _is_settled(each: OpenAttempt, state: State) -> bool:
    return each.looks >= state.rules.settle_looks and each.waited >= window(state.rules, state.facts)


def window(rules: SendingSettings, facts: RunFacts) -> float:
    """How long to settle, in seconds: 15 min + 3 x the longest batch here, at least 60 min in all.

    The setting is the 60 min; the 15 min are a quarter of it.
    """
    return max(rules.settle_seconds, rules.settle_seconds / 4 + 3 * facts.longest_batch)


def hopeless(cause: Cause) -> bool:
    """Whether asking is as pointless as sending: no network, no sign-in, a wrong address."""
    return cause.code.partition(".")[0] in ("network", "sign_in", "target", "agency")


def _ask(state: State) -> Ask | None:
    """The question that has been due for longest."""
    due = [
        (state.due.get(each.attempt, NEVER).at, each)
        for each in state.facts.open
        if _asked(each, state) and state.due[each.attempt].at <= state.now
    ]
    if not due:
        return None
    _, each = min(due, key=lambda pair: (pair[0], pair[1].attempt))
    return Ask(Question.BATCH if each.stage is Stage.RECEIVED else Question.LOOK, each.attempt)


def _asked(each: OpenAttempt, state: State) -> bool:
    return not state.due.get(each.attempt, NEVER).given_up


def _send_on(state: State) -> Step | None:
    """The next part, where nothing speaks against it.

    A part larger than the agency takes is cut first (413); where the memory has a gap, "every key
    is looked up before the first POST".
    """
    facts = state.facts
    if state.wish is not Wish.GO or facts.held is not None:
        return None
    if facts.loose:
        return Save(What.PLAN)
    part = facts.ahead
    if part is None or _must_wait(state):
        return None
    if 0 < facts.limit < part.rows:
        return Save(What.SPLIT, part.part, size=facts.limit)
    if facts.look_first and not part.looked:
        return Ask(Question.FIRST_LOOK, part.part)
    return Save(What.INTENT, part.part)


def _must_wait(state: State) -> bool:
    """Whether the next part has to wait: for the agency's leave, for the canary, or for verdicts."""
    facts = state.facts
    if state.now < state.post_after:
        return True
    if any(each.canary for each in facts.open):  # "the rest waits for its verdicts"
        return True
    received = [each for each in facts.open if each.stage is Stage.RECEIVED and _asked(each, state)]
    if len(received) >= MOST_OPEN_BATCHES:
        return True
    # the circuit breaker judges the first rows: they must not all be on their way already
    rows = sum(each.rows for each in received)
    return facts.decided < state.rules.breaker_rows <= facts.decided + rows


def _wait(state: State) -> Wait | None:
    """Until the next question is due or the agency may be posted to again; None if there is no such time.

    A pause waits for the verdicts of batches, but not for the hour that settling takes.
    """
    times = [
        state.due[each.attempt].at
        for each in state.facts.open
        if _asked(each, state) and (state.wish is Wish.GO or each.stage is Stage.RECEIVED)
    ]
    code = "wait.agency" if times else "wait.leave"
    waiting = state.facts.ahead is not None and state.wish is Wish.GO and state.facts.held is None
    if waiting and state.now < state.post_after:
        times.append(state.post_after)
        code = "wait.leave"
    return Wait(max(0.0, min(times) - state.now), code) if times else None


def status_of(facts: RunFacts, otherwise: RunStatus) -> RunStatus:
    """How the work ends: rows that still wait make it `otherwise`."""
    if facts.ahead is not None or facts.loose:
        return otherwise
    if facts.open or facts.unsettled:
        return RunStatus.NOT_KNOWN
    return RunStatus.DONE
