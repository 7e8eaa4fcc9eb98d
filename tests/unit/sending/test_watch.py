"""When questions are asked again."""

from __future__ import annotations

import random

from rowpost.model.attempts import OpenAttempt, RunFacts, Stage
from rowpost.sending.watch import Watch
from tests.safety.world import sending_rules

RULES = sending_rules()


def facts(stage: Stage, **more: float) -> RunFacts:
    looks, waited = int(more.get("looks", 0)), more.get("waited", 0.0)
    return RunFacts("r", 1, None, (OpenAttempt(1, 1, 1, 1, stage, "b", looks, waited),))


def polled_at(watch: Watch, known: RunFacts, until: float) -> list[float]:
    """The times at which a batch is asked for."""
    times: list[float] = []
    now = 0.0
    while not watch.see(known, now)[1].given_up and now < until:
        now = watch.see(known, now)[1].at
        times.append(now)
        watch.asked(1, known, now)
    return times


def test_polls_grow_from_two_seconds_to_a_minute_then_to_five() -> None:
    times = polled_at(Watch(RULES, random.Random(1)), facts(Stage.RECEIVED), 90_000)
    gaps = [after - before for before, after in zip([0.0, *times], times, strict=False)]
    assert 1.6 <= gaps[0] <= 2.4
    assert max(gap for gap, at in zip(gaps, times, strict=True) if at < 3600) <= 72
    assert all(240 <= gap <= 360 for gap, at in zip(gaps, times, strict=True) if at > 4000)
    assert 86_400 <= times[-1] <= 86_800  # then it is given up


def test_looks_are_spread_over_the_settling_time_and_the_last_is_at_its_end() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.NOT_KNOWN)
    times = polled_at(watch, known, 3_600)
    assert times == [72.0, 900.0, 1_800.0, 3_600.0]
    assert watch.waited(1, 3_600.0) == 3_600.0


def test_time_waited_before_a_restart_counts_and_nothing_else_does() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.NOT_KNOWN, looks=2, waited=1_000.0)
    assert watch.see(known, 50.0)[1].at == 50.0 + 1_800.0 - 1_000.0
    assert watch.waited(1, 60.0) == 1_010.0


def test_a_look_without_an_answer_is_tried_again_soon() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.NOT_KNOWN)
    watch.see(known, 0.0)
    watch.failed(1, known, 72.0)
    assert 72.0 < watch.see(known, 72.0)[1].at < 80.0


def test_a_look_before_its_time_moves_none_of_the_schedule() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.NOT_KNOWN)
    watch.see(known, 0.0)
    watch.asked(1, known, 72.0)
    watch.hurry(100.0)
    watch.hurry(101.0)
    assert (watch.see(known, 101.0)[1].at, watch.is_extra(1)) == (100.0, True)
    watch.asked(1, known, 102.0)
    assert (watch.see(known, 102.0)[1].at, watch.is_extra(1)) == (900.0, False)
    watch.hurry(200.0)
    watch.failed(1, known, 201.0, least=30.0)
    assert watch.see(known, 201.0)[1].at == 900.0
    watch.hurry(210.0)
    assert watch.see(known, 210.0)[1].at == 231.0, "not before the agency allows it"
    watch.hurry(950.0)
    assert watch.see(known, 950.0)[1].at == 231.0, "it is due already"


def test_a_batch_can_be_asked_for_before_its_time() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.RECEIVED)
    watch.see(known, 0.0)
    watch.asked(1, known, 2.0, least=40.0)
    watch.hurry(10.0)
    assert watch.see(known, 10.0)[1].at == 42.0
    watch.asked(1, known, 42.0)
    watch.hurry(42.5)
    assert (watch.see(known, 42.5)[1].at, watch.is_extra(1)) == (42.5, False)


def test_a_batch_that_is_missing_is_asked_for_ten_minutes() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.RECEIVED)
    watch.see(known, 0.0)
    assert not watch.missing(1, 10.0)
    assert not watch.missing(1, 609.0)
    assert watch.missing(1, 610.0)


def test_a_batch_that_was_seen_in_between_is_not_missing() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.RECEIVED)
    watch.see(known, 0.0)
    assert not watch.missing(1, 10.0)
    watch.asked(1, known, 20.0)
    assert not watch.missing(1, 615.0)


def test_the_agency_s_own_wish_comes_first() -> None:
    watch, known = Watch(RULES, random.Random(1)), facts(Stage.RECEIVED)
    watch.see(known, 0.0)
    watch.asked(1, known, 10.0, least=500.0)
    assert watch.see(known, 10.0)[1].at == 510.0


def test_another_stage_is_another_schedule() -> None:
    watch = Watch(RULES, random.Random(1))
    watch.see(facts(Stage.RECEIVED), 0.0)
    assert watch.see(facts(Stage.NOT_KNOWN), 100.0)[1].at == 172.0
    assert watch.see(RunFacts("r", 1, None, ()), 100.0) == {}
