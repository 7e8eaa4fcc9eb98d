"""Every page and dialog of the window as a scene: a state, and what is opened over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from rowpost.gui.dialogs.confirm import Question
from rowpost.gui.dialogs.sign_in import SignIn, SignInDeeds
from rowpost.gui.hold import Hold
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.pages.send_page import SendPage
from rowpost.gui.state import Busy, State, Step, Work
from rowpost.gui.views.confirm import ConfirmView, confirm_view
from rowpost.gui.views.review_index import Chip
from rowpost.gui.views.sign_in import sign_in_view
from rowpost.gui.workplace import Workplace
from rowpost.model.answers import Cause
from rowpost.model.books import RowState
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session.runs import unsent
from rowpost.session.watching import Part, PartState, Wait, Watch
from tests.integration.test_diff_command import next_month
from tests.support.program import SAMPLE
from tests.support.review_book import review_book
from tests.support.window import answer, let_settle, wait_for_state, wait_until

Shown = list[QWidget]  # what a person sees then: the window, or what lies over it
Open = Callable[[Workplace], Shown]
LIVE = Target(
    "production",
    Environment.PRODUCTION,
    "https://api.amili.se/collection/v1",
    "https://auth.amili.se/token",
    "11111111-2222-4333-8444-555555555555",
    "riverside",
    "Nordre Riverside Eiendomsforvaltning og Utleie Holding AS",
)
_MANY = 43_210


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that can be seen. `enter` opens what lies over the page and returns what is then seen."""

    name: str
    state: State
    enter: Open

    def show(self, workplace: Workplace) -> Shown:
        """Put the window in this state, and wait until everything stands."""
        put(workplace, self.state)
        let_settle()
        put(workplace, self.state)  # what the page has asked for on arriving is of no interest
        wait_until(workplace.page(self.state.step).complete)
        let_settle()
        shown = self.enter(workplace)
        let_settle()
        return shown


def put(workplace: Workplace, state: State) -> None:
    """Make this the state of the window."""
    workplace.store.update(**{name: getattr(state, name) for name in State.__slots__})


def scenes(workplace: Workplace, folder: Path) -> Iterator[Scene]:
    """Do the whole job once, and name everything that is seen on the way."""
    yield from _before_reading(workplace)
    yield from _own_workbook(workplace, folder)
    yield from _sample(workplace)
    yield from _results(workplace, folder)
    yield from _follow_up(workplace)
    yield from _apart(workplace)


# -- The way ---------------------------------------------------------------------------------


def _now(workplace: Workplace, step: Step | None = None) -> State:
    state = workplace.store.state
    return replace(state, step=step or state.step, said="", busy=None)


def _before_reading(workplace: Workplace) -> Iterator[Scene]:
    wait_until(lambda: not workplace.background.busy)
    empty = _now(workplace)
    yield Scene("open-empty", empty, _window)
    locked = replace(empty, path="lønn.xlsx", trouble=Trouble("sheets.password_needed", Remedy.FIX_FILE))
    yield Scene("open-trouble", locked, _window)
    yield Scene("badge-menu", empty, _badge_menu)
    yield Scene("sign-in-new", empty, partial(_sign_in, target=None))
    yield Scene("sign-in", empty, partial(_sign_in, target="production"))
    yield Scene("live-long-name", replace(empty, target=LIVE), _window)
    test = replace(LIVE, name="staging", environment=Environment.STAGING)
    yield Scene("test-long-name", replace(empty, target=test), _window)
    yield Scene("help-from-open", replace(empty, step=Step.HELP), _window)
    yield Scene("history-empty", replace(empty, step=Step.HISTORY), _window)
    yield Scene("followup-empty", replace(empty, step=Step.FOLLOW), _window)


def _own_workbook(workplace: Workplace, folder: Path) -> Iterator[Scene]:
    """A workbook with problems of every kind."""
    workplace.open(str(review_book(folder)))
    wait_for_state(workplace, lambda state: state.opened is not None)
    yield Scene("own-open", _now(workplace, Step.OPEN), _window)
    workplace.go(Step.MAP)
    wait_for_state(workplace, lambda state: state.seen is not None)
    wait_until(lambda: not workplace.background.busy)
    yield Scene("own-map-missing", _now(workplace, Step.MAP), _window)
    workplace.deeds.columns.choose_constant("invoiceType", "PAYMENT_REMINDER")
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.index is not None)
    review = _now(workplace, Step.REVIEW)
    yield Scene("own-review", review, _window)
    yield Scene("own-review-all", review, _all_rows)
    yield Scene("own-fix-all", review, _fix_all)
    yield Scene("own-values", review, _values)
    yield Scene("own-cell-menu", review, _cell_menu)


def _sample(workplace: Workplace) -> Iterator[Scene]:
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None and "fakturaer" not in state.path)
    yield Scene("open-file", _now(workplace, Step.OPEN), _window)
    workplace.go(Step.MAP)
    wait_for_state(workplace, lambda state: state.seen is not None)
    wait_until(lambda: not workplace.background.busy)
    yield Scene("map", _now(workplace, Step.MAP), _window)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    checked = _now(workplace)
    yield Scene("review", replace(checked, step=Step.REVIEW), _window)
    plan = replace(checked, step=Step.SEND)
    yield Scene("send", plan, _window)
    yield Scene("send-payload", plan, _payload)
    yield Scene("send-live", replace(plan, target=LIVE), _window)
    yield Scene("confirm", plan, partial(_confirm, limit=1000))
    yield Scene("confirm-live", replace(plan, target=LIVE), partial(_confirm, limit=1))
    yield from _sending(plan)


def _sending(plan: State) -> Iterator[Scene]:
    parts = (
        Part(1, 100, PartState.DECIDED),
        Part(2, 100, PartState.SENT),
        Part(3, 100, PartState.NOT_KNOWN),
        Part(4, 87),
    )
    watch = Watch(total=_MANY, sent=31_700, received=30_100, decided=21_500, parts=parts[:2], seconds=71)
    running = replace(plan, busy=Busy(Work.SENDING), watch=watch)
    yield Scene("sending", running, _window)
    yield Scene("sending-paused", replace(running, paused=True), _window)
    trouble = replace(watch, parts=parts, wait=Wait("wait.leave", 12.0))
    yield Scene("sending-trouble", replace(running, watch=trouble), _window)
    assert plan.opened is not None
    assert plan.assessment is not None
    run = unsent(plan.opened, plan.assessment, plan.target, datetime.now(UTC)).summary
    lost = Hold(run, Cause("network.refused", Remedy.TRY_LATER), 18)
    yield Scene("sending-no-network", replace(plan, watch=watch, hold=lost), _window)
    refused = Hold(run, Cause("sign_in.refused", Remedy.SIGN_IN), 0)
    yield Scene("sending-sign-in", replace(plan, watch=watch, hold=refused), _window)
    yield Scene("leaving", running, _leaving)


def _results(workplace: Workplace, folder: Path) -> Iterator[Scene]:
    workplace.go(Step.SEND)
    answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(workplace, lambda state: state.result is not None and state.busy is None)
    wait_until(lambda: not workplace.background.busy)
    yield Scene("results", _now(workplace, Step.RESULTS), _window)
    result = workplace.store.state.result
    assert result is not None
    at = next(at for at, row in enumerate(result.rows) if row.state is RowState.ACCEPTED)
    rows = [*result.rows]
    rows[at] = replace(rows[at], state=RowState.NOT_KNOWN, code="row.absent")
    yield Scene("results-decide", _now(workplace), partial(_not_known, rows=tuple(rows)))
    yield Scene("history", _now(workplace, Step.HISTORY), _window)
    workplace.deeds.past.search("10201")
    wait_for_state(workplace, lambda state: state.past.found is not None and bool(state.past.found.hits))
    yield Scene("history-found", _now(workplace, Step.HISTORY), _window)
    workplace.deeds.past.search("")
    yield from _second_run(workplace, folder)


def _second_run(workplace: Workplace, folder: Path) -> Iterator[Scene]:
    first = workplace.store.state
    workplace.act("send_again")
    wait_for_state(workplace, lambda state: state.step is Step.REVIEW and state.assessment is not None)
    yield Scene("again-review", _now(workplace), _window)
    target = first.target
    workplace.deeds.reading.open(str(SAMPLE))
    wait_for_state(workplace, lambda state: state.opened is not None and state.opened.again is None)
    yield Scene("again-open", _now(workplace, Step.OPEN), _window)
    own = Path(shutil.copy(SAMPLE, folder / "own.xlsx"))
    workplace.open(str(next_month(own, folder / "desember.xlsx")))
    wait_for_state(workplace, lambda state: state.opened is not None and "desember" in state.opened.file_name)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None and state.busy is None)
    yield Scene("again-review-known", _now(workplace, Step.REVIEW), _window)
    workplace.go(Step.SEND)
    wait_for_state(workplace, lambda state: state.past.since is not None)
    yield Scene("again-send", _now(workplace), _window)
    workplace.act("since")
    wait_for_state(workplace, lambda state: state.past.difference is not None)
    yield Scene("difference", _now(workplace), _window)
    workplace.deeds.past.close_difference()
    assert workplace.store.state.target == target


def _follow_up(workplace: Workplace) -> Iterator[Scene]:
    run = next(run for run in workplace.store.state.runs if run.books.by_state.get(RowState.ACCEPTED))
    workplace.act(f"follow:{run.run}")
    wait_for_state(workplace, lambda state: state.follow.follow is not None)
    yield Scene("followup-before", _now(workplace), _window)
    workplace.act("follow_ask")
    wait_for_state(workplace, _asked)
    yield Scene("followup", _now(workplace), _window)
    workplace.act("follow_batches")
    wait_for_state(workplace, lambda state: state.follow.batches is not None and not state.follow.asking)
    from rowpost.gui.follow_state import FollowTab

    workplace.deeds.following.open_tab(FollowTab.BATCHES)
    wait_until(lambda: not workplace.background.busy)
    yield Scene("followup-batches", _now(workplace), _window)


def _asked(state: State) -> bool:
    follow = state.follow.follow
    return not state.follow.asking and follow is not None and any(line.seen for line in follow.lines)


def _apart(workplace: Workplace) -> Iterator[Scene]:
    workplace.go(Step.SETTINGS)
    wait_for_state(workplace, lambda state: state.decided is not None)
    wait_until(lambda: not workplace.background.busy)
    settings = _now(workplace)
    for share in range(4):
        yield Scene(f"settings-{share + 1}", settings, partial(_scrolled, share=share / 3))
    for chapter in (0, 3, 6, 9, 12):
        yield Scene(f"help-{chapter}", replace(settings, step=Step.HELP), partial(_chapter, at=chapter))


# -- What lies over a page ----------------------------------------------------------------------


def _window(workplace: Workplace) -> Shown:
    return [workplace.window]


def _badge_menu(workplace: Workplace) -> Shown:
    workplace.offer_targets()
    let_settle()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    return [menu]


def _sign_in(workplace: Workplace, target: str | None) -> Shown:
    session = workplace.desk.session
    known = next((one for one in session.targets() if one.name == target), None)
    view = sign_in_view(known, "", session.settings.locked, workplace.words)
    deeds = SignInDeeds(lambda *_: None, lambda *_: None, lambda found: found("key_file"))
    dialog = SignIn(workplace.window, workplace.look, workplace.words, view, deeds)
    dialog.show()
    return [dialog]


def _question(workplace: Workplace, view: ConfirmView, title: str) -> Shown:
    dialog = Question(workplace.window, view, workplace.words(title))
    dialog.show()
    return [dialog]


def _confirm(workplace: Workplace, limit: int) -> Shown:
    view = confirm_view(workplace.store.state, limit, workplace.words)
    return _question(workplace, view, "confirm.title")


def _leaving(workplace: Workplace) -> Shown:
    words = workplace.words
    view = ConfirmView(words("leave.question"), words("leave.detail"), words("leave.yes"), words("leave.no"))
    return _question(workplace, view, "leave.title")


def _review(workplace: Workplace) -> ReviewPage:
    page = workplace.page(Step.REVIEW)
    assert isinstance(page, ReviewPage)
    return page


def _all_rows(workplace: Workplace) -> Shown:
    page = _review(workplace)
    page.choose(Chip.ALL)
    page.next_problem()
    return [workplace.window]


def _fix_all(workplace: Workplace) -> Shown:
    page = _review(workplace)
    page._work.propose_fixes()
    wait_until(page.proposal.isVisible)
    return [workplace.window]


def _values(workplace: Workplace) -> Shown:
    page = _review(workplace)
    page._work.ask_for_values(6)
    wait_until(page.values.isVisible)
    return [page.values]


def _cell_menu(workplace: Workplace) -> Shown:
    page = _review(workplace)
    assert page.table is not None
    page.table.customContextMenuRequested.emit(page.table.rect().center())
    let_settle()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    return [menu]


def _payload(workplace: Workplace) -> Shown:
    page = workplace.page(Step.SEND)
    assert isinstance(page, SendPage)
    page.viewer.link.click()
    return [workplace.window]


def _not_known(workplace: Workplace, rows: tuple[object, ...]) -> Shown:
    state = workplace.store.state
    assert state.result is not None
    workplace.store.update(result=replace(state.result, rows=rows), step=Step.RESULTS)
    page = workplace.page(Step.RESULTS)
    page._chips[RowState.NOT_KNOWN].click()  # type: ignore[attr-defined]
    return [workplace.window]


def _scrolled(workplace: Workplace, share: float) -> Shown:
    from PySide6.QtWidgets import QScrollArea

    for area in workplace.page(Step.SETTINGS).findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))
    return [workplace.window]


def _chapter(workplace: Workplace, at: int) -> Shown:
    (contents,) = workplace.page(Step.HELP).findChildren(QListWidget)
    contents.setCurrentRow(min(at, contents.count() - 1))
    return [workplace.window]
