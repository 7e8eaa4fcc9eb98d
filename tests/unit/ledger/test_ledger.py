"""The ledger: what is written down comes back, and only what is known is said."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.ledger import FileWitness, Ledger
from rowpost.ledger.places import on_network_share
from rowpost.ledger.sealing import Sealer
from rowpost.ledger.store import Store, connect, no_boundary
from rowpost.model.attempts import Conclusion, Found, Look, NewPart, Outcome, RowVerdict, RunMeta, Stage
from rowpost.model.books import RowState
from rowpost.model.invoices import StayingRow
from rowpost.model.results import RowResult, RunStatus, RunSummary
from rowpost.model.targets import Environment
from rowpost.model.trouble import Trouble
from tests.safety.world import KEY, JumpingClock, MemoryWitness, look_into, make_run, open_ledger, ready
from tests.unit.ledger.test_guards import TARGET, received, sent


def claimed(ledger: Ledger) -> set[str]:
    """The source ids that count as sent."""
    lines = ledger.all_claims(Environment.PRACTICE, TARGET.organization_id)
    return {line[0] for some in lines for line in some}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path) as opened:
        yield opened


def test_the_settings_that_keep_a_commit_are_read_back(path: Path) -> None:
    db = connect(path)
    seen = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "fullfsync", "foreign_keys", "secure_delete")
    }
    db.close()
    assert seen == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "fullfsync": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_run_comes_back_as_it_was_written(ledger: Ledger) -> None:
    invoices = ready(["b", "c"])
    staying = [
        StayingRow((1,), RowState.LEFT_OUT, "row.total"),
        StayingRow((4, 5), RowState.NOT_FIT, "due.before", "d", "source-d", "NOK", Decimal("7.50")),
    ]
    amounts = {"NOK": Decimal("2508.50")}
    meta = RunMeta(TARGET, "f.xlsx", "/x/f.xlsx", "ab", "Ark1", 3, 5, amounts, "Kari", follows="bado-47")
    run = ledger.create_run(meta, invoices, staying)
    found = ledger.result(run)
    assert found.summary.books.balanced
    assert found.summary == ledger.runs()[0] == ledger.summary(run)
    summary = found.summary
    assert (summary.file_name, summary.sheet, summary.header_row, summary.by_whom) == (
        "f.xlsx",
        "Ark1",
        3,
        "Kari",
    )
    assert (summary.target, summary.follows, summary.status) == (TARGET, "bado-47", RunStatus.PAUSED)
    assert [(row.rows, row.state, row.code) for row in found.rows] == [
        ((1,), RowState.LEFT_OUT, "row.total"),
        ((2,), RowState.WAITING, "row.waiting"),
        ((3,), RowState.WAITING, "row.waiting"),
        ((4, 5), RowState.NOT_FIT, "due.before"),
    ]
    assert found.rows[3].amount == Decimal("7.50")


def test_books_that_are_kept_are_dropped_when_a_row_changes(ledger: Ledger) -> None:
    run, attempt = received(ledger, "a", "b")
    counted = ledger.summary(run).books
    ledger.finish(run, RunStatus.NOT_KNOWN)
    assert ledger.summary(run).books == counted
    ledger.judge(attempt, [RowVerdict(1, Stage.ACCEPTED, "x")])
    assert ledger.summary(run).books.by_state == {RowState.ACCEPTED: 1, RowState.NOT_KNOWN: 1}
    ledger.judge(attempt, [RowVerdict(2, Stage.REJECTED, "x")])
    ledger.finish(run, RunStatus.DONE)
    found = ledger.summary(run).books
    assert found.balanced
    assert found.amount_by_state == {
        "NOK": {RowState.ACCEPTED: Decimal("1250.5"), RowState.REJECTED: Decimal("1250.5")}
    }


def test_a_run_is_named_so_that_it_can_be_said(ledger: Ledger) -> None:
    names = {make_run(ledger, TARGET, []) for _ in range(50)}
    assert len(names) == 50
    assert all(len(name) == 7 and name[:4].isalpha() and name[5:].isdigit() for name in names)
    assert ledger.summary(f" {min(names).upper()} ").run == min(names)


def test_an_unknown_run_is_trouble(ledger: Ledger) -> None:
    for ask in (ledger.result, ledger.summary, lambda run: ledger.begin(run, "x")):
        with pytest.raises(Trouble, match=r"ledger\.no_such_run"):
            ask("nono-00")


def told(ledger: Ledger, run: str) -> tuple[RunSummary, list[RowResult]]:
    result = ledger.result(run)
    return result.summary, list(result.rows)


def test_an_answer_told_twice_changes_nothing(ledger: Ledger) -> None:
    run, attempt = sent(ledger, "a", "b")
    assert ledger.conclude(attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b-1"))
    before = told(ledger, run)
    assert ledger.conclude(attempt, Conclusion(Outcome.REFUSED, 422)) == ()
    assert told(ledger, run) == before


def test_what_is_refused_back_waits_in_its_part_or_in_smaller_ones(ledger: Ledger) -> None:
    run, attempt = sent(ledger, *"abcde")
    ledger.conclude(attempt, Conclusion(Outcome.REFUSED, 422, split=3))
    ahead = ledger.facts(run, 200).ahead
    assert ahead is not None
    assert (ahead.rows, ahead.posts) == (3, 1)
    again, _ = ledger.intend(ahead.part)
    assert again is not None
    ledger.conclude(again.attempt, Conclusion(Outcome.NEVER_SENT, 0))
    ahead = ledger.facts(run, 200).ahead
    assert ahead is not None
    assert (ahead.rows, ahead.posts) == (3, 1)


def test_lost_intents_are_not_known_all_at_once(ledger: Ledger) -> None:
    run, _ = sent(ledger, "a", "b")
    changes = ledger.lose_intents(run)
    assert [(change.state, change.code, len(change.positions)) for change in changes] == [
        (RowState.NOT_KNOWN, "row.not_known", 2)
    ]
    (open_,) = ledger.facts(run, 200).open
    assert (open_.stage, open_.by_rule) == (Stage.NOT_KNOWN, True)


def test_a_release_names_its_rows_and_its_reason(ledger: Ledger) -> None:
    run, attempt = sent(ledger, "a", "b", "c")
    ledger.conclude(attempt, Conclusion(Outcome.NOT_KNOWN, 500))
    with pytest.raises(Trouble, match=r"release\.still_settling"):
        ledger.release(run, None, "I looked", "x")
    looks = [Look(1, Found.ABSENT), Look(2, Found.ABSENT), Look(3, Found.EQUAL)]
    ledger.note_looks(attempt, looks, waited=9.0, window=9.0, complete=True)
    ledger.settle_absent(attempt)
    with pytest.raises(Trouble, match=r"release\.no_reason"):
        ledger.release(run, [2], "  ", "x")
    with pytest.raises(Trouble, match=r"release\.known"):
        ledger.release(run, [4], "I looked", "x")
    assert ledger.release(run, [2], "I looked", "x") == 1
    states = [row.state for row in ledger.result(run).rows]
    assert states == [RowState.WAITING, RowState.NOT_KNOWN, RowState.ACCEPTED]
    assert ledger.release(run, None, "I looked", "x") == 1
    with pytest.raises(Trouble, match=r"release\.nothing"):
        ledger.release(run, None, "I looked", "x")


def test_what_has_a_batch_cannot_be_released(ledger: Ledger) -> None:
    run, _ = received(ledger, "a")
    with pytest.raises(Trouble, match=r"release\.at_the_agency"):
        ledger.release(run, [2], "I looked", "x")


def test_a_claim_is_known_until_it_is_rejected_and_for_ever_after_erasure(ledger: Ledger) -> None:
    run, attempt = received(ledger, "a", "b")
    known = ledger.known_claims(Environment.PRACTICE, TARGET.organization_id)
    assert known("source-c") is None
    ledger.judge(attempt, [RowVerdict(1, Stage.ACCEPTED, "x"), RowVerdict(2, Stage.REJECTED, "y", "no")])
    ledger.erase(run, "tester")
    claim = known("source-a")
    assert claim is not None
    assert (claim.run, claim.state, claim.invoice_number) == (run, RowState.ACCEPTED, "a")
    assert known("source-b") is None
    assert ledger.known_claims(Environment.PRODUCTION, TARGET.organization_id)("source-a") is None
    assert claimed(ledger) == {"source-a"}


def test_of_two_runs_only_one_gets_the_claim(ledger: Ledger) -> None:
    runs = [make_run(ledger, TARGET, ready(["a"])) for _ in range(2)]
    for run in runs:
        ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
    parts = [facts.ahead.part for run in runs if (facts := ledger.facts(run, 200)).ahead]
    won = [ledger.intend(part)[0] is not None for part in parts]
    assert won == [True, False]
    (row,) = ledger.result(runs[1]).rows
    assert (row.state, row.code) == (RowState.NOT_FIT, "row.already_sent")
    assert ledger.facts(runs[1], 200).ahead is None


def test_no_personal_data_lies_open_in_the_file(ledger: Ledger, path: Path) -> None:
    run, attempt = received(ledger, "a")
    ledger.judge(attempt, [RowVerdict(1, Stage.REJECTED, "x", "Kari Fjell 10915596784 is bankrupt")])
    assert ledger.result(run).rows[0].reason_raw == "Kari Fjell 10915596784 is bankrupt"
    raw = path.read_bytes()
    for secret in (b"10915596784", b"Fjell", b"Storgata", b"bankrupt"):
        assert secret not in raw
    ledger.erase(run, "tester")
    assert ledger.result(run).rows[0].reason_raw == ""
    assert ledger.result(run).summary.books.balanced


def test_only_settled_runs_are_forgotten_when_their_days_are_over(path: Path) -> None:
    clock = JumpingClock()
    with open_ledger(path, clock) as ledger:
        open_run, _ = received(ledger, "a")
        settled, attempt = received(ledger, "b")
        ledger.judge(attempt, [RowVerdict(2, Stage.ACCEPTED, "x")])
        assert ledger.erase_old(30) == 0
        clock.slept += timedelta(days=31).total_seconds()
        assert ledger.erase_old(0) == 0
        assert ledger.erase_old(30) == 1
        with pytest.raises(Trouble, match=r"ledger\.run_is_open"):
            ledger.erase(open_run, "x")
        assert ledger.result(settled).rows[0].state is RowState.ACCEPTED
        ledger.verify()


def test_the_chain_shows_a_changed_event(ledger: Ledger, path: Path) -> None:
    received(ledger, "a")
    ledger.verify()
    assert len(ledger.chain_head()) == 64
    db = sqlite3.connect(path)
    db.executescript("DROP TRIGGER event_fixed; UPDATE event SET who = 'nobody' WHERE id = 2")
    db.close()
    with pytest.raises(Trouble, match=r"ledger\.chain_broken") as caught:
        ledger.verify()
    assert caught.value.values == {"event": 2}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"not a database" * 100), r"ledger\.damaged"),
        (lambda path: sqlite3.connect(path).execute("PRAGMA user_version = 999"), r"ledger\.newer"),
        (lambda path: sqlite3.connect(path).execute("PRAGMA application_id = 7"), r"ledger\.not_ours"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_not_touched(path: Path, spoil: object, code: str) -> None:
    open_ledger(path).close()
    assert callable(spoil)
    left = spoil(path)
    if isinstance(left, sqlite3.Cursor):
        left.connection.commit()
        left.connection.close()
    before = path.read_bytes()
    with pytest.raises(Trouble, match=code):
        open_ledger(path)
    assert path.read_bytes() == before


def test_another_key_is_noticed(path: Path) -> None:
    open_ledger(path).close()
    with pytest.raises(Trouble, match=r"ledger\.other_key"):
        Ledger.open(path, bytes(32), clock=JumpingClock(), witness=MemoryWitness())


def test_a_second_program_can_only_read(path: Path, ledger: Ledger) -> None:
    run = make_run(ledger, TARGET, ready(["a"]))
    with look_into(path) as reader:
        assert told(reader, run) == told(ledger, run)
        assert not isinstance(reader, Ledger)
        assert not isinstance(reader._store, Store), "nothing that writes takes it"
        smuggled = Store(reader._store.db, reader._store.sealer, JumpingClock(), no_boundary)
        with pytest.raises(Trouble, match=r"ledger\.read_only"), smuggled.writing("x"):
            """Not even a transaction to write in is begun."""
        for sql in ("UPDATE run SET name = 'x'", "CREATE TEMP TABLE x (y)", "PRAGMA user_version = 99"):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader._store.db.execute(sql)


def test_a_restored_copy_is_noticed_until_somebody_vouches(tmp_path: Path, path: Path) -> None:
    witness = FileWitness(tmp_path / "elsewhere.json")
    with open_ledger(path, witness=witness) as ledger:
        assert ledger.has_amnesia()  # the first time on this machine
        ledger.vouch("Kari", "nothing was ever sent")
        sent(ledger, "a")
    shutil.copy(path, tmp_path / "copy")
    with open_ledger(path, witness=witness) as ledger:
        assert not ledger.has_amnesia()
        sent(ledger, "b")
    shutil.copy(tmp_path / "copy", path)
    with open_ledger(path, witness=witness) as ledger:
        assert ledger.has_amnesia()
        run, attempt = sent(ledger, "c")
        assert attempt == 3  # the number that was forgotten is not used again
        assert ledger.facts(run, 200).look_first
    with open_ledger(path, witness=witness) as ledger:
        assert ledger.has_amnesia()
        ledger.vouch("Kari", "looked in Amili's list")
        assert not ledger.has_amnesia()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": "y"}'])
def test_a_damaged_witness_knows_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "w").write_text(text)
    assert FileWitness(tmp_path / "w").seen("x") is None


MOUNTS = "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/share nfs4 rw 0 0\n//s/y /mnt/my\\040disk cifs rw 0 0\n"


@pytest.mark.parametrize(
    ("where", "remote"),
    [("/home/kari", False), ("/mnt/share/a/b", True), ("/mnt/my disk/a", True), ("/mnt/shared", False)],
)
def test_network_shares_are_known(tmp_path: Path, where: str, remote: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert on_network_share(Path(where), tmp_path / "mounts") is remote


def test_no_table_of_mounts_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert not on_network_share(Path("/x"), tmp_path / "there is none")


@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_sealed_opens_only_for_its_purpose(plain: bytes, purpose: str) -> None:
    sealer = Sealer(KEY)
    sealed = sealer.seal(plain, purpose)
    assert sealer.open(sealed, purpose) == plain
    assert len(plain) < 8 or plain not in sealed
    with pytest.raises(Trouble):
        sealer.open(sealed, purpose + "!")
    with pytest.raises(Trouble):
        sealer.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), purpose)


def test_a_part_costs_a_constant_number_of_commits(path: Path) -> None:
    def commits(rows: int) -> int:
        count: list[str] = []
        with open_ledger(path.with_name(f"{rows}"), boundary=count.append) as ledger:
            run = make_run(ledger, TARGET, ready([f"n{n}" for n in range(rows)]))
            ledger.cut(run, [NewPart(tuple(row.row for row in ledger.loose(run)))])
            count.clear()
            attempt, _ = ledger.intend(1)
            assert attempt is not None
            ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id="b"))
            ledger.judge(attempt.attempt, [RowVerdict(r.row, Stage.ACCEPTED, "x") for r in attempt.rows])
        return len([what for what in count if what.startswith("before")])

    assert commits(1) == commits(100) == 3
