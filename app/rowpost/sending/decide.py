"""What to do next. Pure: it sees a State and names one Step; the loop obeys.

Recovery after a crash is the same function: what the ledger holds is all that counts. The
sentences in comments are those of the specification ("Twelve sentences", "What each answer means").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rowpost.model.answers import Cause
from rowpost.model.attempts import OpenAttempt, RunFacts, Stage
from rowpost.model.results import RunStatus
from rowpost.model.settings import SendingSettings
from rowpost.model.trouble import Remedy

# When a look is due, as a share of the settling time: one soon, then spread, the last at its end.
LOOK_AT = (0.0, 0.25, 0.5, 1.0)
MOST_OPEN_BATCHES = 50
MOST_FAILED_QUESTIONS = 8  # in a row; then the network or the agency is not there
MOST_TOO_MANY = 8  # answers 429 in a row
SMALLEST_REFUSED_LIMIT = 3  # rows: in a small run one refused row is not "10 % of all"


class Wish(StrEnum):
    """What the person wants. PAUSE: no new part, but ask on; STOP: end after this step."""

    GO = "go"
    PAUSE = "pause"
    STOP = "stop"


# -- Steps -------------------------------------------------------------------------------------


class What(StrEnum):
    """What is to be written down."""

    PLAN = "plan"  # put loose rows into parts
    SPLIT = "split"  # cut the next part to the size the agency takes
    INTENT = "intent"  # claim the next part's rows and intend to send them
    LOST = "lost"  # intents that a dead process left behind: not known
    ABSENT = "absent"  # settled: not there
    RELEASE = "release"  # settled: not there, and the settings allow sending again
    HOLD = "hold"  # nothing more is sent until a person says go


@dataclass(frozen=True, slots=True)
class Save:
    """Write something down; `target` is a part or an attempt, `size` rows a part may hold."""

    what: What
    target: int = 0
    size: int = 0
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """Post the attempt whose intent was written down in the step before."""

    attempt: int


class Question(StrEnum):
    """What is to be asked."""

    BATCH = "batch"  # what became of this attempt's batch?
    LOOK = "look"  # do you hold this attempt's rows?
    FIRST_LOOK = "first_look"  # do you hold this part's rows, before we ever send them?


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the agency; `target` is an attempt, or a part for a first look."""

    question: Question
    target: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to do for that many seconds; `code` says what for."""

    seconds: float
    code: str


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing more can be done now."""

    status: RunStatus


Step = Save | Send | Ask | Wait | Finish


# -- State -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """When to ask about an attempt (monotonic seconds), and whether asking has been given up."""

    at: float
    given_up: bool = False


NEVER = Due(0.0, given_up=True)


@dataclass(frozen=True, slots=True)
class State:
    """All that counts. `now` and `due` are on the monotonic clock; `post_after` too: no POST before.

    `in_hand` is the attempt whose intent this very process wrote in the step before. `waited` is
    how long each unknown attempt has been settling, in seconds, as far as looks have been made.
    """

    facts: RunFacts
    rules: SendingSettings
    now: float
    wish: Wish = Wish.GO
    in_hand: int | None = None
    due: Mapping[int, Due] = field(default_factory=dict)
    post_after: float = 0.0
    failed_questions: int = 0
    question_trouble: Cause | None = None


def next_step(state: State) -> Step:
    """Name the next step."""
    facts = state.facts
    # "A crash that finds an intent looks up; it never re-sends."
    if any(each.stage is Stage.INTENT and each.attempt != state.in_hand for each in facts.open):
        return Save(What.LOST)
    # Only what was written down a moment ago is sent.
    if state.in_hand is not None:
        return Send(state.in_hand)
    settled = next(_settled(state), None)
    if settled is not None:
        return settled
    if state.wish is Wish.STOP:
        return Finish(_status(facts, RunStatus.STOPPED))
    if facts.held is None:
        cause = why_hold(state)
        if cause is not None:
            return Save(What.HOLD, cause=cause)
    elif hopeless(facts.held):
        return Finish(_status(facts, RunStatus.PAUSED))
    return _ask(state) or _send_on(state) or _wait(state) or Finish(_status(facts, RunStatus.PAUSED))


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


def why_hold(state: State) -> Cause | None:
    """Why no further part may be sent before a person has looked; None where nothing speaks against it."""
    facts, rules = state.facts, state.rules
    if state.failed_questions >= MOST_FAILED_QUESTIONS:
        return state.question_trouble
    if facts.ahead is None and not facts.loose:
        return None
    # "three parts in a row refused for the same cause" (too many requests: be patient for longer)
    if facts.streak_code == "agency.too_many":
        if facts.streak >= MOST_TOO_MANY:
            return Cause("breaker.too_many", Remedy.TRY_LATER, {"count": facts.streak})
    elif facts.streak_code == "sign_in.not_taken":
        if facts.streak >= 2:  # "a second 401 stops the run"
            return Cause("sign_in.not_taken", Remedy.SIGN_IN)
    elif facts.streak >= rules.breaker_parts and facts.streak_code not in _OF_ONE_PART:
        return Cause(
            "breaker.parts", Remedy.CALL_FOR_HELP, {"count": facts.streak, "cause": facts.streak_code}
        )
    # "one cause over 20 % of the first 200 rows"
    share = min(rules.breaker_rows, facts.rows) if facts.decided < rules.breaker_rows else rules.breaker_rows
    if facts.same_cause * 100 > rules.breaker_percent * share:
        return Cause("breaker.rows", Remedy.CALL_FOR_HELP, {"count": facts.same_cause})
    return _bisecting_ends(state)


# a part that is being cut smaller is refused for the same cause again and again: other limits hold there
_OF_ONE_PART = frozenset({"agency.refused", "agency.too_large"})


def _bisecting_ends(state: State) -> Cause | None:
    """Say whether cutting refused parts has cost enough: 40 posts, or 10 % refused rows."""
    facts, rules = state.facts, state.rules
    if facts.ahead is not None and facts.ahead.posts >= rules.refused_posts_max:
        return Cause("breaker.posts", Remedy.CALL_FOR_HELP, {"count": facts.ahead.posts})
    most = max(SMALLEST_REFUSED_LIMIT, facts.rows * rules.refused_percent_max // 100)
    if facts.refused > most:
        return Cause("breaker.refused", Remedy.CALL_FOR_HELP, {"count": facts.refused})
    return None


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
    """The next part, where nothing speaks against it."""
    facts = state.facts
    if state.wish is not Wish.GO or facts.held is not None:
        return None
    if facts.loose:
        return Save(What.PLAN)
    part = facts.ahead
    if part is None or _must_wait(state):
        return None
    # "413: halve the part, remember the limit for this target"
    if 0 < facts.limit < part.rows:
        return Save(What.SPLIT, part.part, size=facts.limit)
    # "A ledger restored from an old backup, or a new machine: every key is looked up before the first POST."
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
    """Until the next question is due or the agency may be posted to again; None if there is no such time."""
    times = [state.due[each.attempt].at for each in state.facts.open if _asked(each, state)]
    code = "wait.agency" if times else "wait.leave"
    waiting = state.facts.ahead is not None and state.wish is Wish.GO and state.facts.held is None
    if waiting and state.now < state.post_after:
        times.append(state.post_after)
        code = "wait.leave"
    return Wait(max(0.0, min(times) - state.now), code) if times else None


def _status(facts: RunFacts, otherwise: RunStatus) -> RunStatus:
    """How the work ends: rows that still wait make it `otherwise`."""
    if facts.ahead is not None or facts.loose:
        return otherwise
    if facts.open or facts.unsettled:
        return RunStatus.NOT_KNOWN
    return RunStatus.DONE
