"""A debtor telephones while a run is being sent: what was sent before is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QFileDialog

from rowpost.gui.actions.desk import LOOKING
from rowpost.gui.pages.history_page import HistoryPage
from rowpost.gui.state import State, Step, Work
from rowpost.gui.table.history import HistoryGrid
from rowpost.gui.views.frame import frame_view
from rowpost.gui.views.history import notices, run_view
from rowpost.gui.workplace import Workplace
from rowpost.model.books import RowState
from rowpost.session import Session
from rowpost.wiring import open_session
from tests.gui.test_sending import QUICK, check_sample, send
from tests.integration.test_history_commands import made, settled
from tests.support.away import target_on
from tests.support.practice import practice
from tests.support.window import wait_for_state, wait_until

PATIENCE = 120.0  # seconds
ENDLESS = 1_000_000  # times that the agency says it has not decided yet


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    with open_session([*QUICK, "network.get_tries=1"], language="en") as opened:
        yield opened


@pytest.fixture
def earlier(session: Session) -> str:
    """A settled run, in the ledger before the window opens."""
    ledger = session.memory.ledger
    run = made(ledger, "77001", "77002", "77003")
    settled(ledger, run)
    return run


@pytest.fixture
def under_way(earlier: str, workplace: Workplace, session: Session) -> Iterator[Workplace]:
    """A window that sends, and will not come to an end before it is told to."""
    with practice(queuedPolls=ENDLESS) as server:
        target = target_on(server.port)
        session.keep_secret(target, "practice")
        check_sample(workplace, target)
        send(workplace)
        wait_for_state(workplace, lambda state: state.watch is not None and state.watch.received > 0)
        yield workplace
        if workplace.store.state.working(Work.SENDING):
            end(workplace)


def end(workplace: Workplace) -> None:
    workplace.act("stop_after_part")
    wait_until(lambda: workplace.store.state.busy is None)


def sending(workplace: Workplace) -> bool:
    return workplace.store.state.working(Work.SENDING)


def history(workplace: Workplace) -> HistoryPage:
    page = workplace.page(Step.HISTORY)
    assert isinstance(page, HistoryPage)
    return page


def on_history(workplace: Workplace) -> HistoryPage:
    workplace.go(Step.HISTORY)
    wait_for_state(workplace, lambda state: state.past.as_of is not None and len(state.runs) == 2)
    return history(workplace)


def searched(workplace: Workplace, text: str) -> None:
    workplace.deeds.past.search(text)
    wait_for_state(workplace, lambda state: state.past.found is not None and state.past.found.text == text)


def lanes_used(workplace: Workplace) -> list[str]:
    """Where work goes from now on."""
    lanes: list[str] = []
    run = workplace.background.run

    def noting(*args: object, lane: str = "work", **more: object) -> object:
        lanes.append(lane)
        return run(*args, lane=lane, **more)  # type: ignore[arg-type] # as it was called

    workplace.background.run = noting  # type: ignore[method-assign, assignment]
    return lanes


def test_an_invoice_is_found_and_its_run_opened(under_way: Workplace, earlier: str) -> None:
    lanes = lanes_used(under_way)
    on_history(under_way)
    searched(under_way, "77001")
    assert set(lanes) == {LOOKING}, "the other lane waits for the courier"
    found = under_way.store.state.past.found
    assert found is not None
    (hit,) = found.hits
    assert (hit.run, hit.row.state) == (earlier, RowState.ACCEPTED)
    history(under_way)._open_current()
    wait_for_state(under_way, lambda state: state.step is Step.RESULTS)
    result = under_way.store.state.result
    assert result is not None
    assert [row.invoice_number for row in result.rows] == ["77001", "77002", "77003"]
    assert sending(under_way), "the run goes on all the while"
    done = {item.step for item in frame_view(under_way.store.state, under_way.words).rail if item.done}
    assert not done & {Step.SEND, Step.RESULTS}, "what is shown is not what is being sent"
    end(under_way)
    state = under_way.store.state
    assert (state.step, state.result) == (Step.RESULTS, result), "nothing changes under a person's eyes"
    assert state.said
    wait_for_state(under_way, lambda state: state.past.as_of is None)


def test_the_run_under_way_is_shown_as_it_was_at_a_time(under_way: Workplace, session: Session) -> None:
    page = on_history(under_way)
    past, (run, _) = under_way.store.state.past, under_way.store.state.runs
    assert past.under_way == session.run_away == run.run
    assert isinstance(page.table.table_model.grid, HistoryGrid)
    assert [page.table.table_model.face(row, 5).text for row in range(2)] == ["Being sent", "Done"]
    (bar,) = notices(past, under_way.words, 90)
    assert past.as_of is not None
    assert under_way.words.wording.write(past.as_of.astimezone()) in bar.sentence
    view = run_view(run, under_way.words, under_way=True)
    assert (view.status, view.go_on, view.may_forget) == ("Being sent", "", False)
    assert not page.panel.buttons["go_on"].isVisible()
    assert run.books.balanced
    page._answer("look_again")
    wait_for_state(under_way, lambda state: state.past.as_of != past.as_of)
    under_way.deeds.results.open_run(run.run)
    assert under_way.store.state.step is Step.SEND, "there it is told as it happens"


def test_what_was_read_meanwhile_is_read_anew_when_the_run_is_over(under_way: Workplace) -> None:
    on_history(under_way)
    searched(under_way, "77002")
    assert under_way.store.state.past.shown_as_of is not None
    end(under_way)

    def holds(state: State) -> bool:
        return state.past.as_of is None is state.past.found_as_of and not state.past.under_way

    wait_for_state(under_way, holds)
    assert notices(under_way.store.state.past, under_way.words, 90) == ()
    assert under_way.store.state.step is Step.HISTORY


def test_an_answer_that_comes_too_late_is_asked_for_again(under_way: Workplace, session: Session) -> None:
    """It was read beside a courier that has ended since: it might not be true any more."""
    over, asked = Event(), []

    def question(looking: Session, _stop: object) -> datetime | None:
        asked.append(looking is session)
        over.wait(PATIENCE)
        return looking.as_of()

    answers: list[datetime | None] = []
    under_way.desk.look(question, answers.append)
    end(under_way)
    over.set()
    wait_until(lambda: bool(answers))
    assert asked == [False, True]
    assert answers == [None], "nobody else writes any more"


def test_follow_up_shows_what_is_known(under_way: Workplace, earlier: str) -> None:
    under_way.deeds.following.choose_run(earlier)
    wait_for_state(under_way, lambda state: state.follow.follow is not None)
    follow = under_way.store.state.follow.follow
    assert follow is not None
    assert (follow.run, [line.asked.invoice_number for line in follow.lines]) == (earlier, ["77001", "77002"])
    under_way.deeds.following.show(follow.lines[0].asked)
    wait_for_state(under_way, lambda state: state.follow.known is not None)
    assert sending(under_way)


def test_what_the_agency_answers_is_shown_at_once_and_kept_afterwards(
    under_way: Workplace, session: Session
) -> None:
    run = session.run_away
    under_way.deeds.following.choose_run(run)
    wait_for_state(under_way, lambda state: state.follow.follow is not None)
    under_way.deeds.following.ask()
    wait_for_state(under_way, answered)
    with session.beside() as looking:
        assert not any(line.seen for line in looking.followed(run).lines), "the courier has the ledger"
    end(under_way)
    under_way.store.update(follow=replace(under_way.store.state.follow, follow=None))
    under_way.deeds.following.choose_run(run)
    wait_for_state(under_way, answered)


def answered(state: State) -> bool:
    follow = state.follow.follow
    return follow is not None and bool(follow.lines) and any(line.seen for line in follow.lines)


def test_everything_is_exported_as_it_was_at_one_moment(
    under_way: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "everything.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    under_way.deeds.past.export()
    assert "export" in under_way.store.state.said
    wait_for_state(under_way, lambda state: str(out) in state.said)
    last = out.read_text("utf-8-sig").splitlines()[-1]
    assert last.startswith("#end,")
    assert sending(under_way)


def test_what_would_write_says_that_sending_goes_first(
    under_way: Workplace, earlier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))  # nobody is even asked
    under_way.deeds.results.open_run(earlier)
    wait_for_state(under_way, lambda state: state.result is not None)
    deeds = under_way.deeds
    for deed in (
        partial(deeds.past.ask_to_forget, earlier),
        partial(deeds.past.compare, earlier),
        partial(deeds.sending.go_on, earlier),
        deeds.sending.resume,
        partial(deeds.results.decide, "release", under_way.store.state.result.rows[0].rows[0]),  # type: ignore[union-attr] # waited for
        partial(deeds.following.adopt, earlier, "b-1"),
        deeds.files.save_receipt,
        deeds.files.save_results,
    ):
        under_way.act("dismiss")
        deed()
        trouble = under_way.store.state.trouble
        assert trouble is not None
        assert trouble.code == "gui.sending_first"
    under_way.act("dismiss")


def test_while_a_run_is_only_written_down_nobody_looks_unasked(
    under_way: Workplace, session: Session
) -> None:
    run, session._run_away = session.run_away, ""
    before = under_way.background.busy, under_way.store.state.past
    under_way.go(Step.HISTORY)
    assert (under_way.background.busy, under_way.store.state.past) == before
    assert LOOKING not in under_way.background._lanes
    session._run_away = run
    under_way.deeds.past.arrive()
    wait_for_state(under_way, lambda state: state.past.as_of is not None)
