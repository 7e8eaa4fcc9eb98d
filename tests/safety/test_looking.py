"""Looking into the ledger while the courier has it: real processes, a real file, and never two owners."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

import pytest

from rowpost.host import folders
from rowpost.host.locks import InstanceLock
from rowpost.ledger import Reader
from rowpost.model.books import RowState
from rowpost.model.outside import no_progress
from rowpost.model.trouble import Trouble
from rowpost.session import Session, away
from rowpost.session.errands import Packed, ShowRun
from rowpost.wiring import courier, open_session
from tests.integration.test_history_commands import made, settled
from tests.safety.test_courier import PERSON, SLOW, all_once
from tests.support.away import QUICK, Sitting, kill_courier, meanwhile, until
from tests.support.practice import counts, practice
from tests.support.program import environment

ENDLESS = 1_000_000  # times that the agency says it has not decided yet


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    with open_session(QUICK, language="en") as made:
        yield made


def test_an_invoice_is_looked_up_while_a_run_is_sent(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(away, "_FEW", 2)  # so that rows are gathered in one more process
    ledger = session.memory.ledger
    first = made(ledger, "77001", "77002", "77003")
    settled(ledger, first)
    before, out = session.summary(first), tmp_path / "everything.csv"
    with practice(latencySeconds=0.02, faults=[SLOW]) as server:
        sitting = Sitting(session, server)

        def look() -> None:
            until(lambda: sitting.posts == 1)
            for _ in range(2):
                with session.beside() as looking:
                    assert looking.as_of() is not None, "it may change at any moment"
                    under_way, earlier = looking.runs()
                    assert (earlier, under_way.run) == (before, session.run_away or under_way.run)
                    assert looking.result_away(first, stop=Event()).summary == before
                    (hit,) = looking.search("77001").hits
                    assert (hit.run, hit.row.state) == (first, RowState.ACCEPTED)
                    assert looking.result(under_way.run).summary.books.balanced
                    assert looking.search("C-77001").hits == [hit], "by what is sealed"
                    looking.followed(first)
                    rows = looking.export_ledger(out, stop=Event(), progress=no_progress)
                    assert rows == 3 + looking.memory.ledger.size(under_way.run)

        all_once(meanwhile(sitting.send, look), server)
        assert not any(PERSON.encode() in file.read_bytes() for file in _files())
        assert session.as_of() is None
        assert session.summary(first) == before


def test_who_looks_can_write_nothing_and_never_becomes_the_owner(session: Session) -> None:
    with practice(queuedPolls=ENDLESS) as server:
        sitting = Sitting(session, server)

        def try_everything() -> None:
            until(lambda: sitting.posts > 0)
            run = session.run_away
            with session.beside() as looking:
                assert looking.memory.owned is None
                for write in (
                    lambda: looking.release(run, None, "They are not there"),
                    lambda: looking.close_row(run, 1, there=True, reason="It is"),
                    lambda: looking.forget(run, give_up_waiting=True),
                    lambda: looking.leave_open(run),
                    lambda: looking.adopt_batch(run, "b-1", stop=Event()),
                    lambda: looking.go_on(run, wishes=sitting.wishes, on_watch=sitting.seen.append),
                    lambda: looking.create_run(sitting.opened, sitting.assessment, sitting.target),
                ):
                    with pytest.raises(Trouble, match=r"gui\.sending_first"):
                        write()
            with pytest.raises(Trouble, match=r"host\.already_running"), InstanceLock(_ledger()):
                """The courier has it all the time."""
            sitting.stop.set()

        stopped = meanwhile(sitting.send, try_everything)
        assert stopped.cause is None
        assert stopped.result.summary.books.balanced
        assert set(counts(server.books()).values()) == {1}


def test_who_looks_does_not_take_a_ledger_that_is_free(session: Session) -> None:
    assert not session.runs()
    session._let_go()
    with session.beside() as looking:
        assert not looking.runs()
        with InstanceLock(_ledger()):
            assert looking.memory.owned is None
        with pytest.raises(Trouble, match=r"gui\.sending_first"):
            looking.release("bado-47", None, "because")


def test_who_shows_a_long_run_never_takes_the_ledger(session: Session) -> None:
    """Between window and courier the ledger is nobody's for a moment: not even then."""
    with practice() as server:
        run = Sitting(session, server).send().result.summary.run
        session._let_go()
        talk, theirs = multiprocessing.Pipe()
        wishes, told = multiprocessing.Pipe(duplex=False)
        shown = multiprocessing.get_context("spawn").Process(target=_shows, args=(theirs, wishes))
        shown.start()
        talk.send(ShowRun(run))
        assert isinstance(talk.recv(), Packed)
        with InstanceLock(_ledger()):
            """It waits for memory now, with the ledger open."""
        talk.close()
        told.close()
        shown.join()


def _shows(talk: Connection, wishes: Connection) -> None:
    courier(talk, wishes, QUICK, "en")


def test_a_courier_that_is_killed_over_a_page_that_somebody_reads(session: Session) -> None:
    with practice(faults=[SLOW]) as server:
        sitting = Sitting(session, server)
        assert not session.runs()

        def kill(reader: Reader) -> None:
            until(lambda: sitting.posts == 1)
            with reader._store.one_moment():
                assert reader.runs()[0].run == session.run_away
                until(_a_commit_waits)
                kill_courier()
                until(lambda: not session.run_away)

        with session.beside() as looking:
            cut = meanwhile(sitting.send, partial(kill, looking.memory.ledger))
        assert cut.cause is not None
        assert cut.result.summary.books.balanced
        assert session.memory.owned is not None
        session.memory.ledger.verify()
        all_once(sitting.go_on(cut.result.summary.run), server)


def test_the_courier_waits_for_those_who_look(session: Session) -> None:
    with practice() as server:
        sitting = Sitting(session, server)
        assert not session.runs()
        with session.beside() as looking, ThreadPoolExecutor(1) as pool:
            reader = looking.memory.ledger
            with reader._store.one_moment():
                assert not reader.runs()
                under_way = pool.submit(sitting.send)
                until(_a_commit_waits)
                assert not reader.runs(), "one moment is one moment"
            sent = under_way.result()
        all_once(sent, server)


def test_nothing_grows_while_somebody_looks(session: Session) -> None:
    """No write-ahead log that a reader could keep from being put back, and no journal that stays."""
    with practice(latencySeconds=0.02) as server:
        sitting = Sitting(session, server)
        assert not session.runs()
        over = Event()

        def look() -> None:
            while True:
                with session.beside() as looking:
                    looking.search("2026")
                    looking.runs()
                if over.is_set():
                    return

        with ThreadPoolExecutor(1) as pool:
            looking = pool.submit(look)
            sent = sitting.send()
            over.set()
            looking.result()
        all_once(sent, server)
        assert session.memory.owned is not None
        beside = {file.name.removeprefix(_ledger().name): file.stat().st_size for file in _files()}
        assert beside.keys() <= {"", "-journal", ".lock"}
        assert not beside.get("-journal")


_PROBE = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], uri=True, timeout=0)
try:
    db.execute("SELECT count(*) FROM run").fetchone()
except sqlite3.OperationalError:
    sys.exit(7)
"""


def _a_commit_waits() -> bool:
    """Whether a writer has asked for the file: then nobody new may read. Asked by a process of its own."""
    command = [sys.executable, "-c", _PROBE, f"{_ledger().as_uri()}?mode=ro"]
    return subprocess.run(command, env=environment(), check=False).returncode == 7


def _ledger() -> Path:
    return folders.find().ledger_file


def _files() -> list[Path]:
    return [file for file in _ledger().parent.iterdir() if file.name.startswith(_ledger().name)]
