"""Results: what became of every row, and what a person can do about the rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from rowpost.gui.dialogs.confirm import Question
from rowpost.gui.pages.results_page import ResultsPage
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.parts.value_text import LongText, value_text
from rowpost.gui.state import State, Step
from rowpost.gui.table.blocks import from_text
from rowpost.gui.table.results import DEBTOR, REASON, ResultsGrid
from rowpost.gui.table.view import TableView
from rowpost.gui.views.concerned import field_concerned
from rowpost.gui.views.foot import foot_view
from rowpost.gui.views.frame import frame_view
from rowpost.gui.views.results import cells_text, result_line, results_view, table_text
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.model.books import RowState
from rowpost.model.results import RunResult
from rowpost.model.targets import Environment
from rowpost.session import files_out
from tests.support.pdf import read_pdf
from tests.support.runs import PRACTICE, made_result, made_run
from tests.support.window import answer, let_settle, wait_for_state, wait_until


@pytest.fixture
def sent(workplace: Workplace) -> Workplace:
    """The sample, sent: three rows are rejected."""
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    answer(lambda: workplace.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(workplace, lambda state: state.result is not None)
    return workplace


def result_of(workplace: Workplace) -> RunResult:
    assert workplace.store.state.result is not None
    return workplace.store.state.result


def again(workplace: Workplace) -> None:
    foot = foot_view(workplace.store.state, workplace.words)
    assert foot.action == "send_again"
    assert "3" in foot.word
    workplace.act(foot.action)
    wait_for_state(workplace, lambda state: state.step is Step.REVIEW and state.assessment is not None)


def test_the_rejected_are_fixed_and_sent_again_and_nothing_else(sent: Workplace) -> None:
    first = result_of(sent)
    rejected = [row.rows[0] for row in first.rows if row.state is RowState.REJECTED]
    again(sent)
    state = sent.store.state
    assert state.assessment is not None
    assert [invoice.rows[0] for invoice in state.assessment.ready] == rejected
    reasons = [one for one in state.assessment.problems if one.code == "rejected.before"]
    assert [one.row for one in reasons] == rejected, "the agency's reasons stand at the rows"
    review = sent.page(Step.REVIEW)
    assert isinstance(review, ReviewPage)
    assert review.sheet is not None
    assert list(review.sheet.view.table_model.rows) == rejected
    answer(lambda: sent.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(sent, lambda state: state.result is not None and state.result is not first)
    second = result_of(sent)
    assert second.summary.follows == first.summary.run
    assert second.summary.books.by_state[RowState.LEFT_OUT] == second.summary.books.rows - len(rejected)


def test_the_link_leads_there_and_back(sent: Workplace) -> None:
    first = result_of(sent)
    again(sent)
    answer(lambda: sent.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(sent, lambda state: state.result is not None and state.result is not first)
    second = result_of(sent).summary.run
    (back,) = (name for name in actions(sent) if name.startswith("run:"))
    sent.act(back)
    wait_for_state(sent, lambda state: result_of(sent).summary.run == first.summary.run)
    assert f"run:{second}" in actions(sent)


def test_the_reason_has_the_room_that_is_left(sent: Workplace) -> None:
    sent.window.resize(1280, 800)
    let_settle()
    (table,) = sent.page(Step.RESULTS).findChildren(TableView)
    assert sum(table.columnWidth(at) for at in range(6)) == table.viewport().width()
    assert not table.isColumnHidden(DEBTOR)
    sent.window.resize(1024, 640)
    let_settle()
    assert table.isColumnHidden(DEBTOR), "the panel names it too"
    assert table.columnWidth(REASON) >= 100


def actions(workplace: Workplace) -> list[str]:
    view = results_view(result_of(workplace), workplace.words)
    return [name for notice in view.notices for name, _ in notice.actions]


def test_a_run_of_last_week_is_read_as_it_was_read_then(sent: Workplace) -> None:
    first = result_of(sent)
    mapping = sent.store.state.mapping
    sent.store.update(opened=None, mapping=None, assessment=None, index=None, step=Step.RESULTS)
    again(sent)
    assert sent.store.state.mapping == mapping
    assert sent.store.state.opened is not None
    assert sent.store.state.opened.again is not None
    assert sent.store.state.opened.again.run == first.summary.run


def test_a_receipt_is_saved_from_the_window(
    sent: Workplace, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path_factory.mktemp("out") / "receipt.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    sent.act("save_receipt")
    wait_for_state(sent, lambda state: bool(state.said))
    assert result_of(sent).summary.run in read_pdf(path.read_bytes()).text


def test_the_table_is_copied_as_it_is_filtered(sent: Workplace) -> None:
    page = sent.page(Step.RESULTS)
    assert isinstance(page, ResultsPage)
    (copy,) = (one for one in page.findChildren(QPushButton) if one.text() == sent.words("results.copy"))
    copy.click()
    wait_until(lambda: bool(sent.store.state.said))
    lines = from_text(QGuiApplication.clipboard().text())
    assert len(lines) == 4
    assert {line[5] for line in lines[1:]} == {sent.words("row.rejected")}


def test_a_rejection_names_the_debtor_until_the_run_is_forgotten(sent: Workplace) -> None:
    sent.window.resize(1280, 800)
    let_settle()
    page, state = sent.page(Step.RESULTS), sent.store.state
    assert isinstance(page, ResultsPage)
    assert page._table is not None
    assert state.result is not None
    model = page._table.table_model
    assert model.headerData(DEBTOR, Qt.Orientation.Horizontal) == "Debtor"
    names = {model.face(row, DEBTOR).text for row in range(model.rowCount())}
    rejected = [row for row in state.result.rows if row.state is RowState.REJECTED]
    assert names == {row.debtor for row in rejected}
    assert all(names)
    assert ("Debtor", rejected[0].debtor) in result_line(rejected[0], sent.words).facts
    assert not page._table.isColumnHidden(DEBTOR)
    forgotten = replace(state.result.summary, forgotten_at=state.result.summary.created_at)
    sent.store.update(result=replace(state.result, summary=forgotten))
    assert page._table.isColumnHidden(DEBTOR), "nothing is to be seen there any more"


def test_what_only_a_person_can_decide_needs_a_reason(words: Words) -> None:
    codes = {"row.contradiction": 2, "row.different": 2, "row.doubled": 2, "row.absent": 3, "row.received": 0}
    for code, count in codes.items():
        line = made_result((4,), RowState.NOT_KNOWN, code=code)
        assert len(result_line(line, words).decisions) == count


def test_a_row_is_closed_only_with_a_reason(sent: Workplace) -> None:
    seen = []

    def look(question: object) -> None:
        seen.append((question.yes.isEnabled(), question.entry.isVisible()))  # type: ignore[attr-defined]
        question.no.click()  # type: ignore[attr-defined]

    row = next(row for row in result_of(sent).rows if row.state is RowState.ACCEPTED).rows[0]
    answer(lambda: sent.act(f"close_there:{row}"), look)
    assert seen == [(False, True)]
    assert sent.store.state.busy is None


TEXTS = [
    ("debtors[0].organizationNumber: does not add up", "organizationNumber"),
    ("The dueDate lies before the invoiceDate", None),
    ("the name of this type is not known", None),
]


@pytest.mark.parametrize(("text", "name"), TEXTS)
def test_the_field_that_a_reason_speaks_of(words: Words, text: str, name: str | None) -> None:
    found = field_concerned(text, words.catalog)
    assert (found.path.rpartition(".")[2] if found else None) == name


@given(st.text(max_size=40))
def test_a_copied_text_is_never_a_formula(text: str) -> None:
    catalog_free = made_run([made_result((4,), RowState.REJECTED, raw=text, code="row.rejected")], sheet="A")
    words = _english()
    lines = from_text(table_text(catalog_free, None, words))
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def _english() -> Words:
    from rowpost.wording import Wording
    from tests.support.catalogs import invoice_catalog

    return Words(Wording("en", invoice_catalog()), invoice_catalog())


@given(st.text(max_size=40))
def test_a_copied_cell_is_never_a_formula(text: str) -> None:
    run = made_run([made_result((4,), RowState.REJECTED, raw=text, code="row.rejected")], sheet="A")
    ((state, reason),) = from_text(cells_text(ResultsGrid(run, _english()), [0], [0, 3]))
    assert state == "Rejected"
    assert not reason.startswith(("=", "+", "-", "@"))


def test_the_selected_cells_are_copied_and_no_hidden_ones(sent: Workplace) -> None:
    page = sent.page(Step.RESULTS)
    assert isinstance(page, ResultsPage)
    (table,) = page.findChildren(TableView)
    sent.window.resize(1280, 800)
    let_settle()
    page._filter(RowState.ACCEPTED)
    first, last = table.table_model.index(1, 1), table.table_model.index(2, 3)
    table.selectionModel().select(
        QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: sent.store.state.said == sent.words("results.cells_copied"))
    lines = from_text(QGuiApplication.clipboard().text())
    accepted = [line for line in result_of(sent).rows if line.state is RowState.ACCEPTED]
    assert [line[0] for line in lines] == [line.invoice_number for line in accepted[1:3]]
    assert {len(line) for line in lines} == {3}
    table.setColumnHidden(2, True)
    page._copy_cells()
    wait_until(lambda: {len(line) for line in from_text(QGuiApplication.clipboard().text())} == {2})


def test_amounts_stay_numbers_when_they_are_copied(words: Words) -> None:
    run = made_run([made_result((4,), RowState.ACCEPTED, "1234.50")], sheet="A")
    (_, line) = from_text(table_text(run, None, words))
    assert line[3] == words.wording.write(Decimal("1234.50"))


def test_what_a_copy_cannot_keep_is_said_before_it_is_saved(
    sent: Workplace, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path_factory.mktemp("out") / "results.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    run = result_of(sent)
    gone = replace(run.summary, file_path=str(out.parent / "gone.xlsx"), file_name="gone.xlsx")
    losses = sent.desk.session.results_losses(run.summary.run, out)
    assert not losses, "the sample is there, and all of it is kept"
    lost = files_out.results_losses(replace(run, summary=gone), out)
    assert [one.code for one in lost] == ["reports.source_gone"]
    files = sent.deeds.files
    asked: list[str] = []

    def save() -> None:
        before = len(asked)
        session = sent.desk.session
        files._save_copy(
            "Results", "r.xlsx", lambda _: lost, lambda path: session.write_results(run.summary.run, path)
        )
        wait_until(lambda: len(asked) > before)

    def press(question: Question, button: QPushButton) -> None:
        button.click()
        asked.append(question.windowTitle())

    answer(save, lambda question: press(question, question.no))
    assert not out.exists()
    answer(save, lambda question: press(question, question.yes))
    wait_for_state(sent, lambda state: bool(state.said))
    assert out.exists()
    assert asked == ["Results", "Results"]


def test_what_was_edited_before_sending_stands_in_the_results(workplace: Workplace, tmp_path: Path) -> None:
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    state, session = workplace.store.state, workplace.desk.session
    assert state.opened is not None
    assert state.assessment is not None
    edited = replace(state.opened, table=state.opened.table.with_edits({(4, 1): "=A-1"}))
    target = session.target(state.target.name)
    run = session.create_run(edited, state.assessment, target, mapping=state.mapping)
    out = tmp_path / "results.xlsx"
    assert session.write_results(run, out) == ()
    cell = openpyxl.load_workbook(out)[edited.table.sheet]["A4"]
    assert cell.value == "=A-1"
    assert cell.comment is not None
    assert "10201" in cell.comment.text


def test_a_row_that_stayed_is_told_without_gaps(words: Words) -> None:
    line = made_result((8,), RowState.NOT_FIT, code="date.due_before_invoice")
    said = result_line(line, words).ours
    assert said == "Due before the invoice"
    assert said in table_text(made_run([line], sheet="S"), None, words)
    assert ResultsGrid(made_run([line], sheet="S"), words).face(0, 4).text == said


def test_a_row_that_the_agency_has_received_waits_for_its_answer(words: Words) -> None:
    run = made_run([made_result((8,), RowState.NOT_KNOWN, code="row.received")], sheet="S")
    face = ResultsGrid(run, words).face(0, 0)
    assert (face.text, face.symbol) == ("Sent – waiting for Amili", "waiting")
    assert result_line(run.rows[0], words).state == face.text


def test_results_say_where_the_rows_went_whatever_is_chosen_now(words: Words) -> None:
    run = made_run([made_result((8,), RowState.ACCEPTED)], sheet="S", file="b.xlsx")
    live = replace(PRACTICE, name="production", environment=Environment.PRODUCTION)
    run = replace(run, summary=replace(run.summary, target=live))
    state = State(PRACTICE, Step.RESULTS, result=run)
    view = frame_view(state, words)
    assert view.badge.environment is Environment.PRODUCTION
    assert view.subtitle == "b.xlsx · sent 21.11.2026 10:30 · Riverside AS"
    assert frame_view(replace(state, step=Step.SEND), words).badge.environment is Environment.PRACTICE


def test_an_invoice_of_three_rows_is_counted_as_one_beside_its_table(words: Words) -> None:
    run = made_run(
        [made_result((8, 9, 10), RowState.ACCEPTED), made_result((11,), RowState.LEFT_OUT)], sheet="S"
    )
    view = results_view(run, words)
    foot = foot_view(State(PRACTICE, Step.RESULTS, result=run), words)
    assert foot.sentence == "1 accepted, 1 left out."
    assert view.chips[RowState.ACCEPTED] == "Accepted  1"
    assert "4 rows" in view.books


def test_the_next_thing_to_do_after_sending(sent: Workplace, words: Words) -> None:
    state = sent.store.state
    foot = foot_view(state, words)
    assert (foot.second_action, foot.second_word) == ("go:review", "Fix the 6 rows that stayed")
    elsewhere = replace(state, opened=None, assessment=None)
    assert foot_view(elsewhere, words).second_action == "choose_file"
    cut_off = made_run([made_result((8,), RowState.WAITING), made_result((9,), RowState.REJECTED)], sheet="S")
    foot = foot_view(replace(elsewhere, result=cut_off), words)
    assert (foot.action, foot.second_action) == ("resume", "send_again")


def test_tab_goes_from_the_rows_to_what_can_be_saved(sent: Workplace) -> None:
    page = sent.page(Step.RESULTS)
    assert isinstance(page, ResultsPage)
    (table,) = page.areas()
    following = table.nextInFocusChain()
    while not following.focusPolicy() & Qt.FocusPolicy.TabFocus:
        following = following.nextInFocusChain()
    assert isinstance(following, QPushButton)
    assert following.text() == "Save results…"


def test_a_long_reference_is_broken_into_lines_and_copied_whole(qapp: QApplication) -> None:
    case = "76774963-4f64-594e-b930-8ce7f85bb1aa"
    made = value_text("Case", case)
    assert isinstance(made, LongText)
    made.setFixedWidth(140)
    made.show()
    let_settle()
    document = made.document()
    assert document.size().width() <= 140
    assert document.size().height() > 1.5 * made.fontMetrics().height()
    assert made.height() >= document.size().height()
    made.selectAll()
    made.copy()
    assert QGuiApplication.clipboard().text() == case
    made.deleteLater()
    assert not isinstance(value_text("Reason", "A sentence of short words"), LongText)
