"""The database itself refuses what must never happen, whatever the code above may try."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rowpost.ledger import Ledger
from rowpost.model.attempts import Conclusion, Found, Look, NewPart, Outcome, RowVerdict, Stage
from tests.safety.world import make_run, open_ledger, ready, target_at

TARGET = target_at("http://127.0.0.1:1")

# sending.md, section 3, and the steps that recovery needs
ALLOWED = {
    "ready": {"claimed", "not_fit"},
    "claimed": {"intent", "accepted", "conflict"},
    "intent": {"claimed", "received", "rejected", "not_known"},
    "received": {"accepted", "rejected", "not_known", "conflict"},
    "not_known": {"received", "settling", "accepted", "conflict", "absent"},
    "settling": {"received", "accepted", "conflict", "absent", "claimed"},
    "absent": {"received", "accepted", "conflict", "claimed"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path) as opened:
        yield opened


@pytest.fixture
def db(ledger: Ledger, path: Path) -> Iterator[sqlite3.Connection]:
    """Another connection: what somebody with a database tool could do."""
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


def sent(ledger: Ledger, *numbers: str) -> tuple[str, int]:
    """A run of one part whose intent is written down."""
    run = make_run(ledger, TARGET, ready(numbers))
    ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
    ahead = ledger.facts(run, 200).ahead
    assert ahead is not None
    attempt, _ = ledger.intend(ahead.part)
    assert attempt is not None
    return run, attempt.attempt


def received(ledger: Ledger, *numbers: str) -> tuple[str, int]:
    run, attempt = sent(ledger, *numbers)
    ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    return run, attempt


def in_stage(ledger: Ledger, stage: Stage) -> None:
    """Bring one row, the only one there is, into a stage, by the ledger's own means."""
    if stage in (Stage.READY, Stage.CLAIMED):
        run = make_run(ledger, TARGET, ready(["a"]))
        ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
        if stage is Stage.CLAIMED:
            ledger.rows_to_look_up(1)
        return
    _, attempt = sent(ledger, "a")
    if stage is Stage.INTENT:
        return
    if stage in (Stage.RECEIVED, Stage.ACCEPTED, Stage.REJECTED, Stage.CONFLICT):
        ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
        if stage is not Stage.RECEIVED:
            ledger.judge(attempt, [RowVerdict(1, stage, "row.x")])
        return
    ledger.conclude(attempt, Conclusion(Outcome.NOT_KNOWN, 500))
    if stage in (Stage.SETTLING, Stage.ABSENT):
        absent = [Look(1, Found.ABSENT)]
        ledger.note_looks(attempt, absent, waited=1.0, window=9.0, complete=True)
    if stage is Stage.ABSENT:
        ledger.settle_absent(attempt)


REACHABLE = [stage for stage in Stage if stage not in (Stage.LEFT_OUT, Stage.NOT_FIT)]


@pytest.mark.parametrize("stage", REACHABLE)
def test_no_stage_can_be_left_by_hand_but_as_drawn(
    ledger: Ledger, db: sqlite3.Connection, stage: Stage
) -> None:
    in_stage(ledger, stage)
    assert db.execute("SELECT stage FROM row").fetchone() == (stage,)
    for other in Stage:
        if other is not stage and other not in ALLOWED.get(stage, set()):
            with pytest.raises(sqlite3.IntegrityError, match="row: "):
                db.execute("UPDATE row SET stage = ?", (other,))


EVIDENCE = [
    ("ready", "claimed", "another one holds the claim"),
    ("claimed", "intent", "without a claim and a written intent"),
    ("claimed", "accepted", "accepted needs"),
    ("intent", "claimed", "certainly not taken"),
    ("intent", "rejected", "certainly not taken"),
    ("intent", "received", "received needs a batch"),
    ("not_known", "accepted", "accepted needs"),
    ("not_known", "received", "received needs a batch"),
    ("not_known", "absent", "absent needs a look"),
    ("settling", "claimed", "without a release"),
    ("absent", "claimed", "without a release"),
]


@pytest.mark.parametrize(("stage", "other", "why"), EVIDENCE)
def test_a_drawn_step_needs_its_evidence(
    ledger: Ledger, db: sqlite3.Connection, stage: str, other: str, why: str
) -> None:
    in_stage(ledger, Stage(stage))
    with pytest.raises(sqlite3.IntegrityError, match=why):
        db.execute("UPDATE row SET stage = ?", (other,))


def test_a_release_before_the_settling_time_is_refused_even_if_written(
    ledger: Ledger, db: sqlite3.Connection
) -> None:
    in_stage(ledger, Stage.SETTLING)
    db.execute("INSERT INTO release (row, attempt, at, who, reason) VALUES (1, 1, '', '', 'why')")
    with pytest.raises(sqlite3.IntegrityError, match="without a release"):
        db.execute("UPDATE row SET stage = 'claimed'")


def test_a_rejection_waits_for_earlier_attempts(ledger: Ledger, db: sqlite3.Connection) -> None:
    run, attempt = sent(ledger, "a")
    ledger.conclude(attempt, Conclusion(Outcome.NOT_KNOWN, 500))
    ledger.note_looks(attempt, [Look(1, Found.ABSENT)], waited=1.0, window=1.0, complete=True)
    ledger.settle_absent(attempt)
    ledger.release(run, None, "looked myself", "tester")
    ledger.cut(run, [NewPart((1,))])
    again, _ = ledger.intend(2)
    assert again is not None
    assert again.rows[0].earlier_open
    ledger.conclude(again.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-2"))
    with pytest.raises(sqlite3.IntegrityError, match="earlier attempt"):
        db.execute("UPDATE row SET stage = 'rejected'")


FIXED = [
    "DELETE FROM row",
    "DELETE FROM claim",
    "DELETE FROM attempt",
    "DELETE FROM attempt_row",
    "DELETE FROM event",
    "DELETE FROM run",
    "UPDATE claim SET source_id = 'another'",
    "UPDATE claim SET row = 2",
    "INSERT INTO claim SELECT environment, organization_id, source_id, 2, '' FROM claim",
    "UPDATE payload SET sealed = x'00'",
    "DELETE FROM payload",
    "UPDATE row SET amount = '1'",
    "UPDATE row SET source_id = 'another'",
    "UPDATE attempt SET digest = x'00'",
    "UPDATE attempt SET intent_at = ''",
    "UPDATE attempt SET batch_id = 'another'",
    "UPDATE attempt SET outcome = 'never_sent'",
    "UPDATE attempt SET phase = 'intent'",
    "UPDATE event SET who = 'nobody'",
    "UPDATE run SET organization_id = 'another'",
    "UPDATE run SET amounts = '{}'",
    "UPDATE run SET look_first = 1 - look_first",
    """INSERT INTO row (run, position, sheet_rows, row_count, invoice_number, source_id, currency, amount,
    stage) VALUES (1, 9, '9', 1, 'z', 'z', 'NOK', '1', 'accepted')""",
]


@pytest.mark.parametrize("statement", FIXED)
def test_what_is_written_stays_written(ledger: Ledger, db: sqlite3.Connection, statement: str) -> None:
    received(ledger, "a", "b")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_looks_and_releases_stay(ledger: Ledger, db: sqlite3.Connection) -> None:
    in_stage(ledger, Stage.ABSENT)
    ledger.release(ledger.runs()[0].run, None, "looked myself", "tester")
    for verb, table in itertools.product(("DELETE FROM {}", "UPDATE {} SET at = ''"), ("look", "release")):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(verb.format(table))


def test_a_final_verdict_of_an_attempt_stays(ledger: Ledger, db: sqlite3.Connection) -> None:
    _, attempt = received(ledger, "a")
    ledger.judge(attempt, [RowVerdict(1, Stage.ACCEPTED, "row.accepted")])
    with pytest.raises(sqlite3.IntegrityError, match="final"):
        db.execute("UPDATE attempt_row SET verdict = 'rejected'")
