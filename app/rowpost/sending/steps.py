"""The values of a decision: the State that it sees, the Steps that it can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rowpost.model.answers import Cause
from rowpost.model.attempts import RunFacts
from rowpost.model.results import RunStatus
from rowpost.model.settings import SendingSettings


class Wish(StrEnum):
    """What the person wants. PAUSE: no new part, but ask on; STOP: end after this step."""

    GO = "go"
    PAUSE = "pause"
    STOP = "stop"


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


@dataclass(frozen=True, slots=True)
class Due:
    """When to ask about an attempt (monotonic seconds), and whether asking has been given up."""

    at: float
    given_up: bool = False


NEVER = Due(0.0, given_up=True)


@dataclass(frozen=True, slots=True)
class State:
    """All that counts. `now` and `due` are on the monotonic clock; `post_after` too: no POST before.

    `in_hand` is the attempt whose intent this very process wrote in the step before.
    `failed_questions` counts questions without an answer in a row, `question_trouble` says why.
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
