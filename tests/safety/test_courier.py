"""The courier is killed, the window is killed, two windows send: nothing is doubled, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from rowpost.host import folders
from rowpost.host.locks import InstanceLock
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Trouble
from rowpost.sandbox import PracticeServer
from rowpost.session import Session, away, carrying
from rowpost.session.away import Sent
from rowpost.session.errands import Begun
from rowpost.wiring import courier, open_session
from tests.support.away import PART, QUICK, Sitting, kill_courier, meanwhile, tell_courier, until
from tests.support.practice import counts, practice
from tests.support.program import environment

SLOW = {"at": ["createInvoices"], "times": 1, "delaySeconds": 2, "applied": True}
PERSON = "10915596784"  # a published synthetic number
WINDOW = (sys.executable, "-m", "tests.safety.window_runner")


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    with open_session(QUICK, language="en") as made:
        yield made


def all_once(sent: Sent, server: PracticeServer) -> None:
    """Every ready invoice is accepted, and stands in the books once; nothing else does."""
    books = sent.result.summary.books
    assert sent.cause is None
    assert sent.result.summary.status is RunStatus.DONE
    assert books.balanced
    assert books.by_state.get(RowState.ACCEPTED) == books.ready
    held = counts(server.books())
    assert set(held.values()) == {1}
    accepted = {row.invoice_number for row in sent.result.rows if row.state is RowState.ACCEPTED}
    assert held.keys() == accepted


@pytest.mark.parametrize(("part", "applied"), [(1, True), (3, False)])
def test_a_courier_killed_in_a_part_leaves_a_run_that_goes_on(
    session: Session, part: int, *, applied: bool
) -> None:
    with practice(faults=[{**SLOW, "skip": part - 1, "applied": applied}]) as server:
        sitting = Sitting(session, server)

        def kill() -> None:
            until(lambda: sitting.posts == part)
            kill_courier()

        cut = meanwhile(sitting.send, kill)
        assert cut.cause is not None
        assert cut.cause.code == "courier.ended"
        assert cut.result.summary.status is RunStatus.PAUSED
        assert cut.result.summary.books.balanced
        unknown = sum(row.state is RowState.NOT_KNOWN for row in cut.result.rows)
        assert unknown >= PART, "what was on its way is not known"
        run = cut.result.summary.run
        ended = sitting.go_on(run)
        if not applied:  # looked for in vain: only a person lets it go again
            assert ended.result.summary.books.by_state[RowState.NOT_KNOWN] == PART
            assert session.release(run, None, "The agency has not got them") == PART
            ended = sitting.go_on(run)
        all_once(ended, server)


def test_a_run_that_was_written_down_without_a_word_is_found(session: Session) -> None:
    with practice() as server:
        sitting = Sitting(_started_by(session, _silent), server)
        cut = sitting.send()
        assert cut.cause is not None
        assert cut.result.summary.books.by_state[RowState.WAITING] == len(sitting.assessment.ready)
        assert sitting.posts == 0


def test_the_ledger_is_taken_back_only_when_the_courier_has_ended(session: Session) -> None:
    with practice() as server:
        sitting = Sitting(_started_by(session, _hung_up), server)
        cut = sitting.send()
        assert cut.cause is not None
        assert sitting.session.memory.occupied is None, "there were two for a moment"
        assert cut.result.summary.status is RunStatus.PAUSED
        sitting.session.close()
        all_once(Sitting(session, server).go_on(cut.result.summary.run), server)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_log_out_is_no_wish_of_a_person(session: Session, sign: signal.Signals) -> None:
    with practice(latencySeconds=0.05) as server:
        sitting = Sitting(session, server)

        def log_out() -> None:
            until(lambda: sitting.posts == 2)
            tell_courier(sign)

        cut = meanwhile(sitting.send, log_out)
        assert cut.cause is None, "it has ended in order"
        assert cut.result.summary.status is RunStatus.PAUSED, "the next start opens on it"
        all_once(sitting.go_on(cut.result.summary.run), server)


def test_what_has_begun_is_told_though_no_other_process_can_be_had(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(away, "_FEW", 0)
    start = session._parts.start_courier

    def once(talk: Connection, wishes: Connection) -> BaseProcess:
        if made:
            raise OSError
        made.append(start(talk, wishes))
        return made[0]

    made: list[BaseProcess] = []
    with practice(faults=[SLOW]) as server:
        sitting = Sitting(Session(replace(session._parts, start_courier=once)), server)

        def kill() -> None:
            until(lambda: sitting.posts == 1)
            kill_courier()

        cut = meanwhile(sitting.send, kill)
        assert cut.cause is not None
        assert cut.cause.code == "courier.ended"
        assert cut.result.summary.books.balanced


def test_a_courier_that_ends_at_once_has_done_nothing(session: Session) -> None:
    with practice() as server:
        sitting = Sitting(_started_by(session, _gone), server)
        with pytest.raises(Trouble, match=r"courier\.not_begun"):
            sitting.send()
        assert not sitting.session.runs()
        assert sitting.posts == 0


def test_a_courier_that_cannot_be_started_is_trouble(session: Session) -> None:
    def refuse(_talk: Connection, _wishes: Connection) -> BaseProcess:
        raise OSError

    with practice() as server:
        made = Session(replace(session._parts, start_courier=refuse))
        sitting = Sitting(made, server)
        with pytest.raises(Trouble, match=r"courier\.not_begun"):
            sitting.send()
        assert not made.runs()


def test_what_nobody_expected_is_told_without_a_word_of_it(
    session: Session, capfd: pytest.CaptureFixture[str]
) -> None:
    with practice() as server:
        with _started_by(session, _careless) as careless:
            cut = Sitting(careless, server).send()
        assert cut.cause is not None
        assert (cut.cause.code, dict(cut.cause.values)) == ("courier.unexpected", {"kind": "ValueError"})
        all_once(Sitting(session, server).go_on(cut.result.summary.run), server)
    assert PERSON not in "".join(capfd.readouterr())
    (report,) = folders.find().log.glob("crash-*.txt")
    assert "ValueError" in report.read_text("utf-8")
    assert PERSON not in report.read_text("utf-8")


def test_two_windows_never_send_at_once(session: Session) -> None:
    with practice(faults=[SLOW]) as server, open_session(QUICK, language="en") as other:
        first, second = Sitting(session, server), Sitting(other, server)

        def try_too() -> None:
            until(lambda: first.posts == 1)
            with pytest.raises(Trouble, match=r"host\.already_running"):
                second.send()

        all_once(meanwhile(first.send, try_too), server)
        session._let_go()
        again = second.send()  # now it may, but everything was sent before
        assert not again.result.summary.books.by_state.get(RowState.ACCEPTED)
        all_once(replace(again, result=session.result(session.runs()[-1].run)), server)


def test_a_ledger_that_somebody_else_holds_is_not_written_to(session: Session) -> None:
    with practice() as server:
        sitting = Sitting(session, server)
        assert not session.runs()
        session._let_go()
        with InstanceLock(folders.find().ledger_file):
            with pytest.raises(Trouble, match=r"host\.already_running"):
                sitting.send()
            assert not session.runs(), "it can still be read"
        all_once(sitting.send(), server)


def test_a_pause_a_stop_and_going_on(session: Session) -> None:
    with practice(latencySeconds=0.05) as server:
        sitting = Sitting(session, server)

        def pause() -> None:
            until(lambda: sitting.posts == 2)
            sitting.pause.set()

        paused = meanwhile(sitting.send, pause)
        assert paused.result.summary.status is RunStatus.PAUSED
        assert paused.cause is None
        sitting.pause.clear()

        def stop() -> None:
            before = sitting.posts
            until(lambda: sitting.posts >= before + 2)
            sitting.stop.set()

        run = paused.result.summary.run
        stopped = meanwhile(lambda: sitting.go_on(run), stop)
        assert stopped.result.summary.status is RunStatus.STOPPED
        assert stopped.result.summary.books.by_state[RowState.WAITING] > 0
        sitting.stop.clear()
        all_once(sitting.go_on(run), server)
    assert sitting.seen[-1].decided == len(sitting.assessment.ready)


def test_a_window_that_is_killed_leaves_nobody_sending(home: Path) -> None:
    with practice(latencySeconds=0.1, faults=[{**SLOW, "skip": 2}]) as server:
        with subprocess.Popen(
            [*WINDOW, str(server.port)], env=environment(), stdin=subprocess.PIPE
        ) as window:
            until(lambda: server.books()["requests"].get("createInvoices", 0) == 3)
            window.kill()
        with open_session(QUICK, language="en") as early:
            assert early.memory.occupied is not None, "the courier ends the step at hand first"
        until(_ledger_is_free)
        assert server.books()["requests"]["createInvoices"] == 3, "nothing more was sent"
        with open_session(QUICK, language="en") as session:
            (run,) = session.runs()
            assert run.status is RunStatus.PAUSED, "the next start opens on it"
            open_rows = [row for row in session.result(run.run).rows if row.state is RowState.NOT_KNOWN]
            assert {row.code for row in open_rows} == {"row.received"}, "the answer was still read"
            sitting = Sitting(session, server)
            all_once(sitting.go_on(run.run), server)


def test_a_courier_that_was_not_needed_goes_with_its_session(session: Session) -> None:
    session.make_courier_ready()
    waiting = session._courier
    assert waiting is not None
    session.make_courier_ready()
    assert session._courier is waiting, "one is enough"
    session.close()
    with pytest.raises(ValueError, match="closed"):
        assert not waiting.waits


def _ledger_is_free() -> bool:
    try:
        with InstanceLock(folders.find().ledger_file):
            return True
    except Trouble:
        return False


Courier = Callable[[Connection, Connection, Sequence[str], str], None]


def _started_by(session: Session, target: Courier) -> Session:
    """The same session with another courier."""

    def start(talk: Connection, wishes: Connection) -> BaseProcess:
        process = get_context("spawn").Process(target=target, args=(talk, wishes, QUICK, "en"))
        process.start()
        return process

    return Session(replace(session._parts, start_courier=start))


def _gone(talk: Connection, wishes: Connection, overrides: Sequence[str], language: str) -> None:
    """A courier that does nothing."""


def _careless(talk: Connection, wishes: Connection, overrides: Sequence[str], language: str) -> None:
    """A courier with a mistake in it, whose words would show a person."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError(PERSON)

    Session.send = fail  # type: ignore[method-assign, assignment]
    courier(talk, wishes, overrides, language)


def _hung_up(talk: Connection, wishes: Connection, overrides: Sequence[str], language: str) -> None:
    """A courier that is not heard any more once it has written a run down, and ends a little later."""
    say = carrying.Voice.say

    def hang_up(self: carrying.Voice, message: object) -> None:
        if isinstance(message, Begun):
            talk.close()
        say(self, message)

    carrying.Voice.say = hang_up  # type: ignore[method-assign]
    courier(talk, wishes, overrides, language)


def _silent(talk: Connection, wishes: Connection, overrides: Sequence[str], language: str) -> None:
    """A courier that is killed when it has written a run down, before it can say so."""
    say = carrying.Voice.say

    def die_of_it(self: carrying.Voice, message: object) -> None:
        if isinstance(message, Begun):
            os.kill(os.getpid(), signal.SIGKILL)
        say(self, message)

    carrying.Voice.say = die_of_it  # type: ignore[method-assign]
    courier(talk, wishes, overrides, language)
