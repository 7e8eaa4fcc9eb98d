"""Follow-up in the window: asked beside other work, shown as it was answered, batches tied to runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from rowpost.followup import add_up
from rowpost.gui.follow_state import FollowTab
from rowpost.gui.pages.followup_page import FollowupPage
from rowpost.gui.state import State, Step
from rowpost.gui.table.following import COLUMNS
from rowpost.gui.views.following import CHANGED
from rowpost.gui.workplace import Workplace
from rowpost.model.books import RowState
from rowpost.model.followup import Standing
from rowpost.session import Session
from rowpost.wiring import open_session
from tests.gui.test_clipping import cut_off
from tests.safety.world import make_run, ready
from tests.support.practice import invoice
from tests.support.sent import copy_home, home_with_sample_sent
from tests.support.window import children, wait_for_state, wait_until, window_over

QUICK = ("sending.poll_first_seconds=0.05",)


def page_of(workplace: Workplace) -> FollowupPage:
    page = workplace.page(Step.FOLLOW)
    assert isinstance(page, FollowupPage)
    return page


def asked(state: State) -> bool:
    follow = state.follow.follow
    return not state.follow.asking and follow is not None and all(line.seen for line in follow.lines)


def looked_for(state: State) -> str:
    return state.follow.follow.sought if state.follow.follow else ""


def press(workplace: Workplace) -> None:
    """Press the main button."""
    workplace._press_primary()


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    """The real parts, with a practice server that is asked at once."""
    with open_session(QUICK, language="en") as made:
        yield made


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample, sent."""
    return home_with_sample_sent(tmp_path_factory.mktemp("sent"))


@pytest.fixture
def sent(qapp: QApplication, sent_once: Path, home: Path) -> Iterator[Workplace]:
    """A window over a copy of it, the run chosen on Follow-up; nobody was asked yet."""
    copy_home(sent_once)
    with open_session(QUICK, language="en") as session, window_over(qapp, session) as workplace:
        wait_for_state(workplace, lambda state: bool(state.runs))
        workplace.go(Step.FOLLOW)
        wait_for_state(workplace, lambda state: state.follow.follow is not None)
        yield workplace


@pytest.fixture
def followed(sent: Workplace) -> Workplace:
    """The same, once the agency was asked."""
    press(sent)
    wait_for_state(sent, asked)
    return sent


def test_an_empty_page_says_what_it_is_for(workplace: Workplace) -> None:
    workplace.go(Step.FOLLOW)
    texts = [made.text() for made in children(page_of(workplace), QLabel)]
    assert any("Nothing has been sent yet" in text for text in texts)
    assert workplace.window.focusWidget() is page_of(workplace).search


def test_the_latest_run_is_shown_before_anybody_is_asked(sent: Workplace) -> None:
    page = page_of(sent)
    assert page.invoices.table.table_model.rowCount() == 51
    assert page.invoices.chips[Standing.NOT_ASKED].text() == "Not asked yet 51"
    assert sent._frame.foot.sentence.text() == "51 invoices. The agency has not been asked yet."
    wait_until(lambda: page.invoices.panel.again.text() == "Ask about this invoice")


def shown(page: FollowupPage, column: str) -> list[str]:
    model = page.invoices.table.table_model
    return [model.face(row, COLUMNS.index(column)).text for row in range(model.rowCount())]


def test_chips_filter_and_headings_sort(followed: Workplace) -> None:
    page = page_of(followed)
    visible = [chip for chip, made in page.invoices.chips.items() if made.isVisible()]
    assert visible == [None, Standing.OPEN, Standing.PART, Standing.PAID, Standing.CREDITED]
    page.invoices.chips[Standing.PAID].click()
    assert shown(page, "invoice") == ["10201"]
    page.invoices.chips[None].click()
    heading = page.invoices.table.horizontalHeader()
    heading.sectionClicked.emit(COLUMNS.index("remaining"))
    amounts = [float(text.replace(",", "")) for text in shown(page, "remaining")]
    assert amounts == sorted(amounts)
    heading.sectionClicked.emit(COLUMNS.index("remaining"))
    assert shown(page, "remaining")[0] == max(
        shown(page, "remaining"), key=lambda t: float(t.replace(",", ""))
    )
    status = page.invoices.status
    status.setCurrentIndex(status.findData("PAUSED · DEBT_COLLECTION_LIST_MANUAL"))
    status.activated.emit(status.currentIndex())
    assert shown(page, "invoice") == ["10208"]


def test_many_lines_are_filtered_and_sorted_beside_the_window(
    followed: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rowpost.gui.actions.following._FEW", 10)  # as if these were many
    page = page_of(followed)
    heading, column = page.invoices.table.horizontalHeader(), COLUMNS.index("remaining")
    before = shown(page, "invoice")
    heading.sectionClicked.emit(column)
    heading.sectionClicked.emit(column)  # the first wish is overtaken
    assert shown(page, "invoice") == before, "nothing is shown by halves"
    wait_until(lambda: shown(page, "invoice") != before)
    amounts = [float(text.replace(",", "")) for text in shown(page, "remaining")]
    assert amounts == sorted(amounts, reverse=True)
    wait_until(lambda: not followed.background.busy)
    assert amounts == [float(text.replace(",", "")) for text in shown(page, "remaining")]
    page.invoices.chips[Standing.PAID].click()
    wait_until(lambda: shown(page, "invoice") == ["10201"])


def test_one_invoice_in_full_with_its_case(qapp: QApplication, followed: Workplace) -> None:
    page = page_of(followed)
    wait_for_state(followed, lambda state: state.follow.known is not None and bool(state.follow.known.found))
    qapp.processEvents()
    texts = [made.text() for made in children(page.invoices.panel, QLabel)]
    assert texts[0] == "Invoice 10201"
    assert {"Paid", "389.00\N{NO-BREAK SPACE}NOK", "Case 100001", "Payment reference", "Kari Nordvik"} <= set(
        texts
    )
    assert "Payment reminder (PAYMENT_REMINDER)" in texts
    page.invoices.panel.copy.click()
    assert '"collectionCaseNumber": 100001' in QGuiApplication.clipboard().text()
    assert page.invoices.panel.again.text() == "Ask again"
    page.invoices.panel.again.click()
    wait_until(lambda: not followed.store.state.follow.asking)
    assert followed.store.state.trouble is None


def test_amounts_are_never_cut_off(followed: Workplace) -> None:
    table = page_of(followed).invoices.table
    model, metrics = table.table_model, table.fontMetrics()
    for column in (COLUMNS.index(name) for name in ("remaining", "paid", "credited", "original")):
        widest = max(metrics.horizontalAdvance(model.face(row, column).text) for row in range(20))
        assert table.columnWidth(column) > widest


def test_totals_and_the_time_of_asking_are_told(followed: Workplace) -> None:
    texts = " ".join(made.text() for made in children(page_of(followed), QLabel))
    assert "NOK: 51 invoices" in texts
    assert "Remaining by days past due (NOK)" in texts
    assert followed._frame.foot.sentence.text().startswith("Asked at ")


def test_a_search_finds_by_number_and_says_so_if_there_is_none(followed: Workplace) -> None:
    page = page_of(followed)
    page.search.setText("10210")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    wait_for_state(
        followed, lambda state: asked(state) and bool(state.follow.follow and state.follow.follow.sought)
    )
    assert shown(page, "invoice") == ["10210"]
    assert page.run.currentIndex() == -1
    page.search.setText("nobody")
    page.seek.click()
    wait_for_state(followed, lambda state: state.follow.follow is not None and not state.follow.follow.lines)
    assert page.invoices.panel.isHidden()
    page.run.activated.emit(0)
    wait_for_state(followed, lambda state: state.follow.follow is not None and bool(state.follow.follow.run))
    assert page.invoices.table.table_model.rowCount() == 51


def test_cancel_keeps_what_was_answered(sent: Workplace) -> None:
    sent.act("follow_ask")
    sent.act("follow_cancel")
    wait_until(lambda: not sent.store.state.follow.asking and not sent.background.busy)
    assert sent.store.state.trouble is None
    assert sent.store.state.follow.follow is not None


def test_asking_ends_no_other_work(sent: Workplace) -> None:
    sent.act("follow_ask")
    assert sent.store.state.busy is None
    sent.open(str(sent.desk.session.sample))
    wait_for_state(sent, lambda state: asked(state) and state.opened is not None and state.busy is None)


def test_batches_with_their_rows(followed: Workplace) -> None:
    page = page_of(followed)
    page.tabs[FollowTab.BATCHES].click()
    press(followed)
    wait_for_state(followed, lambda state: bool(state.follow.owners))
    model = page.batches.table.table_model
    assert model.rowCount() == 1
    run = followed.store.state.runs[0].run
    assert run in [model.face(0, column).text for column in range(model.columnCount())]
    assert page.batches.rows.table_model.rowCount() == 54
    assert not page.batches.adopt.isEnabled(), "there is no run with open rows"
    page.batches.entry.setText("00000000-0000-0000-0000-000000000000")
    QTest.keyClick(page.batches.entry, Qt.Key.Key_Return)
    wait_until(lambda: followed.store.state.trouble is not None)
    trouble = followed.store.state.trouble
    assert trouble is not None
    assert trouble.code == "followup.no_such_batch"


def test_a_batch_is_tied_to_a_run_with_open_rows(workplace: Workplace, session: Session) -> None:
    target = session.target("practice")
    run = make_run(session.memory.ledger, target, ready("abc"))
    elsewhere = [json.loads(each.payload) for each in ready("ab")] + [invoice("stranger")]
    agency = session.agency(target)
    batch = agency.post_invoices(json.dumps({"invoices": elsewhere}).encode(), "uid").batch_id
    agency.close()
    workplace.deeds.results.load_runs()
    workplace.deeds.following.open_tab(FollowTab.BATCHES)
    workplace.go(Step.FOLLOW)
    wait_for_state(workplace, lambda state: bool(state.runs))
    page = page_of(workplace).batches
    assert page.run.currentData() == run
    assert not page.adopt.isEnabled()
    page.entry.setText(batch)
    QTest.keyClick(page.entry, Qt.Key.Key_Return)
    wait_for_state(workplace, lambda state: state.follow.batch is not None and not state.follow.asking)
    assert page.rows.table_model.rowCount() == 3
    page.adopt.click()
    wait_for_state(workplace, lambda state: state.follow.adoption is not None)
    model = page.rows.table_model
    assert [model.face(row, 1).text for row in range(3)] == ["a", "b", "stranger"]
    assert model.face(2, 0).text == "Not a row of this run"
    wait_for_state(workplace, lambda state: state.runs[0].books.by_state.get(RowState.ACCEPTED) == 2)
    assert workplace.store.state.trouble is None


def test_no_text_is_cut_off_in_the_batches(qapp: QApplication, followed: Workplace) -> None:
    followed.window.resize(1024, 640)
    page_of(followed).tabs[FollowTab.BATCHES].click()
    press(followed)
    wait_for_state(followed, lambda state: bool(state.follow.owners))
    qapp.processEvents()
    assert not list(cut_off(followed.window))


def test_what_changed_since_an_earlier_day_is_marked(followed: Workplace) -> None:
    follow = followed.store.state.follow.follow
    assert follow is not None
    one = follow.lines[0]
    assert one.seen is not None
    assert one.seen_at is not None
    earlier = replace(one.seen, remaining=Decimal(389), paid=Decimal(0))
    lines = [replace(one, before=earlier, before_at=one.seen_at - timedelta(days=18)), *follow.lines[1:]]
    state = followed.store.state.follow
    sums = add_up(lines, state.today)
    followed.store.update(follow=replace(state, follow=replace(follow, lines=lines), sums=sums))
    page = page_of(followed)
    assert page.invoices.chips[CHANGED].text() == "Changed 1"
    page.invoices.chips[CHANGED].click()
    assert shown(page, "invoice") == ["10201"]
    texts = [made.text() for made in children(page, QLabel)]
    assert any(text.startswith("Since ") and text.endswith(": 1 paid.") for text in texts)
    assert any(text.startswith("Before, on ") and "389.00\N{NO-BREAK SPACE}NOK" in text for text in texts)
