"""A long run's rows are gathered by another process, which only reads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import active_children
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from rowpost.model.outside import no_progress
from rowpost.model.trouble import Stopped, Trouble
from rowpost.session import Session, away
from rowpost.session.counted import Counted
from rowpost.wiring import open_session


@pytest.fixture
def session(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(away, "_FEW", 5)
    with open_session(language="en") as made:
        yield made


def written_down(session: Session) -> str:
    stop = threading.Event()
    opened = session.open(session.sample, stop=stop, progress=no_progress)
    mapping, target = session.suggest(opened).mapping, session.target_to_check("")
    assessment = session.assess(
        opened, mapping, target, include_hidden=False, stop=stop, progress=no_progress
    )
    return session.create_run(opened, assessment, target, mapping=mapping)


def test_another_process_says_the_same(session: Session) -> None:
    run = written_down(session)
    here, there = session.result(run), session.result_away(run, stop=threading.Event())
    assert there.rows is not here.rows
    assert list(there.rows) == list(here.rows)
    assert there.summary == here.summary
    assert session.memory.occupied is None, "the ledger stays with the window"
    assert not active_children()


def test_it_can_be_stopped(session: Session) -> None:
    run, stop = written_down(session), threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        session.result_away(run, stop=stop)
    assert not active_children()


def test_a_process_that_ends_at_once_is_trouble(session: Session) -> None:
    run = written_down(session)
    start = session._parts.start_courier

    def killed(talk: Connection, wishes: Connection) -> BaseProcess:
        process = start(talk, wishes)
        process.kill()
        return process

    other = Session(replace(session._parts, start_courier=killed))
    with other, pytest.raises(Trouble, match=r"courier\.not_read"):
        other.result_away(run, stop=threading.Event())
    with pytest.raises(Trouble, match=r"ledger\.no_such_run"):
        session.result_away("nono-11", stop=threading.Event())


def test_how_much_is_written_down_is_told_while_it_is(session: Session) -> None:
    stop = threading.Event()
    opened = session.open(session.sample, stop=stop, progress=no_progress)
    mapping, target = session.suggest(opened).mapping, session.target_to_check("")
    ready = session.assess(
        opened, mapping, target, include_hidden=False, in_child=False, stop=stop, progress=no_progress
    ).ready
    many, told = list(ready) * 10, list[tuple[int, int]]()
    counted = Counted(many, lambda done, total: told.append((done, total)))
    assert [*counted, *counted] == [*many, *many]
    assert (len(counted), counted[3], counted[:2]) == (len(many), many[3], many[:2])
    assert told[0] == (50, len(many))
    assert all(done <= len(many) for done, _ in told)
