"""The whole way in the window, over the real parts and the practice server."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rowpost.gui.actions.desk import LEDGER
from rowpost.gui.pages.results_page import ResultsPage
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.state import State, Step, Work
from rowpost.gui.views.foot import foot_view
from rowpost.gui.views.frame import frame_view
from rowpost.gui.views.review_index import Chip
from rowpost.gui.workplace import Workplace
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus
from tests.support.window import answer, wait_for_state


@pytest.fixture
def reviewed(workplace: Workplace) -> Workplace:
    """The sample, read, mapped and judged."""
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    return workplace


def test_steps_open_one_after_the_other(workplace: Workplace) -> None:
    workplace.go(Step.MAP)
    assert workplace.store.state.step is Step.OPEN
    workplace.go(Step.HELP)
    assert workplace.store.state.step is Step.HELP


def test_the_sample_ends_on_results_that_balance(reviewed: Workplace) -> None:
    assert reviewed.store.state.step is Step.REVIEW
    count = reviewed.store.state.sendable
    answer(lambda: reviewed.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(reviewed, lambda state: state.result is not None)
    result = reviewed.store.state.result
    assert result is not None
    assert result.summary.books.balanced
    assert result.summary.books.by_state[RowState.ACCEPTED] == count - 3
    rejected = [row for row in result.rows if row.state is RowState.REJECTED]
    assert all(row.reason_raw for row in rejected)
    assert isinstance(reviewed.page(Step.RESULTS), ResultsPage)
    assert reviewed.store.state.sendable == 0, "the same is never offered twice"


def test_nothing_is_sent_after_going_back(reviewed: Workplace) -> None:
    answer(lambda: reviewed.act("confirm_send"), lambda question: question.no.click())
    assert reviewed.store.state.busy is None
    assert reviewed.store.state.sendable > 0


def test_an_edit_is_judged_again_and_can_be_undone(reviewed: Workplace) -> None:
    review = reviewed.page(Step.REVIEW)
    assert isinstance(review, ReviewPage)
    before = reviewed.store.state.sendable
    row, column = _first_due_date_before_the_invoice(reviewed.store.state)
    reviewed.deeds.reviewing.edit(row, column, "01.12.2025")
    reviewed.deeds.reviewing.edit(row, column, "28.10.2026")
    wait_for_state(reviewed, lambda state: ready(state) == before + 1)
    assert reviewed.store.state.sendable == 0, "nothing is sent before all rows are judged together"
    foot = foot_view(replace(reviewed.store.state, step=Step.SEND), reviewed.words)
    assert not foot.enabled
    assert str(before + 1) in foot.word, "it is not said that none will be sent"
    assert review.index is not None
    assert review.index.chip_of(row) is Chip.READY
    assert review.index.count(Chip.CHANGED) == 1
    reviewed.undo.undo()
    reviewed.undo.undo()
    wait_for_state(reviewed, lambda state: ready(state) == before)
    assert not reviewed.store.state.edits
    reviewed.go(Step.SEND)
    wait_for_state(reviewed, lambda state: state.sendable == before)


def ready(state: State) -> int:
    return len(state.assessment.ready) if state.assessment else 0


def _first_due_date_before_the_invoice(state: State) -> tuple[int, int]:
    assert state.assessment is not None
    found = next(one for one in state.assessment.problems if one.code == "date.due_before_invoice")
    return found.where[0].row, found.where[0].column


def test_every_problem_is_reached_by_f8_alone(reviewed: Workplace) -> None:
    review = reviewed.page(Step.REVIEW)
    assert isinstance(review, ReviewPage)
    assert review.table is not None
    assert review.index is not None
    index = review.index
    marked = {(row, at) for row in index.rows(Chip.ALL) for at in index.marked_columns(row)}
    seen = set()
    for _ in marked:
        at = review.table.currentIndex()
        row = review.table.table_model.rows[at.row()]
        seen.add((row, review.grid_column_in_excel(at.column())))
        QTest.keyClick(review.table, Qt.Key.Key_F8)
    assert seen == marked


def test_what_will_be_sent_is_shown_digit_by_digit(reviewed: Workplace) -> None:
    review = reviewed.page(Step.REVIEW)
    assert isinstance(review, ReviewPage)
    assert review.index is not None
    invoice = review.index.invoice_at(4)
    assert invoice is not None
    assert invoice.amount == Decimal("389.00")
    review.show_row(4)
    assert "389.00" in review.panel.document_text


def test_an_interrupted_run_is_met_at_the_next_start_and_finished(reviewed: Workplace) -> None:
    state = reviewed.store.state
    assert state.opened is not None
    assert state.assessment is not None
    opened, assessment, session = state.opened, state.assessment, reviewed.desk.session
    reviewed.desk.begin(
        Work.LOOKING,
        lambda _stop, _told: session.create_run(opened, assessment, state.target),
        lambda _run: reviewed.deeds.results.load_runs(),
        lane=LEDGER,
    )
    wait_for_state(reviewed, lambda state: len(state.runs) == 1)
    reviewed.store.update(opened=None, step=Step.OPEN)
    (bar,) = frame_view(reviewed.store.state, reviewed.words).notices
    reviewed.act(bar.actions[0][0])
    wait_for_state(reviewed, lambda state: state.step is Step.RESULTS)
    reviewed.act("resume")
    wait_for_state(reviewed, lambda state: state.step is Step.RESULTS and state.busy is None)
    result = reviewed.store.state.result
    assert result is not None
    assert result.summary.books.by_state[RowState.ACCEPTED] > 0
    assert not result.summary.books.by_state.get(RowState.WAITING)


def test_stopping_after_a_part_loses_nothing(workplace: Workplace) -> None:
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())
    workplace.act("stop_after_part")
    wait_for_state(workplace, lambda state: state.result is not None)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.books.balanced
    workplace.act("resume")
    wait_for_state(workplace, lambda state: state.busy is None)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.status is RunStatus.DONE
