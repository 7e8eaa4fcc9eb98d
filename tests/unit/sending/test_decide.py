"""The decision, line by line, and what it must never say whatever the state."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.answers import Cause
from rowpost.model.attempts import OpenAttempt, RunFacts, Stage, WaitingPart
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Remedy
from rowpost.sending.decide import next_step, window
from rowpost.sending.steps import (
    Ask,
    Due,
    Finish,
    Question,
    Save,
    Send,
    State,
    Step,
    Wait,
    What,
    Wish,
)
from tests.safety.world import sending_rules

RULES = sending_rules(settle_seconds=100.0, server_enforces_unique_keys=False)
RULED = sending_rules(settle_seconds=100.0, server_enforces_unique_keys=True)
NETWORK = Cause("network.refused", Remedy.TRY_LATER)
BREAKER = Cause("breaker.parts", Remedy.CALL_FOR_HELP)


def facts(*open_: OpenAttempt, ahead: WaitingPart | None = None, **more: Any) -> RunFacts:
    return RunFacts("bado-47", more.pop("rows", 100), ahead, open_, **more)


def attempt(number: int = 1, stage: Stage = Stage.RECEIVED, **more: Any) -> OpenAttempt:
    return OpenAttempt(number, number, number, more.pop("rows", 10), stage, **more)


def part(**more: Any) -> WaitingPart:
    return WaitingPart(9, 9, more.pop("rows", 10), **more)


def step(known: RunFacts, **more: Any) -> Step:
    due = more.pop("due", {each.attempt: Due(50.0) for each in known.open})
    return next_step(State(known, more.pop("rules", RULES), more.pop("now", 60.0), due=due, **more))


def test_an_intent_that_nobody_holds_is_not_known() -> None:
    assert step(facts(attempt(stage=Stage.INTENT))) == Save(What.LOST)
    assert step(facts(attempt(stage=Stage.INTENT), attempt(2, Stage.INTENT)), in_hand=2) == Save(What.LOST)


def test_only_the_intent_in_hand_is_sent() -> None:
    assert step(facts(attempt(stage=Stage.INTENT)), in_hand=1) == Send(1)


def test_loose_rows_are_put_into_parts_then_a_part_is_intended() -> None:
    assert step(facts(loose=3)) == Save(What.PLAN)
    assert step(facts(ahead=part())) == Save(What.INTENT, 9)


def test_a_part_larger_than_the_agency_takes_is_cut() -> None:
    assert step(facts(ahead=part(rows=10), limit=4)) == Save(What.SPLIT, 9, size=4)
    assert step(facts(ahead=part(rows=4), limit=4)) == Save(What.INTENT, 9)


def test_a_memory_with_a_gap_looks_first() -> None:
    assert step(facts(ahead=part(), look_first=True)) == Ask(Question.FIRST_LOOK, 9)
    assert step(facts(ahead=part(looked=True), look_first=True)) == Save(What.INTENT, 9)


def test_what_is_due_is_asked_before_more_is_sent() -> None:
    assert step(facts(attempt(), ahead=part())) == Ask(Question.BATCH, 1)
    assert step(facts(attempt(stage=Stage.NOT_KNOWN), ahead=part())) == Ask(Question.LOOK, 1)
    assert step(facts(attempt(), ahead=part()), due={1: Due(70.0)}) == Save(What.INTENT, 9)


def test_the_question_that_is_due_longest_comes_first() -> None:
    both = facts(attempt(1), attempt(2))
    assert step(both, due={1: Due(40.0), 2: Due(30.0)}) == Ask(Question.BATCH, 2)


def test_a_canary_is_waited_for() -> None:
    assert step(facts(attempt(canary=True), ahead=part()), due={1: Due(70.0)}) == Wait(10.0, "wait.agency")


def test_the_agency_s_leave_is_waited_for() -> None:
    assert step(facts(ahead=part()), post_after=75.0) == Wait(15.0, "wait.leave")
    both = step(facts(attempt(), ahead=part()), post_after=75.0, due={1: Due(80.0)})
    assert both == Wait(15.0, "wait.leave")


def test_the_first_rows_are_judged_before_all_are_on_their_way() -> None:
    waiting = facts(attempt(1, rows=100), attempt(2, rows=100), ahead=part(), rows=1000)
    later = {1: Due(70.0), 2: Due(70.0)}
    assert step(waiting, due=later) == Wait(10.0, "wait.agency")
    judged = facts(*waiting.open, ahead=part(), rows=1000, decided=200)
    assert step(judged, due=later) == Save(What.INTENT, 9)


def test_absent_only_after_three_looks_and_the_whole_window() -> None:
    def settling(looks: int, waited: float, by_rule: bool = True) -> RunFacts:
        return facts(attempt(stage=Stage.NOT_KNOWN, looks=looks, waited=waited, by_rule=by_rule))

    later = {1: Due(99.0)}
    assert step(settling(2, 500.0), due=later) == Wait(39.0, "wait.agency")
    assert step(settling(9, 99.9), due=later) == Wait(39.0, "wait.agency")
    assert step(settling(3, 100.0)) == Save(What.ABSENT, 1)
    assert step(settling(3, 100.0), rules=RULED) == Save(What.RELEASE, 1)
    assert step(settling(3, 100.0, by_rule=False), rules=RULED) == Save(What.ABSENT, 1)


def test_the_window_grows_with_the_agency_s_slowest_batch() -> None:
    assert window(RULES, facts()) == 100.0
    assert window(RULES, facts(longest_batch=30.0)) == 115.0
    slow = facts(attempt(stage=Stage.NOT_KNOWN, looks=3, waited=100.0), longest_batch=30.0)
    assert step(slow, due={1: Due(99.0)}) == Wait(39.0, "wait.agency")


def test_stop_ends_it_and_pause_asks_on() -> None:
    assert step(facts(ahead=part()), wish=Wish.STOP) == Finish(RunStatus.STOPPED)
    assert step(facts(attempt()), wish=Wish.STOP) == Finish(RunStatus.NOT_KNOWN)
    assert step(facts(ahead=part()), wish=Wish.PAUSE) == Finish(RunStatus.PAUSED)
    assert step(facts(attempt(), ahead=part()), wish=Wish.PAUSE) == Ask(Question.BATCH, 1)
    later = {1: Due(70.0)}
    assert step(facts(attempt()), wish=Wish.PAUSE, due=later) == Wait(10.0, "wait.agency")
    settling = facts(attempt(stage=Stage.NOT_KNOWN), ahead=part())
    assert step(settling, wish=Wish.PAUSE, due=later) == Finish(RunStatus.PAUSED)


def test_a_held_run_asks_on_where_asking_helps() -> None:
    assert step(facts(attempt(), ahead=part(), held=BREAKER)) == Ask(Question.BATCH, 1)
    assert step(facts(attempt(), ahead=part(), held=NETWORK)) == Finish(RunStatus.PAUSED)
    assert step(facts(ahead=part(), held=BREAKER)) == Finish(RunStatus.PAUSED)


def test_the_end() -> None:
    assert step(facts()) == Finish(RunStatus.DONE)
    assert step(facts(unsettled=1)) == Finish(RunStatus.NOT_KNOWN)
    given_up = {1: Due(0.0, given_up=True)}
    assert step(facts(attempt()), due=given_up) == Finish(RunStatus.NOT_KNOWN)


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"streak": 3, "streak_code": "agency.unclear"}, "breaker.parts"),
        ({"streak": 2, "streak_code": "sign_in.not_taken"}, "sign_in.not_taken"),
        ({"streak": 8, "streak_code": "agency.too_many"}, "breaker.too_many"),
        ({"rows": 1000, "decided": 60, "same_cause": 41}, "breaker.rows"),
        ({"refused": 11, "rows": 100}, "breaker.refused"),
        ({"refused": 4, "rows": 5}, "breaker.refused"),
    ],
)
def test_the_breaker_opens(known: dict[str, Any], code: str) -> None:
    found = step(facts(ahead=part(), **known))
    assert isinstance(found, Save)
    assert (found.what, found.cause and found.cause.code) == (What.HOLD, code)


@pytest.mark.parametrize(
    "known",
    [
        {"streak": 2, "streak_code": "agency.unclear"},
        {"streak": 9, "streak_code": "agency.refused"},
        {"streak": 1, "streak_code": "sign_in.not_taken"},
        {"streak": 7, "streak_code": "agency.too_many"},
        {"rows": 1000, "decided": 200, "same_cause": 40},
        {"rows": 10, "decided": 10, "same_cause": 9},
        {"refused": 10, "rows": 100},
        {"refused": 3, "rows": 5},
    ],
)
def test_the_breaker_stays_shut(known: dict[str, Any]) -> None:
    assert step(facts(ahead=part(), **known)) == Save(What.INTENT, 9)


def test_forty_posts_for_one_part_are_enough() -> None:
    assert step(facts(ahead=part(posts=39))) == Save(What.INTENT, 9)
    found = step(facts(ahead=part(posts=40)))
    assert isinstance(found, Save)
    assert found.what is What.HOLD


def test_questions_without_answers_hold_the_run() -> None:
    assert step(facts(attempt()), failed_questions=8, question_trouble=NETWORK) == Save(
        What.HOLD, cause=NETWORK
    )
    held = facts(attempt(), ahead=part(), held=BREAKER)
    assert step(held, failed_questions=8, question_trouble=NETWORK) == Save(What.HOLD, cause=NETWORK)
    assert step(facts(attempt()), failed_questions=7, question_trouble=NETWORK) == Ask(Question.BATCH, 1)


# -- Whatever the state ------------------------------------------------------------------------

stages = st.sampled_from([Stage.INTENT, Stage.RECEIVED, Stage.NOT_KNOWN])
attempts = st.lists(
    st.builds(
        OpenAttempt,
        attempt=st.integers(1, 6),
        part=st.integers(1, 6),
        number=st.integers(1, 6),
        rows=st.integers(1, 300),
        stage=stages,
        batch_id=st.sampled_from(["", "b"]),
        looks=st.integers(0, 5),
        waited=st.floats(0, 300),
        by_rule=st.booleans(),
        canary=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda each: each.attempt,
).map(tuple)
parts = st.none() | st.builds(
    WaitingPart,
    part=st.integers(10, 12),
    number=st.integers(1, 9),
    rows=st.integers(1, 100),
    looked=st.booleans(),
    posts=st.integers(0, 45),
)
known = st.builds(
    RunFacts,
    run=st.just("bado-47"),
    rows=st.integers(1, 1000),
    ahead=parts,
    open=attempts,
    held=st.sampled_from([None, NETWORK, BREAKER]),
    look_first=st.booleans(),
    wait_until=st.none(),
    limit=st.integers(0, 50),
    longest_batch=st.floats(0, 100),
    streak=st.integers(0, 9),
    streak_code=st.sampled_from(["agency.unclear", "agency.too_many", "agency.refused"]),
    decided=st.integers(0, 300),
    same_cause=st.integers(0, 100),
    refused=st.integers(0, 20),
    loose=st.integers(0, 2),
    unsettled=st.integers(0, 2),
)


@st.composite
def states(draw: st.DrawFn) -> State:
    found = draw(known)
    numbers = [each.attempt for each in found.open]
    intents = [each.attempt for each in found.open if each.stage is Stage.INTENT]
    due = st.builds(Due, st.floats(0, 100), st.booleans())
    return State(
        found,
        draw(st.sampled_from([RULES, RULED])),
        draw(st.floats(0, 100)),
        draw(st.sampled_from(list(Wish))),
        draw(st.none() | st.sampled_from(intents)) if intents else None,
        {number: draw(due) for number in numbers},
        draw(st.floats(0, 100)),
        draw(st.integers(0, 9)),
        NETWORK,
    )


@given(states())
def test_nothing_is_sent_that_was_not_intended_a_moment_ago(state: State) -> None:
    match next_step(state):
        case Send(number):
            assert number == state.in_hand
            others = [each for each in state.facts.open if each.stage is Stage.INTENT]
            assert [each.attempt for each in others] == [number]


@given(states())
def test_nothing_new_is_intended_against_a_wish_a_hold_or_a_wait(state: State) -> None:
    match next_step(state):
        case Save(What.INTENT):
            known_, ahead = state.facts, state.facts.ahead
            assert state.wish is Wish.GO
            assert known_.held is None
            assert state.now >= state.post_after
            assert state.in_hand is None
            assert ahead is not None
            assert not known_.limit or ahead.rows <= known_.limit
            assert ahead.looked or not known_.look_first
            assert not any(each.canary for each in known_.open)
            assert all(each.stage is not Stage.INTENT for each in known_.open)


@given(states())
def test_absent_is_never_concluded_early_nor_released_against_the_rules(state: State) -> None:
    match next_step(state):
        case Save(What.ABSENT | What.RELEASE as what, number):
            (each,) = [one for one in state.facts.open if one.attempt == number]
            assert each.stage is Stage.NOT_KNOWN
            assert each.looks >= 3
            assert each.waited >= window(state.rules, state.facts) >= state.rules.settle_seconds
            if what is What.RELEASE:
                assert each.by_rule
                assert state.rules.server_enforces_unique_keys


@given(states())
def test_done_means_that_nothing_is_open(state: State) -> None:
    match next_step(state):
        case Finish(RunStatus.DONE):
            assert not state.facts.open
            assert not state.facts.unsettled
            assert not state.facts.loose
            assert state.facts.ahead is None


@given(states())
def test_it_never_waits_for_nothing(state: State) -> None:
    match next_step(state):
        case Wait(seconds, _):
            assert seconds >= 0
            assert state.facts.open or state.post_after > state.now
        case Ask(Question.BATCH | Question.LOOK, number):
            assert not state.due[number].given_up
            assert state.due[number].at <= state.now
