"""The decision, walked through everything that can happen; and mutants of it, all to be caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rowpost.model.answers import PostAnswer
from rowpost.model.attempts import Attempt, Conclusion, Outcome, RowVerdict, Stage
from rowpost.sending.conclude import conclude
from rowpost.sending.decide import next_step
from rowpost.sending.steps import Save, Send, State, Step, What
from tests.safety.pure_model import RULES, Brain, walk
from tests.support.figures import Figure

UNBOUNDED = Brain(network_is_bounded=False, people_release=False)


@pytest.mark.parametrize(("name", "brain"), [("bounded", Brain()), ("unbounded", UNBOUNDED)])
def test_nothing_doubled_lost_lied_about_or_stuck(name: str, brain: Brain, figure: Figure) -> None:
    found = walk(brain)
    figure(f"pure model, {name} network: worlds", found.worlds)
    figure(f"pure model, {name} network: worlds that must not be", len(found.wrong))
    assert not found.wrong


Concluding = Callable[[Attempt, PostAnswer], Conclusion]


def _looks_once(state: State) -> Step:
    for each in state.facts.open:
        if each.stage is Stage.NOT_KNOWN and each.looks:
            return Save(What.ABSENT, each.attempt)
    return next_step(state)


def _sends_again_after_a_crash(state: State) -> Step:
    for each in state.facts.open:
        if each.stage is Stage.INTENT:
            return Send(each.attempt)
    return next_step(state)


def _forgets_what_is_open(state: State) -> Step:
    step = next_step(state)
    if step == Save(What.LOST):
        return Save(What.RELEASE, state.facts.open[-1].attempt)
    return step


def _where(meant: Callable[[PostAnswer], bool], instead: Callable[[Attempt], Conclusion]) -> Concluding:
    """A conclusion that is wrong for some answers."""

    def wrong(attempt: Attempt, answer: PostAnswer) -> Conclusion:
        return instead(attempt) if meant(answer) else conclude(attempt, answer)

    return wrong


def _not_read(answer: PostAnswer) -> bool:
    return answer.status == 0 and not answer.never_sent


def _never_sent(_: Attempt) -> Conclusion:
    return Conclusion(Outcome.NEVER_SENT, 0)


def _judged(stage: Stage) -> Callable[[Attempt], Conclusion]:
    def judged(attempt: Attempt) -> Conclusion:
        verdicts = tuple(RowVerdict(row.row, stage, "") for row in attempt.rows)
        return Conclusion(Outcome.REFUSED, 0, verdicts=verdicts)

    return judged


BUDGETS = ((1, 0), (0, 1), (1, 1), (2, 1), (3, 2))  # faults, crashes; most need little

MUTANTS = {
    "waits too short": Brain(rules=replace(RULES, settle_seconds=1)),
    "looks once": Brain(next_step=_looks_once),
    "retries blindly": Brain(conclude=_where(_not_read, _never_sent)),
    "writes no intent": Brain(intent_is_durable=False),
    "sends again after a crash": Brain(next_step=_sends_again_after_a_crash),
    "forgets what is open after a crash": Brain(next_step=_forgets_what_is_open),
    "writes a timeout as failed": Brain(conclude=_where(_not_read, _judged(Stage.REJECTED))),
    "writes 202 as accepted": Brain(
        conclude=_where(lambda answer: answer.status == 202, _judged(Stage.ACCEPTED))
    ),
    "takes 503 for a refusal": Brain(conclude=_where(lambda answer: answer.status == 503, _never_sent)),
    "takes 409 for a refusal": Brain(conclude=_where(lambda answer: answer.status == 409, _never_sent)),
    "releases by rule though the queue has no bound": replace(
        UNBOUNDED, rules=replace(RULES, server_enforces_unique_keys=True)
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_mutants_are_caught(mutant: str, figure: Figure) -> None:
    caught = any(walk(MUTANTS[mutant], *budget).wrong for budget in BUDGETS)
    figure("pure model: mutants", 1)
    figure("pure model: mutants caught", int(caught))
    assert caught
