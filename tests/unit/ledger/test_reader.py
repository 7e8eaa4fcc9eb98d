"""Looking while somebody else writes: true at one moment, and never in the way for long."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rowpost.ledger import Ledger, Reader, results
from rowpost.ledger.sealing import Sealer
from rowpost.ledger.store import Readable, connect
from rowpost.model.attempts import Conclusion, Outcome, RowVerdict, Stage
from rowpost.model.books import RowState
from rowpost.model.history import Wanted
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Remedy, Trouble
from tests.safety.world import KEY, JumpingClock, look_into, make_run, open_ledger, ready
from tests.support.program import environment
from tests.unit.ledger.test_guards import TARGET, received, sent
from tests.unit.ledger.test_history import settled

NUMBERS = "abcdef"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """The owner; it does not wait for anybody, so that a test shows at once who is in the way."""
    with open_ledger(path) as opened:
        opened._store.db.execute("PRAGMA busy_timeout = 0")
        yield opened


@pytest.fixture
def reader(ledger: Ledger, path: Path) -> Iterator[Reader]:
    with look_into(path) as opened:
        yield opened


class Disturbed(Readable):
    """Somebody else does something after every moment of reading."""

    deed: Callable[[], object] = staticmethod(lambda: None)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        inner = self.db.in_transaction
        with super().one_moment():
            yield
        if not inner:
            self.deed()


@pytest.fixture
def disturbed(ledger: Ledger, path: Path) -> Iterator[Disturbed]:
    db = connect(path, read_only=True)
    yield Disturbed(db, Sealer(KEY), JumpingClock())
    db.close()


def test_every_question_has_the_owners_answer(ledger: Ledger, reader: Reader) -> None:
    run = settled(ledger)
    make_run(ledger, TARGET, ready("xy"))
    questions: list[Callable[[Reader], object]] = [
        Reader.runs,
        Reader.latest_run,
        Reader.chain_head,
        Reader.has_amnesia,
        lambda one: one.summary(run),
        lambda one: [(row.rows, row.state, row.reason_raw, row.debtor) for row in one.result(run).rows],
        lambda one: list(one.rows(run)),
        lambda one: one.search(Wanted("a")),
        lambda one: (known := one.everything(), list(known.hits))[1],
        lambda one: one.personal(run),
        lambda one: one.followed(run),
        lambda one: one.batches_of_runs(TARGET),
        lambda one: list(one.all_claims(TARGET.environment, TARGET.organization_id)),
        lambda one: one.known_claims(TARGET.environment, TARGET.organization_id)("source-a"),
        lambda one: one.rejections(TARGET.environment, TARGET.organization_id),
    ]
    for question in questions:
        assert question(reader) == question(ledger)
    reader.verify()
    with pytest.raises(Trouble, match=r"ledger\.no_such_run"):
        reader.summary("nothing")


def test_whoever_writes_waits_for_one_moment_and_no_longer(ledger: Ledger, reader: Reader) -> None:
    run = make_run(ledger, TARGET, ready("ab"))
    with reader._store.one_moment():
        reader.summary(run)
        with pytest.raises(Trouble, match=r"ledger\.in_use"):
            ledger.begin(run, "tester")
    ledger.begin(run, "tester")


def test_the_owner_is_patient_with_those_who_look(path: Path) -> None:
    with open_ledger(path) as ledger, look_into(path) as reader:
        ((owner,),) = ledger._store.db.execute("PRAGMA busy_timeout").fetchall()
        ((other,),) = reader._store.db.execute("PRAGMA busy_timeout").fetchall()
    assert owner >= 20 * other > 0


def test_long_reading_holds_nobody_up(
    ledger: Ledger, reader: Reader, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "_AT_ONCE", 2)
    done, run = settled(ledger), make_run(ledger, TARGET, ready("vwxyz"))
    rows, everything = iter(reader.rows(run)), reader.everything().hits
    seen = [next(rows).invoice_number, next(everything).row.invoice_number]
    ledger.begin(run, "tester")
    seen += [row.invoice_number for row in rows]
    assert "".join(seen) == "vawxyz"
    assert [hit.row.invoice_number for hit in everything] == list("bvwxyz")
    assert not path.with_name(f"{path.name}-wal").exists()
    assert path.with_name(f"{path.name}-journal").stat().st_size == 0
    assert ledger.summary(done).books.balanced


def test_the_books_are_those_of_the_rows_that_were_read(
    ledger: Ledger, disturbed: Disturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verdicts come in between the pieces: what is shown still adds up, and is true of every row."""
    monkeypatch.setattr(results, "_AT_ONCE", 1)
    run, attempt = received(ledger, *NUMBERS)
    verdicts = iter(range(1, len(NUMBERS) + 1))

    def decide() -> None:
        if (row := next(verdicts, None)) is not None:
            ledger.judge(attempt, [RowVerdict(row, Stage.ACCEPTED, "x")])

    disturbed.deed = decide  # type: ignore[method-assign]
    found = results.result(disturbed, run)
    states = Counter(row.state for row in found.rows)
    assert states[RowState.ACCEPTED] > 0
    assert states == Counter(found.summary.books.by_state)
    assert found.summary.books.balanced
    assert results.result(disturbed, run).summary == ledger.summary(run)


def test_what_is_being_sent_is_exported_as_it_was_at_one_moment(
    ledger: Ledger, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "_AT_ONCE", 1)
    _, attempt = received(ledger, "a", "b")
    known = reader.everything()
    head = ledger.chain_head()
    ledger.judge(attempt, [RowVerdict(row, Stage.ACCEPTED, "x") for row in (1, 2)])
    assert known.chain_head == head != ledger.chain_head()
    assert {hit.row.state for hit in known.hits} == {RowState.NOT_KNOWN}


def test_an_export_that_is_written_into_claims_nothing(ledger: Ledger, reader: Reader) -> None:
    run, attempt = sent(ledger, "a", "b")
    ledger.conclude(attempt, Conclusion(Outcome.NOT_KNOWN, 500))
    ledger.finish(run, RunStatus.NOT_KNOWN)
    hits = reader.everything().hits
    next(hits)
    ledger.adopt(attempt, "b-9")
    with pytest.raises(Trouble, match=r"ledger\.changing") as caught:
        list(hits)
    assert caught.value.remedy is Remedy.TRY_LATER


def test_more_than_can_be_held_still_is_not_exported(
    ledger: Ledger, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rowpost.ledger.everything._MOST_HELD", 2)
    make_run(ledger, TARGET, ready("abc"))
    with pytest.raises(Trouble, match=r"ledger\.changing"):
        reader.everything()
    assert ledger.everything().rows == 3, "its owner can: nobody else writes"


_DIES = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("PRAGMA synchronous = EXTRA")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE run SET status = 'done'")
db.execute("UPDATE row SET code = code || hex(zeroblob(400))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_page_that_its_owner_died_over_is_left_for_the_next_owner(path: Path) -> None:
    with open_ledger(path) as ledger:
        run = make_run(ledger, TARGET, ready(f"n{number}" for number in range(200)))
        before = ledger.result(run)
    ended = subprocess.run([sys.executable, "-c", _DIES, str(path)], env=environment(), check=False)
    assert ended.returncode == -signal.SIGKILL
    spoilt = path.read_bytes()
    with pytest.raises(Trouble, match=r"ledger\.being_written") as caught:
        look_into(path)
    assert caught.value.remedy is Remedy.TRY_LATER
    assert path.read_bytes() == spoilt, "who looks puts nothing in order"
    with open_ledger(path) as ledger, look_into(path) as reader:
        assert reader.summary(run) == ledger.summary(run) == before.summary
        ledger.verify()


def test_a_ledger_that_is_not_there_is_not_made(path: Path) -> None:
    with pytest.raises(Trouble, match=r"ledger\.unwritable"):
        look_into(path)
    assert not list(path.parent.iterdir())


def test_what_keeps_the_owner_busy_for_long_is_said(ledger: Ledger, path: Path, reader: Reader) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    reader._store.db.execute("PRAGMA busy_timeout = 0")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Trouble, match=r"ledger\.being_written"):
        reader.runs()
    other.execute("ROLLBACK")
    other.close()
    assert reader.runs() == []
