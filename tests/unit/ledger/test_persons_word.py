"""What a person decides after looking: closing, releasing, passing on; and what the database refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rowpost.ledger import Ledger
from rowpost.model.attempts import Conclusion, Found, Look, NewPart, Outcome, RowVerdict, RunMeta, Stage
from rowpost.model.books import RowState
from rowpost.model.results import RowResult, RunStatus
from rowpost.model.trouble import Trouble
from tests.safety.world import make_run, open_ledger, ready, target_at

TARGET = target_at("http://127.0.0.1:1")
THEIRS = "debtor is not known"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path) as opened:
        yield opened


def tool(path: Path) -> closing[sqlite3.Connection]:
    """Another connection: what somebody with a database tool could do."""
    return closing(sqlite3.connect(path, isolation_level=None))


def sent(ledger: Ledger, run: str) -> int:
    """Write the intent of everything that the run has to send."""
    ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
    ahead = ledger.facts(run, 200).ahead
    assert ahead is not None
    attempt, _ = ledger.intend(ahead.part)
    assert attempt is not None
    return attempt.attempt


def absent(ledger: Ledger, run: str, rows: Sequence[int] = (1,)) -> int:
    """Send; the answer is lost; looked for until the time was over."""
    attempt = sent(ledger, run)
    ledger.conclude(attempt, Conclusion(Outcome.NOT_KNOWN, 500))
    look_in_vain(ledger, attempt, rows)
    ledger.settle_absent(attempt)
    return attempt


def look_in_vain(ledger: Ledger, attempt: int, rows: Sequence[int], waited: float = 9.0) -> None:
    looks = [Look(row, Found.ABSENT) for row in rows]
    ledger.note_looks(attempt, looks, waited=waited, window=9.0, complete=True)


def contradicted(ledger: Ledger) -> str:
    run = make_run(ledger, TARGET, ready(["a"]))
    attempt = sent(ledger, run)
    ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    ledger.judge(attempt, [RowVerdict(1, Stage.CONFLICT, "row.contradiction")])
    ledger.finish(run, RunStatus.NOT_KNOWN)
    return run


def follower(ledger: Ledger, run: str, numbers: Sequence[str] = ("a",)) -> str:
    """A run that sends the rows of another again."""
    invoices = ready(numbers)
    worth = sum((each.amount for each in invoices), Decimal(0))
    meta = RunMeta(
        TARGET, "b.xlsx", "/b.xlsx", "0" * 64, "S", 1, len(invoices), {"NOK": worth}, "tester", run
    )
    return ledger.create_run(meta, invoices, ())


def only_row(ledger: Ledger, run: str) -> RowResult:
    (row,) = ledger.result(run).rows
    return row


# -- Closing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "state", "code"),
    [
        (True, RowState.ACCEPTED, "row.closed_there"),
        (False, RowState.LEFT_OUT, "row.closed_not_there"),
    ],
)
def test_a_contradiction_is_closed_by_a_person(
    ledger: Ledger, there: bool, state: RowState, code: str
) -> None:
    run = contradicted(ledger)
    ledger.close_row(run, 2, there=there, reason="asked on the telephone", who="Kari")
    row, summary = only_row(ledger, run), ledger.summary(run)
    assert (row.state, row.code) == (state, code)
    assert (summary.status, summary.books.balanced) == (RunStatus.DONE, True)
    ledger.verify()


def test_who_closed_a_row_and_why_is_told(ledger: Ledger) -> None:
    run = contradicted(ledger)
    assert only_row(ledger, run).person is None
    ledger.close_row(run, 2, there=False, reason="asked on the telephone", who="Kari")
    person = only_row(ledger, run).person
    assert person is not None
    assert (person.who, person.reason) == ("Kari", "asked on the telephone")


def test_what_needs_no_person_cannot_be_closed(ledger: Ledger) -> None:
    run = make_run(ledger, TARGET, ready(["a"]))
    for row, reason, code in ((2, "why", "close.not_for_a_person"), (2, " ", "close.no_reason")):
        with pytest.raises(Trouble) as caught:
            ledger.close_row(run, row, there=True, reason=reason, who="Kari")
        assert caught.value.code == code


def test_a_closed_row_is_never_sent_by_itself(ledger: Ledger) -> None:
    run = contradicted(ledger)
    ledger.close_row(run, 2, there=False, reason="why", who="Kari")
    assert list(ledger.loose(run)) == []
    assert ledger.known_claims(TARGET.environment, TARGET.organization_id)("source-a") is not None
    other = make_run(ledger, TARGET, ready(["a"]))
    ledger.cut(other, [NewPart(tuple(row.row for row in ledger.loose(other)))])
    part = ledger.facts(other, 200).ahead
    assert part is not None
    assert ledger.intend(part.part)[0] is None
    with pytest.raises(Trouble, match=r"release\.nothing"):
        ledger.release(run, None, "all of them", "Kari")


def test_a_closed_row_goes_again_by_a_release_that_names_it(ledger: Ledger) -> None:
    run = contradicted(ledger)
    ledger.close_row(run, 2, there=False, reason="why", who="Kari")
    assert ledger.release(run, [2], "they want it again", "Kari") == 1
    assert only_row(ledger, run).state is RowState.WAITING
    attempt = sent(ledger, run)
    assert ledger.attempt(attempt).rows[0].earlier_open
    ledger.verify()


def test_what_was_forgotten_is_not_released(ledger: Ledger, path: Path) -> None:
    run = contradicted(ledger)
    ledger.close_row(run, 2, there=False, reason="why", who="Kari")
    ledger.erase(run, "Kari")
    with pytest.raises(Trouble, match=r"release\.forgotten"):
        ledger.release(run, [2], "they want it again", "Kari")
    with tool(path) as db:
        db.execute("INSERT INTO release (row, attempt, at, who, reason) VALUES (1, 1, '', '', 'why')")
        with pytest.raises(sqlite3.IntegrityError, match="forgotten"):
            db.execute("UPDATE row SET stage = 'claimed'")


@pytest.mark.parametrize("first", ["released", "closed and released"])
def test_what_turns_out_different_after_a_release_is_decided_once_more(ledger: Ledger, first: str) -> None:
    run = make_run(ledger, TARGET, ready(["a"]))
    absent(ledger, run)
    if first != "released":
        ledger.close_row(run, 2, there=False, reason="not there", who="Kari")
    ledger.release(run, [2], "looked myself", "Kari")
    part = ledger.set_apart(run, [1])
    ledger.rows_to_look_up(part)
    ledger.note_first_looks(part, [Look(1, Found.DIFFERENT)])
    assert only_row(ledger, run).code == "row.different"
    ledger.close_row(run, 2, there=False, reason="somebody else's", who="Ola")
    assert only_row(ledger, run).code == "row.closed_not_there"
    assert ledger.release(run, [2], "send it all the same", "Ola") == 1
    assert ledger.attempt(sent(ledger, run)).rows[0].earlier_open
    ledger.verify()


# -- A refusal after a release --------------------------------------------------------------


def refused_after_release(ledger: Ledger) -> tuple[str, int]:
    run = make_run(ledger, TARGET, ready(["a"]))
    absent(ledger, run)
    ledger.release(run, None, "looked myself", "Kari")
    attempt = sent(ledger, run)
    refusal = RowVerdict(1, Stage.NOT_KNOWN, "row.refused_but_open", THEIRS)
    ledger.conclude(attempt, Conclusion(Outcome.REFUSED, 422, verdicts=(refusal,)))
    return run, attempt


def test_a_refusal_after_a_release_is_final_once_the_row_was_looked_for_again(ledger: Ledger) -> None:
    run, attempt = refused_after_release(ledger)
    assert only_row(ledger, run).state is RowState.NOT_KNOWN
    look_in_vain(ledger, attempt, [1])
    (change,) = ledger.settle_absent(attempt)
    row = only_row(ledger, run)
    assert change.state is row.state is RowState.REJECTED
    assert (row.code, row.reason_raw) == ("row.refused_and_absent", THEIRS)
    assert ledger.rejections(TARGET.environment, TARGET.organization_id)[0].text == THEIRS
    assert ledger.known_claims(TARGET.environment, TARGET.organization_id)("source-a") is None
    ledger.verify()


def test_a_refusal_because_it_had_arrived_after_all_is_accepted(ledger: Ledger) -> None:
    run, attempt = refused_after_release(ledger)
    ledger.note_looks(attempt, [Look(1, Found.EQUAL, "inv-1")], waited=1.0, window=9.0, complete=True)
    assert (only_row(ledger, run).state, only_row(ledger, run).code) == (RowState.ACCEPTED, "row.was_there")


def test_a_refusal_is_not_settled_before_its_time(ledger: Ledger, path: Path) -> None:
    _, attempt = refused_after_release(ledger)
    with tool(path) as db:
        for waited in (None, 1.0):
            if waited:
                look_in_vain(ledger, attempt, [1], waited)
            with pytest.raises(sqlite3.IntegrityError, match="earlier attempt"):
                db.execute("UPDATE row SET stage = 'rejected'")


def test_what_was_never_refused_is_never_rejected_for_being_absent(ledger: Ledger, path: Path) -> None:
    run = make_run(ledger, TARGET, ready(["a"]))
    attempt = sent(ledger, run)
    ledger.conclude(attempt, Conclusion(Outcome.NOT_KNOWN, 500))
    look_in_vain(ledger, attempt, [1])
    with tool(path) as db, pytest.raises(sqlite3.IntegrityError, match="earlier attempt"):
        db.execute("UPDATE row SET stage = 'rejected'")
    ledger.settle_absent(attempt)
    assert only_row(ledger, run).code == "row.absent"


# -- Passing on -----------------------------------------------------------------------------


def test_a_released_row_is_sent_by_the_run_that_follows_and_not_by_its_own(ledger: Ledger) -> None:
    first = make_run(ledger, TARGET, ready(["a"]))
    absent(ledger, first)
    ledger.release(first, None, "looked myself", "Kari")
    second = follower(ledger, first)
    attempt = sent(ledger, second)
    assert ledger.attempt(attempt).rows[0].earlier_open
    old = only_row(ledger, first)
    assert (old.state, old.code) == (RowState.LEFT_OUT, "row.passed_on")
    assert list(ledger.loose(first)) == []
    assert ledger.summary(first).status is RunStatus.DONE
    assert ledger.summary(first).books.balanced
    with pytest.raises(Trouble, match=r"release\.known"):
        ledger.release(first, [2], "once more", "Kari")
    ledger.verify()


def test_a_passed_on_row_that_is_refused_waits_for_a_look(ledger: Ledger, path: Path) -> None:
    first = make_run(ledger, TARGET, ready(["a"]))
    absent(ledger, first)
    ledger.release(first, None, "looked myself", "Kari")
    attempt = sent(ledger, follower(ledger, first))
    ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    with tool(path) as db, pytest.raises(sqlite3.IntegrityError, match="earlier attempt"):
        db.execute("UPDATE row SET stage = 'rejected' WHERE id = 2")


@pytest.mark.parametrize("how", ["waiting", "not known", "accepted", "other run"])
def test_nothing_else_is_passed_on(ledger: Ledger, how: str) -> None:
    first = make_run(ledger, TARGET, ready(["a"]))
    if how == "waiting":
        ledger.cut(first, [NewPart((1,))])
        ledger.rows_to_look_up(1)
    elif how == "not known":
        absent(ledger, first)
    elif how == "accepted":
        attempt = sent(ledger, first)
        ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
        ledger.judge(attempt, [RowVerdict(1, Stage.ACCEPTED, "row.accepted")])
    else:
        absent(ledger, first)
        ledger.release(first, None, "looked myself", "Kari")
    before = only_row(ledger, first)
    second = follower(ledger, "" if how == "other run" else first)
    ledger.cut(second, [NewPart(tuple(row.row for row in ledger.loose(second)))])
    ahead = ledger.facts(second, 200).ahead
    assert ahead is not None
    assert ledger.intend(ahead.part)[0] is None
    assert only_row(ledger, second).code == "row.already_sent"
    assert only_row(ledger, first) == before


def test_a_rejected_row_is_sent_again_by_whichever_run_comes_first(ledger: Ledger) -> None:
    first = make_run(ledger, TARGET, ready(["a"]))
    attempt = sent(ledger, first)
    ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    ledger.judge(attempt, [RowVerdict(1, Stage.REJECTED, "row.rejected", THEIRS)])
    second, third = follower(ledger, first), follower(ledger, first)
    assert not ledger.attempt(sent(ledger, second)).rows[0].earlier_open
    ledger.cut(third, [NewPart(tuple(row.row for row in ledger.loose(third)))])
    ahead = ledger.facts(third, 200).ahead
    assert ahead is not None
    assert ledger.intend(ahead.part)[0] is None
    assert only_row(ledger, first).state is RowState.REJECTED


WRITTEN = [
    "UPDATE passed_on SET heir = 1",
    "DELETE FROM passed_on",
    "UPDATE closing SET there = 1",
    "DELETE FROM closing",
    "INSERT INTO passed_on VALUES (3, 2, '')",
    "UPDATE run SET follows = ''",
    "UPDATE claim SET row = 1",
    "UPDATE row SET stage = 'claimed' WHERE code = 'row.passed_on'",
    "UPDATE row SET stage = 'claimed' WHERE code = 'row.closed_not_there'",
]


@pytest.mark.parametrize("statement", WRITTEN)
def test_what_a_person_said_stays_written(ledger: Ledger, path: Path, statement: str) -> None:
    first = make_run(ledger, TARGET, ready(["a"]))
    absent(ledger, first)
    ledger.release(first, None, "looked myself", "Kari")
    sent(ledger, follower(ledger, first))
    third = make_run(ledger, TARGET, ready(["c"]))
    absent(ledger, third, [3])
    ledger.close_row(third, 2, there=False, reason="why", who="Kari")
    with tool(path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_how_a_workbook_was_read_is_kept_until_it_is_forgotten(ledger: Ledger, path: Path) -> None:
    invoices = ready(["a"])
    meta = RunMeta(TARGET, "b.xlsx", "/b.xlsx", "0" * 64, "S", 1, 1, {"NOK": invoices[0].amount}, "tester")
    run = ledger.create_run(replace(meta, setup=b'{"edits": "Kari Nordvik"}'), invoices, ())
    assert ledger.setup(run) == b'{"edits": "Kari Nordvik"}'
    assert b"Kari Nordvik" not in path.read_bytes()
    attempt = sent(ledger, run)
    ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    ledger.judge(attempt, [RowVerdict(1, Stage.ACCEPTED, "row.accepted")])
    ledger.erase(run, "Kari")
    assert ledger.setup(run) == b""
