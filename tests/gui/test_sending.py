"""Sending in the window: pausing, and every kind of trouble told as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QTableView

from rowpost.gui.actions.desk import LEDGER
from rowpost.gui.dialogs.confirm import Question
from rowpost.gui.dialogs.sign_in import SignIn
from rowpost.gui.look.tokens import Tone
from rowpost.gui.pages.send_page import SendPage
from rowpost.gui.parts.build import button
from rowpost.gui.parts.notice import Notices
from rowpost.gui.state import Busy, Step, Work
from rowpost.gui.views.confirm import ConfirmView, confirm_view
from rowpost.gui.views.foot import foot_view
from rowpost.gui.views.frame import frame_view
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.views.recent import outcome
from rowpost.gui.views.results import results_view
from rowpost.gui.views.sending import Plan, SendView, send_view
from rowpost.gui.workplace import Workplace
from rowpost.model.answers import Cause
from rowpost.model.attempts import RowChange
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy
from rowpost.sending.events import PartStarted, RowsChanged
from rowpost.session import Session
from rowpost.session.watching import WRITING, Part, PartState, Wait, Watch, Watcher
from rowpost.wiring import open_session
from tests.support.away import kill_courier, target_on
from tests.support.practice import practice
from tests.support.window import answer, children, dialog_of, wait_for_state, wait_until, window_over

QUICK = ("sending.part_size=10", "sending.poll_first_seconds=0.05", "sending.poll_max_seconds=0.1")


@pytest.fixture
def session(home: object) -> Iterator[Session]:
    rules = ("network.get_tries=1", "network.connect_seconds=1", "sending.settle_seconds=0.5")
    with open_session([*QUICK, *rules], language="en") as made:
        yield made


def check_sample(workplace: Workplace, target: Target | None = None) -> None:
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    if target is not None:
        workplace.store.update(target=target)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)


def send(workplace: Workplace) -> None:
    answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())


def view(workplace: Workplace) -> SendView:
    return send_view(workplace.store.state, Plan(), workplace.words)


def test_a_pause_holds_and_going_on_ends_the_run(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    workplace.act("pause")
    assert workplace.store.state.paused
    wait_for_state(workplace, lambda state: state.hold is not None)
    state = workplace.store.state
    assert state.step is Step.SEND
    assert state.result is not None
    assert state.result.summary.status is RunStatus.PAUSED
    waiting = state.result.summary.books.by_state[RowState.WAITING]
    assert waiting > 0
    (bar,) = view(workplace).notices
    assert bar.sentence == "Paused. Nothing is lost."
    told = results_view(state.result, workplace.words).notices[0]
    assert told.sentence == f"{waiting} rows have not been sent yet.", "nobody needs to be asked about them"
    workplace.act("pause")  # the same button goes on
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.status is RunStatus.DONE
    assert not result.summary.books.by_state.get(RowState.WAITING)


def test_rows_in_a_run_are_never_said_to_be_ready_for_sending(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    workplace.act("pause")
    seen = []

    def look() -> None:
        state = workplace.store.state
        if state.sent is not None and state.assessment is state.sent:
            foot = foot_view(replace(state, step=Step.REVIEW), workplace.words)
            seen.append((foot.sentence, foot.action))

    workplace.store.changed.connect(look)
    wait_for_state(workplace, lambda state: state.hold is not None)
    workplace.act("pause")
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    workplace.go(Step.REVIEW)
    wait_for_state(workplace, lambda state: state.busy is None and state.assessment is not state.sent)
    assert {action for _, action in seen} == {"go:send", "check", ""}
    assert not [sentence for sentence, _ in seen if "can be sent" in sentence]


def held(workplace: Workplace) -> str:
    """Send the sample and pause; return the name of the run that stands still."""
    check_sample(workplace)
    send(workplace)
    workplace.act("pause")
    wait_for_state(workplace, lambda state: state.hold is not None)
    hold = workplace.store.state.hold
    assert hold is not None
    return hold.run.run


def test_the_run_that_stands_still_goes_on_whatever_is_looked_at(
    workplace: Workplace, session: Session
) -> None:
    run, state = held(workplace), workplace.store.state
    opened, assessment = state.opened, state.assessment
    assert opened is not None
    assert assessment is not None
    elsewhere = replace(state.target, organization_id="22222222-2222-4333-8444-555555555555")
    made: list[str] = []
    workplace.desk.quietly(
        lambda _stop, _told: session.create_run(opened, assessment, elsewhere), made.append, lane=LEDGER
    )
    wait_until(lambda: bool(made))
    workplace.act(f"run:{made[0]}")
    wait_for_state(workplace, lambda state: state.result is not None and state.result.summary.run == made[0])
    workplace.go(Step.SEND)
    foot = foot_view(workplace.store.state, workplace.words)
    assert (foot.action, foot.second_action) == ("go_on_held", f"run:{run}")
    workplace.act(foot.action)
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS and state.busy is None)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.run == run
    assert result.summary.status is RunStatus.DONE
    wait_for_state(workplace, lambda state: len(state.runs) == 2)
    (other,) = (one for one in workplace.store.state.runs if one.run == made[0])
    assert not other.books.by_state.get(RowState.ACCEPTED), "nobody has asked for that"


def test_a_run_that_waits_for_a_person_keeps_no_other_workbook_back(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    run = held(workplace)
    workplace.open(str(shutil.copy(session.sample, tmp_path / "another.xlsx")))
    wait_for_state(workplace, lambda state: state.opened is not None and "another" in state.path)
    workplace.go(Step.SEND)
    assert workplace.store.state.hold is None
    assert foot_view(workplace.store.state, workplace.words).action != "go_on_held"
    (known,) = (one for one in workplace.store.state.runs if one.run == run)
    assert known.status is RunStatus.PAUSED, "the history goes on with it"


def test_a_run_that_tries_again_by_itself_waits_for_other_work(workplace: Workplace) -> None:
    held(workplace)
    state = workplace.store.state
    assert state.hold is not None
    trouble = Cause("network.refused", Remedy.TRY_LATER)
    workplace.store.update(hold=replace(state.hold, cause=trouble, seconds=1.1), busy=Busy(Work.CHECKING))
    workplace.deeds.sending._countdown.begin()
    wait_for_state(workplace, lambda state: state.hold is not None and state.hold.seconds > 2)
    workplace.store.update(busy=None)
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS and state.busy is None)


def try_soon(workplace: Workplace) -> None:
    """Let the run that stands still try again by itself in a second."""
    hold = workplace.store.state.hold
    assert hold is not None
    trouble = Cause("network.refused", Remedy.TRY_LATER)
    workplace.store.update(hold=replace(hold, cause=trouble, seconds=1.1))
    workplace.deeds.sending._countdown.begin()


def bars(workplace: Workplace) -> list[NoticeView]:
    return list(frame_view(workplace.store.state, workplace.words).notices)


def test_a_try_by_itself_takes_no_page_away(workplace: Workplace) -> None:
    held(workplace)
    workplace.go(Step.REVIEW)
    steps: set[Step] = set()
    workplace.store.changed.connect(lambda: steps.add(workplace.store.state.step))
    try_soon(workplace)
    (bar,) = bars(workplace)
    assert "Trying again in 1 s." in bar.sentence
    assert [name for name, _ in bar.actions] == ["go:send"]
    wait_for_state(workplace, lambda state: state.working(Work.SENDING))
    assert [name for bar in bars(workplace) for name, _ in bar.actions] == ["go:send"]
    wait_for_state(workplace, lambda state: state.busy is None and state.hold is None)
    assert steps == {Step.REVIEW}
    state = workplace.store.state
    assert state.result is not None
    assert state.result.summary.status is RunStatus.DONE
    assert (
        state.said == f"{state.result.summary.file_name}: {outcome(state.result.summary, workplace.words)}."
    )


def test_a_try_by_itself_takes_no_results_away(workplace: Workplace, session: Session) -> None:
    run, state = held(workplace), workplace.store.state
    assert state.opened is not None
    assert state.assessment is not None
    task = partial(session.create_run, state.opened, state.assessment, state.target)
    made: list[str] = []
    workplace.desk.quietly(lambda _stop, _told: task(), made.append, lane=LEDGER)
    wait_until(lambda: bool(made))
    workplace.act(f"run:{made[0]}")
    wait_for_state(workplace, lambda state: state.result is not None and state.result.summary.run == made[0])
    try_soon(workplace)
    wait_for_state(workplace, lambda state: state.busy is None and state.hold is None)
    state = workplace.store.state
    assert state.result is not None
    assert (state.step, state.result.summary.run) == (Step.RESULTS, made[0])
    assert "accepted" in state.said
    wait_for_state(workplace, lambda state: len(state.runs) == 2)
    (other,) = (one for one in workplace.store.state.runs if one.run == run)
    assert other.status is RunStatus.DONE


def test_a_run_to_another_target_than_the_badge_says_waits_for_a_person(workplace: Workplace) -> None:
    held(workplace)
    elsewhere = target_on(9)
    workplace.store.update(target=elsewhere, step=Step.HISTORY, assessment=None, index=None)
    try_soon(workplace)
    wait_for_state(workplace, lambda state: state.hold is not None and not state.hold.seconds)
    assert workplace.store.state.busy is None
    assert workplace.store.state.target == elsewhere
    assert [bar.sentence.partition(": ")[2] for bar in bars(workplace)] == [
        "paused, nothing is lost. The run waits for you."
    ]
    workplace.act("go:send")
    assert workplace.store.state.step is Step.SEND, "it stands still there, whatever else there is"
    assert not bars(workplace)


def test_a_paused_run_is_not_forgotten_over_another_workbook(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    run = held(workplace)
    wait_for_state(workplace, lambda state: [one.run for one in state.runs] == [run])
    workplace.open(str(shutil.copy(session.sample, tmp_path / "another.xlsx")))
    wait_for_state(workplace, lambda state: state.opened is not None and "another" in state.path)
    wait_for_state(workplace, lambda state: state.busy is None)
    assert [bar.actions[0][0] for bar in bars(workplace)] == [f"run:{run}"]
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None and state.busy is None)
    workplace.go(Step.MAP)
    assert not bars(workplace), "nothing is sent from there"
    workplace.go(Step.SEND)
    assert f"run:{run}" in [bar.actions[0][0] for bar in bars(workplace)]


def test_what_would_wait_for_the_run_says_so_at_once(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    deeds, target = workplace.deeds, workplace.store.state.target
    for deed in (
        deeds.files.open_sample,
        deeds.files.save_problems,
        partial(deeds.past.ask_to_forget, "bado-47"),
        partial(deeds.targets.remove, target.name),
        partial(deeds.targets.sign_in, target.name),
        partial(deeds.targets.run_practice, running=False),
        partial(deeds.targets.practise, "with-trouble"),
    ):
        workplace.act("dismiss")
        deed()
        trouble = workplace.store.state.trouble
        assert trouble is not None
        assert trouble.code == "gui.sending_first"
        assert workplace.store.state.target == target, "the badge says where the run goes"
    workplace.act("dismiss")
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)


def test_settings_can_be_changed_while_rows_are_sent(workplace: Workplace, session: Session) -> None:
    with practice(latencySeconds=0.3) as server:
        target = target_on(server.port)
        session.keep_secret(target, "practice")
        check_sample(workplace, target)
        send(workplace)
        workplace.deeds.choices.change("appearance.text_percent", "125")
        wait_until(lambda: session.settings.appearance.text_percent == 125)
        assert workplace.store.state.working(Work.SENDING)
        wait_for_state(workplace, lambda state: state.step is Step.RESULTS)


def test_a_pause_can_be_taken_back_before_it_holds(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    workplace.act("pause")
    workplace.act("pause")
    assert not workplace.store.state.paused
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.status is RunStatus.DONE


def test_no_network_is_waited_out_and_nothing_is_lost(workplace: Workplace, session: Session) -> None:
    with practice() as server:
        target = target_on(server.port)
    session.keep_secret(target, "practice")
    check_sample(workplace, target)
    send(workplace)  # the server is gone
    wait_for_state(workplace, lambda state: state.hold is not None)
    hold = workplace.store.state.hold
    assert hold is not None
    assert 0 < hold.seconds <= 20
    (bar,) = view(workplace).notices
    assert bar.sentence.startswith("Paused. Nothing is lost. Trying again in")
    wait_until(lambda: (workplace.store.state.hold or hold).seconds < hold.seconds)
    assert [name for name, _ in bar.actions] == ["go_on_held", f"run:{hold.run.run}"]
    port = int(target.api_url.split(":")[2].split("/")[0])
    with practice(port=port) as server:
        workplace.store.update(target=session.targets()[0])  # chosen while the run waits
        workplace.act("resume")
        assert workplace.store.state.target == target, "the badge says where the run goes"
        wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
        books = server.books()
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.status is RunStatus.DONE
    numbers = [row.invoice_number for row in result.rows if row.state is RowState.ACCEPTED]
    assert len(numbers) == len(set(numbers)) > 0
    assert books["requests"]["createInvoices"] >= 3


def test_a_sign_in_that_is_refused_is_put_right_and_the_run_goes_on(
    workplace: Workplace, session: Session
) -> None:
    with practice() as server:
        target = target_on(server.port)
        session.save_target(target)
        session.keep_secret(target, "an old one")
        check_sample(workplace, target)
        send(workplace)
        wait_for_state(workplace, lambda state: state.hold is not None)
        (bar,) = view(workplace).notices
        assert bar.actions[0][0] == "sign_in_again"

        def use(dialog: SignIn) -> None:
            assert dialog.entries["secret"].text() == ""
            dialog.entries["secret"].setText("practice")
            dialog.save.click()

        dialog_of(SignIn, lambda: workplace.act("sign_in_again"), use)
        wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.status is RunStatus.DONE


def test_without_a_secret_signing_in_comes_before_the_question(
    workplace: Workplace, session: Session
) -> None:
    target = replace(target_on(9), environment=Environment.STAGING)
    session.save_target(target)
    check_sample(workplace, target)

    def press() -> None:
        workplace.act("confirm_send")
        wait_until(lambda: not workplace.background.busy)

    dialog_of(SignIn, press, lambda dialog: dialog.cancel.click())
    assert not workplace.store.state.runs
    assert workplace.store.state.sendable > 0


def test_trouble_to_practise_on_ends_well(qapp: QApplication, home: object) -> None:
    quick = [*QUICK, "sending.part_size=100"]
    with open_session(quick, language="en") as session, window_over(qapp, session) as workplace:
        seen: set[str] = set()

        def look() -> None:
            watch = workplace.store.state.watch
            if watch is not None:
                seen.update({watch.wait.code} if watch.wait else ())
                seen.update(bar.sentence for bar in view(workplace).notices)

        workplace.store.changed.connect(look)
        workplace.act("open_trouble")
        wait_for_state(workplace, lambda state: state.opened is not None)
        workplace.act("check")
        wait_for_state(workplace, lambda state: state.assessment is not None)
        send(workplace)
        wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
        result = workplace.store.state.result
    assert result is not None
    assert result.summary.books.balanced
    assert "wait.leave" in seen, "the agency asked to slow down"
    assert any(said.startswith("We do not know whether part") for said in seen)
    assert result.summary.books.by_state[RowState.REJECTED] == 3
    assert not result.summary.books.by_state.get(RowState.NOT_KNOWN)


def test_the_agency_is_asked_before_its_time_if_a_person_wants_it(qapp: QApplication, home: object) -> None:
    lost = {"at": ["createInvoices"], "times": 1, "applied": True, "ending": "reset", "cutHead": 0}
    rules = ("network.get_tries=1", "sending.part_size=100", "sending.settle_seconds=36000")
    with practice(faults=[lost]) as server, open_session(rules, language="en") as session:
        target = target_on(server.port)
        session.keep_secret(target, "practice")
        with window_over(qapp, session) as workplace:
            check_sample(workplace, target)
            send(workplace)
            wait_for_state(workplace, lambda _: "ask_now" in offered(workplace))
            watch = workplace.store.state.watch
            assert watch is not None
            assert watch.wait is not None
            assert watch.wait.seconds > 300, "nobody would wait that long"
            workplace.act("ask_now")
            wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
            result = workplace.store.state.result
        books = server.books()
    assert result is not None
    assert result.summary.status is RunStatus.DONE
    assert books["requests"]["createInvoices"] == 1


def offered(workplace: Workplace) -> list[str]:
    return [name for bar in view(workplace).notices for name, _ in bar.actions]


def test_a_courier_that_is_killed_is_told_and_the_run_goes_on(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    wait_for_state(workplace, lambda state: state.watch is not None and state.watch.sent > 0)
    kill_courier()
    wait_for_state(workplace, lambda state: state.hold is not None)
    (bar,) = view(workplace).notices
    assert bar.sentence == workplace.words.wording.say("courier.ended")
    assert bar.cure == workplace.words.wording.say("courier.ended.cure")
    hold = workplace.store.state.hold
    assert hold is not None
    assert [name for name, _ in bar.actions] == ["go_on_held", f"run:{hold.run.run}"]
    workplace.act("go_on_held")
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.books.balanced
    assert not result.summary.books.by_state.get(RowState.WAITING)


def test_what_could_not_begin_can_be_sent_as_before(workplace: Workplace) -> None:
    check_sample(workplace)
    ready = workplace.store.state.sendable
    wait_until(lambda: not workplace.background.busy)  # its lanes use the ledger
    with open_session(language="en") as other:
        workplace.desk.session._let_go()
        assert other.memory.occupied is None
        send(workplace)
        wait_until(lambda: workplace.store.state.trouble is not None)
        trouble = workplace.store.state.trouble
        assert trouble is not None
        assert trouble.code == "host.already_running"
    assert workplace.store.state.sendable == ready
    workplace.act("dismiss")
    send(workplace)
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)


def test_while_a_run_is_written_down_the_page_says_how_far_that_is(workplace: Workplace) -> None:
    watch = Watch(2000, wait=Wait(WRITING, 0), written=1500)
    state = replace(workplace.store.state, watch=watch, busy=Busy(Work.SENDING))
    said = send_view(state, Plan(), workplace.words).waiting
    assert said.startswith("Writing down what is about to be sent: 1,500 of 2,000.")


def test_many_parts_are_told_in_few_lines(workplace: Workplace) -> None:
    watcher = Watcher(3000)
    for number in range(1000):
        rows = tuple(range(3 * number, 3 * number + 3))
        code = "row.not_known" if number in (4, 7) else "row.accepted"
        state = RowState.NOT_KNOWN if number in (4, 7) else RowState.ACCEPTED
        watcher.see(RowsChanged((RowChange(rows, RowState.NOT_KNOWN, "row.sending"),)))
        watcher.see(PartStarted(number + 1, 3))
        watcher.see(RowsChanged((RowChange(rows, state, code),)))
    watch = watcher.now()
    assert [part.number for part in watch.parts] == [5, 8, *range(989, 1001)]
    state = replace(workplace.store.state, watch=watch, busy=Busy(Work.SENDING))
    shown = send_view(state, Plan(), workplace.words)
    assert shown.parts[0].text == "986 earlier parts"
    assert shown.parts[0].state == "Decided"
    watcher.see(RowsChanged((RowChange((0, 1, 2), RowState.NOT_KNOWN, "row.received"),)))
    state = replace(state, watch=watcher.now())
    assert send_view(state, Plan(), workplace.words).parts[0].state == "1 of them not decided yet"


def test_leaving_while_rows_are_sent_is_asked(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    answer(workplace.window.close, lambda question: question.no.click())
    assert workplace.window.isVisible()
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    assert workplace.window.close()


def test_in_earnest_and_above_the_limit_the_number_is_typed(workplace: Workplace) -> None:
    check_sample(workplace)
    live = replace(workplace.store.state.target, environment=Environment.PRODUCTION, name="production")
    state = replace(workplace.store.state, target=live)
    asked = confirm_view(state, state.sendable - 1, workplace.words)
    question = Question(workplace.window, asked, "Send")
    assert not question.yes.isEnabled()
    question.entry.setText("1")
    assert not question.yes.isEnabled()
    question.entry.setText(str(state.sendable))
    assert question.yes.isEnabled()
    assert not confirm_view(state, state.sendable, workplace.words).type_this
    question.deleteLater()


def test_what_will_be_sent_can_be_leafed_through(workplace: Workplace) -> None:
    check_sample(workplace)
    workplace.go(Step.SEND)
    page = workplace.page(Step.SEND)
    assert isinstance(page, SendPage)
    viewer = page.viewer
    viewer.link.click()
    state = workplace.store.state
    assert state.assessment is not None
    viewer.pick.setValue(3)
    shown = json.loads(viewer.document.toPlainText())
    assert shown["invoiceNumber"] == state.assessment.ready[2].invoice_number
    assert viewer.pick.maximum() == state.sendable


def test_the_bars_tell_rate_and_rest_only_once_they_are_known(workplace: Workplace) -> None:
    def bars(watch: Watch) -> list[str]:
        state = replace(workplace.store.state, watch=watch, busy=Busy(Work.SENDING))
        return [bar.text for bar in send_view(state, Plan(), workplace.words).bars]

    assert bars(Watch(100, 50, 0, 0, seconds=1)) == ["50 of 100", "0 of 100", "0 of 100"]
    assert bars(Watch(100, 50, 0, 0, seconds=60))[0] == "50 of 100 · 50 a minute · about 60 seconds left"
    assert bars(Watch(200, 150, 0, 0, before=(100, 0, 0), seconds=300))[0].endswith("about 5 minutes left")
    unknown = (Part(4, 10, PartState.NOT_KNOWN),)
    assert bars(Watch(100, 100, 90, 0, seconds=60, parts=unknown))[1] == "90 of 100", "nobody knows the rest"


def test_an_unknown_part_is_named(workplace: Workplace) -> None:
    watch = Watch(10, 10, parts=(Part(4, 10, PartState.NOT_KNOWN),))
    state = replace(workplace.store.state, watch=watch, busy=Busy(Work.SENDING))
    (bar,) = send_view(state, Plan(), workplace.words).notices
    assert bar.sentence == "We do not know whether part 4 arrived."
    assert bar.cure == "We ask Amili before anything is sent again."
    assert not bar.actions, "the agency is being asked"
    settling = replace(watch, wait=Wait("wait.agency", 900))
    (bar,) = send_view(replace(state, watch=settling), Plan(), workplace.words).notices
    assert bar.actions == (("ask_now", "Ask now"),)
    told = send_view(replace(state, watch=settling), Plan(), workplace.words).waiting
    assert told == "Waiting for the agency. We ask again in about 15 minutes."


def test_trouble_on_the_way_is_told_with_what_is_known(workplace: Workplace) -> None:
    refused = Cause("network.refused", Remedy.TRY_LATER)
    watch = Watch(21, 2, 2, trouble=refused, wait=Wait("wait.agency", 4), seconds=60)
    state = replace(workplace.store.state, watch=watch, busy=Busy(Work.SENDING))
    shown = send_view(state, Plan(), workplace.words)
    (bar,) = shown.notices
    assert bar.sentence == "The agency's server cannot be reached. Nothing was sent just now."
    assert bar.cure == "Nothing is lost. Trying again in 4\u00a0s."
    assert shown.waiting == "", "the bar says it"
    assert shown.bars[0].text == "2 of 21", "nobody knows how long it takes"
    slower = replace(watch, trouble=Cause("agency.too_many", Remedy.TRY_LATER), wait=Wait("wait.leave", 3))
    (bar,) = send_view(replace(state, watch=slower), Plan(), workplace.words).notices
    assert bar.sentence == "The agency asked us to slow down. We go on in 3\u00a0s."
    asking = replace(watch, trouble=None, wait=Wait("wait.agency", 0.2))
    assert send_view(replace(state, watch=asking), Plan(), workplace.words).waiting == "Asking the agency…"


def test_the_keyboard_is_never_left_without_a_place(workplace: Workplace) -> None:
    check_sample(workplace)
    workplace.act("go:send")
    first = workplace.window.focusWidget()
    assert isinstance(first, QPushButton)
    assert first.text().startswith("Send 54")
    send(workplace)
    pause = workplace.window.focusWidget()
    assert isinstance(pause, QPushButton)
    assert pause.text() == "Pause"
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    assert isinstance(workplace.window.focusWidget(), QTableView)


def test_a_countdown_goes_on_under_the_persons_hands(workplace: Workplace) -> None:
    notices = Notices(workplace.look, lambda _: None)

    def tell(seconds: int) -> QPushButton:
        notices.show_notices(
            (NoticeView(Tone.CHECK, f"Trying in {seconds} s.", "Why.", (("a", "Try now"),)),)
        )
        (made,) = children(notices, QPushButton)
        return made

    first = tell(20)
    assert tell(19) is first
    assert [said.text() for said in children(notices, QLabel) if said.text()] == ["Trying in 19 s.", "Why."]
    notices.deleteLater()


def test_enter_presses_a_button_once_however_long_it_is_held(workplace: Workplace) -> None:
    pressed: list[str] = []
    made = button("Send", lambda: pressed.append("once"))
    QTest.keyClick(made, Qt.Key.Key_Return)
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", autorep=True
    )
    QApplication.sendEvent(made, held)
    assert pressed == ["once"]
    made.deleteLater()


def test_the_key_of_the_primary_button_does_nothing_where_there_is_none(workplace: Workplace) -> None:
    assert not workplace.store.state.opened
    QTest.keyClick(workplace.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_question_is_answered_by_enter_once_the_number_stands_there(workplace: Workplace) -> None:
    view = ConfirmView("Send?", "In earnest.", "Send 21", "Go back", "21", "Type the number: 21")
    question = Question(workplace.window, view, "Send")
    QTest.keyClick(question.entry, Qt.Key.Key_Return)
    assert question.result() == QDialog.DialogCode.Rejected
    question.entry.setText("21")
    QTest.keyClick(question.entry, Qt.Key.Key_Return)
    assert question.result() == QDialog.DialogCode.Accepted
    question.deleteLater()


def test_the_keyboard_waits_for_the_button_that_is_not_ready_yet(workplace: Workplace) -> None:
    check_sample(workplace)
    assessment = workplace.store.state.assessment
    workplace.store.update(sent=assessment)  # nothing to send: the button is asleep
    workplace.act("go:send")
    workplace.store.update(sent=None)
    now = workplace.window.focusWidget()
    assert isinstance(now, QPushButton)
    assert now.text().startswith("Send 54")
