"""What `sending.ports.Ledger` promises to the loop, for any ledger that is put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from rowpost.model.answers import Cause
from rowpost.model.attempts import (
    Attempt,
    Conclusion,
    Found,
    Look,
    NewPart,
    Outcome,
    RowVerdict,
    RunFacts,
    Stage,
)
from rowpost.model.books import RowState
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.trouble import Remedy
from rowpost.sending import ports
from tests.safety.world import make_run, open_ledger, ready, target_at

CAUSE = Cause("agency.unclear", Remedy.TRY_LATER, {"status": 500})


class Memory(ports.Ledger, Protocol):
    """A ledger with what the tests need to begin and to compare."""

    def result(self, run: str) -> RunResult: ...


Opener = Callable[[Path], Memory]
LEDGERS: list[Opener] = [open_ledger]


@pytest.fixture(params=LEDGERS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    opened = request.param(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def begun(ledger: Memory, *numbers: str) -> str:
    run = make_run(ledger, target_at("http://127.0.0.1:1"), ready(numbers))  # type: ignore[arg-type] # has create_run
    ledger.begin(run, "tester")
    return run


def facts(ledger: Memory, run: str) -> RunFacts:
    return ledger.facts(run, 200)


def intended(ledger: Memory, run: str) -> Attempt:
    if facts(ledger, run).loose:
        ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
    ahead = facts(ledger, run).ahead
    assert ahead is not None
    attempt, _ = ledger.intend(ahead.part)
    assert attempt is not None
    return attempt


def states(ledger: Memory, run: str) -> list[RowState]:
    return [row.state for row in ledger.result(run).rows]


def test_rows_are_loose_until_they_are_in_a_part(ledger: Memory) -> None:
    run = begun(ledger, "a", "b")
    assert [row.invoice_number for row in ledger.loose(run)] == ["a", "b"]
    assert facts(ledger, run).loose == 2
    ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)), canary=True)])
    ahead = facts(ledger, run).ahead
    assert ahead is not None
    assert (ahead.rows, ahead.canary, facts(ledger, run).loose) == (2, True, 0)


def test_the_intent_holds_exactly_what_goes_out(ledger: Memory) -> None:
    run = begun(ledger, "a", "b")
    attempt = intended(ledger, run)
    sent = b",".join(each.payload for each in ready(["a", "b"]))
    assert attempt.body == b'{"invoices":[' + sent + b"]}"
    (open_,) = facts(ledger, run).open
    assert (open_.attempt, open_.stage, open_.rows) == (attempt.attempt, Stage.INTENT, 2)
    assert facts(ledger, run).ahead is None


@pytest.mark.parametrize(
    ("outcome", "state", "stage"),
    [
        (Outcome.NEVER_SENT, RowState.WAITING, None),
        (Outcome.REFUSED, RowState.WAITING, None),
        (Outcome.RECEIVED, RowState.NOT_KNOWN, Stage.RECEIVED),
        (Outcome.NOT_KNOWN, RowState.NOT_KNOWN, Stage.NOT_KNOWN),
    ],
)
def test_what_an_answer_leaves_open(
    ledger: Memory, outcome: Outcome, state: RowState, stage: Stage | None
) -> None:
    run = begun(ledger, "a")
    attempt = intended(ledger, run)
    batch = "b-1" if outcome is Outcome.RECEIVED else ""
    (change,) = ledger.conclude(attempt.attempt, Conclusion(outcome, 0, CAUSE, batch))
    assert (change.positions, change.state) == ((0,), state)
    assert [each.stage for each in facts(ledger, run).open] == ([stage] if stage else [])
    assert (facts(ledger, run).ahead is not None) == (state is RowState.WAITING)


def test_the_same_cause_again_and_again_is_counted_until_somebody_says_go(ledger: Memory) -> None:
    run = begun(ledger, "a")
    for _ in range(3):
        ledger.conclude(intended(ledger, run).attempt, Conclusion(Outcome.REFUSED, 429, CAUSE))
    assert (facts(ledger, run).streak, facts(ledger, run).streak_code) == (3, CAUSE.code)
    ledger.begin(run, "tester")
    assert facts(ledger, run).streak == 0


def test_verdicts_close_the_attempt_and_reasons_are_counted_by_cause(ledger: Memory) -> None:
    run = begun(ledger, *"abcd")
    attempt = intended(ledger, run)
    ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    assert ledger.knows_batch("b-1")
    reasons = ("No case for 17.", "No case for 18.", "Bankrupt.")
    rejected = [
        RowVerdict(row.row, Stage.REJECTED, "row.rejected", raw)
        for row, raw in zip(attempt.rows, reasons, strict=False)
    ]
    ledger.judge(
        attempt.attempt, [*rejected, RowVerdict(attempt.rows[3].row, Stage.ACCEPTED, "row.accepted")]
    )
    known = facts(ledger, run)
    assert (known.open, known.decided, known.same_cause) == ((), 4, 2)
    assert states(ledger, run) == [RowState.REJECTED] * 3 + [RowState.ACCEPTED]


def test_a_row_that_the_batch_does_not_mention_stays_open(ledger: Memory) -> None:
    run = begun(ledger, "a", "b")
    attempt = intended(ledger, run)
    ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    first, second = attempt.rows
    ledger.judge(
        attempt.attempt,
        [RowVerdict(first.row, Stage.ACCEPTED, "x"), RowVerdict(second.row, Stage.NOT_KNOWN, "y")],
    )
    (open_,) = facts(ledger, run).open
    assert open_.stage is Stage.NOT_KNOWN
    again = ledger.attempt(attempt.attempt)
    assert [row.invoice_number for row in again.rows] == ["b"]
    assert [row.invoice_number for row in again.decided] == ["a"]
    assert again.rows[0].index == 1


def test_only_complete_looks_count_and_time_only_grows(ledger: Memory) -> None:
    run = begun(ledger, "a", "b")
    attempt = intended(ledger, run)
    ledger.conclude(attempt.attempt, Conclusion(Outcome.NOT_KNOWN, 500, CAUSE, by_rule=True))
    one, two = (row.row for row in attempt.rows)

    def look(found: list[Look], waited: float, complete: bool) -> None:
        ledger.note_looks(attempt.attempt, found, waited=waited, window=9.0, complete=complete)

    look([Look(one, Found.ABSENT)], 5.0, complete=False)
    look([Look(one, Found.ABSENT), Look(two, Found.EQUAL)], 3.0, complete=True)
    (open_,) = facts(ledger, run).open
    assert (open_.looks, open_.waited, open_.by_rule) == (1, 5.0, True)
    assert states(ledger, run) == [RowState.NOT_KNOWN, RowState.ACCEPTED]
    ledger.settle_absent(attempt.attempt)
    known = facts(ledger, run)
    assert (known.open, known.unsettled, known.loose) == ((), 1, 0)
    ledger.release_by_rule(attempt.attempt)
    known = facts(ledger, run)
    assert (known.unsettled, known.loose) == (0, 1)


def test_a_batch_that_was_found_late_is_asked_for(ledger: Memory) -> None:
    run = begun(ledger, "a")
    attempt = intended(ledger, run)
    ledger.conclude(attempt.attempt, Conclusion(Outcome.NOT_KNOWN, 500, CAUSE))
    ledger.adopt(attempt.attempt, "b-9")
    (open_,) = facts(ledger, run).open
    assert (open_.stage, open_.batch_id) == (Stage.RECEIVED, "b-9")


def test_what_was_heard_first_stays(ledger: Memory) -> None:
    run = begun(ledger, "a")
    attempt = intended(ledger, run)
    ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    row = attempt.rows[0].row
    ledger.hear(attempt.attempt, {row: True})
    ledger.hear(attempt.attempt, {row: False})
    assert ledger.attempt(attempt.attempt).heard == {row: True}


def test_first_looks(ledger: Memory) -> None:
    run = begun(ledger, "a", "b")
    ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
    ahead = facts(ledger, run).ahead
    assert ahead is not None
    one, two = (row.row for row in ledger.rows_to_look_up(ahead.part))
    ledger.note_first_looks(ahead.part, [Look(one, Found.EQUAL), Look(two, Found.ABSENT)])
    ahead = facts(ledger, run).ahead
    assert ahead is not None
    assert (ahead.looked, ahead.rows) == (True, 1)
    assert states(ledger, run) == [RowState.ACCEPTED, RowState.WAITING]


def test_what_holds_a_run_and_how_it_ended(ledger: Memory) -> None:
    run = begun(ledger, "a")
    ledger.hold(run, CAUSE)
    held = facts(ledger, run).held
    assert held is not None
    assert (held.code, held.remedy) == (CAUSE.code, CAUSE.remedy)
    ledger.finish(run, RunStatus.PAUSED)
    assert (ledger.summary(run).status, ledger.summary(run).cause) == (RunStatus.PAUSED, CAUSE.code)
    ledger.begin(run, "tester")
    assert facts(ledger, run).held is None
