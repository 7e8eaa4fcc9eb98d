"""When to ask again: kept in memory, on the monotonic clock; after a restart it begins anew."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from rowpost.model.attempts import OpenAttempt, RunFacts, Stage
from rowpost.model.settings import SendingSettings
from rowpost.sending.decide import window
from rowpost.sending.steps import Due

_GROWTH = 1.5
_JITTER = 0.2  # a fifth more or less, so that many programs do not ask in step
# when a look is due, as a share of the settling time: one soon, then spread, the last at its end
_LOOK_AT = (0.0, 0.25, 0.5, 1.0)
_SOON = 0.02  # share of the settling time until the first look: most lost answers were taken


@dataclass(slots=True)
class _Asked:
    """How often an attempt was asked about in this process, since when, and when next."""

    stage: Stage
    since: float
    at: float
    base: float = 0.0  # seconds settled in earlier processes
    times: int = 0
    missing_since: float | None = None
    not_before: float = 0.0  # what the agency has asked for
    planned: float | None = None  # the next look by the schedule, where a person wants one before it
    given_up: bool = False


@dataclass(slots=True)
class Watch:
    """The schedule of questions."""

    rules: SendingSettings
    chance: random.Random
    _asked: dict[int, _Asked] = field(default_factory=dict)

    def see(self, facts: RunFacts, now: float) -> dict[int, Due]:
        """Take up attempts that are new or in another stage; return when each is due."""
        open_ = {each.attempt: each for each in facts.open if each.stage is not Stage.INTENT}
        for number in self._asked.keys() - open_.keys():
            del self._asked[number]
        for number, each in open_.items():
            known = self._asked.get(number)
            if known is None or known.stage is not each.stage:
                self._asked[number] = self._new(each, facts, now)
        return {number: Due(asked.at, asked.given_up) for number, asked in self._asked.items()}

    def _new(self, each: OpenAttempt, facts: RunFacts, now: float) -> _Asked:
        if each.stage is Stage.RECEIVED:
            return _Asked(each.stage, now, now + self._jitter(self.rules.poll_first_seconds))
        asked = _Asked(each.stage, now, now, base=each.waited, times=each.looks)
        asked.at = self._look_at(asked, window(self.rules, facts))
        return asked

    def waited(self, attempt: int, now: float) -> float:
        """How long the attempt has been settling, in seconds, over all processes."""
        asked = self._asked[attempt]
        return asked.base + now - asked.since

    def hurry(self, now: float) -> None:
        """A person wants to know: ask about everything now, but not before the agency allows it.

        Such a look at an attempt of which nothing is known is one more: it does not count among the
        looks that settle it ("spread over the window"), and moves none of them.
        """
        for asked in self._asked.values():
            at = max(now, asked.not_before)
            if at >= asked.at:
                continue
            if asked.stage is Stage.NOT_KNOWN and asked.planned is None:
                asked.planned = asked.at
            asked.at = at

    def is_extra(self, attempt: int) -> bool:
        """Whether the look that is due now is one that a person wanted before its time."""
        return self._asked[attempt].planned is not None

    def asked(self, attempt: int, facts: RunFacts, now: float, *, least: float = 0.0) -> None:
        """An answer, or none, has come: set the next time. `least` is what the agency asked for."""
        asked = self._asked[attempt]
        asked.not_before = now + least
        if asked.planned is not None:
            asked.at, asked.planned = max(asked.planned, asked.not_before), None
            return
        asked.times += 1
        asked.missing_since = None
        if asked.stage is Stage.RECEIVED:
            asked.at = now + max(least, self._poll_in(asked, now))
        else:
            asked.at = max(now + least, self._look_at(asked, window(self.rules, facts)))
        asked.given_up = now - asked.since >= self.rules.give_up_polling_seconds

    def missing(self, attempt: int, now: float) -> bool:
        """The batch was not found; True once that has been so for too long."""
        asked = self._asked[attempt]
        since = asked.missing_since if asked.missing_since is not None else now
        asked.times += 1
        asked.at = now + self._poll_in(asked, now)
        asked.missing_since = since
        return now - since >= self.rules.batch_missing_seconds

    def failed(self, attempt: int, facts: RunFacts, now: float, *, least: float = 0.0) -> None:
        """No answer to a look: try again soon, growing, without counting it as a look."""
        extra = self.is_extra(attempt)
        self.asked(attempt, facts, now, least=least)
        asked = self._asked[attempt]
        if asked.stage is Stage.NOT_KNOWN and not extra:
            asked.at = now + max(least, self._poll_in(asked, now))

    def _poll_in(self, asked: _Asked, now: float) -> float:
        """2 s growing to 60 s; after an hour every 5 minutes."""
        rules = self.rules
        if now - asked.since >= rules.poll_slow_after_seconds:
            return self._jitter(rules.poll_slow_seconds)
        grown = rules.poll_first_seconds * _GROWTH ** min(asked.times, 60)
        return self._jitter(min(rules.poll_max_seconds, grown))

    def _look_at(self, asked: _Asked, whole: float) -> float:
        """The looks of an unknown attempt are spread over the settling time, the last at its end."""
        share = _LOOK_AT[asked.times] if asked.times < len(_LOOK_AT) else asked.times - len(_LOOK_AT) + 2.0
        return asked.since + max(share, _SOON) * whole - asked.base

    def _jitter(self, seconds: float) -> float:
        return seconds * self.chance.uniform(1 - _JITTER, 1 + _JITTER)
