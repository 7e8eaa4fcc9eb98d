"""Review as a person works with it: edits judged at once, fixes, values, rows left out, corrected copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from rowpost.gui.dialogs.confirm import Question
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.parts.cell_menu import cell_menu
from rowpost.gui.parts.column_picker import ColumnPicker
from rowpost.gui.state import Step
from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.views.cell import _saying
from rowpost.gui.views.review_index import Chip
from rowpost.gui.workplace import Workplace
from rowpost.model.problems import Problem, Severity
from rowpost.model.table import VALUE
from rowpost.wiring import open_session
from tests.support.intakes import HEADINGS
from tests.support.review_book import corrected, review_book
from tests.support.window import answer, let_settle, wait_for_state, wait_until, window_over

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
DUE, CURRENCY = HEADINGS.index("Forfallsdato") + 1, len(HEADINGS) + 1


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """One window with the workbook for the tests that leave it as it was; it takes its time to make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("home")))
        with open_session(language="en") as session, window_over(qapp, session) as workplace:
            yield brought(workplace, tmp_path_factory.mktemp("book"))


@pytest.fixture
def fresh(workplace: Workplace, tmp_path: Path) -> Workplace:
    """A window of the test's own."""
    return brought(workplace, tmp_path)


def brought(workplace: Workplace, folder: Path) -> Workplace:
    """Bring a window to Review, with the workbook mapped and judged."""
    workplace.open(str(review_book(folder)))
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.deeds.columns.choose_constant("invoiceType", "PAYMENT_REMINDER")
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.index is not None)
    workplace.window.activateWindow()
    review(workplace).choose(Chip.ALL)
    return workplace


@pytest.fixture
def work(opened: Workplace) -> Iterator[Workplace]:
    """The window that is shared; what a test has done is undone."""
    begun = opened.undo.index()
    opened.window.activateWindow()  # another test may have had a window of its own
    yield opened
    opened.undo.setIndex(begun)
    opened.store.update(step=Step.REVIEW, corrected=None, said="", trouble=None)
    settled(opened)
    page = review(opened)
    page.show_proposal(None)
    page.show_row(0)


def review(work: Workplace) -> ReviewPage:
    page = work.page(Step.REVIEW)
    assert isinstance(page, ReviewPage)
    return page


@pytest.fixture
def page(work: Workplace) -> ReviewPage:
    """The page of the window that is shared."""
    return review(work)


def table(page: ReviewPage) -> SheetView:
    assert page.table is not None
    return page.table


def at(page: ReviewPage, row: int, column: int) -> None:
    """Go to a cell of the workbook."""
    assert page.sheet is not None
    page.sheet.go_to(list(page.sheet.model.rows).index(row), page.sheet.grid.grid_column(column))


def ready(work: Workplace) -> int:
    assessment = work.store.state.assessment
    assert assessment is not None
    return len(assessment.ready)


def settled(work: Workplace) -> None:
    """Wait until what was edited has been judged."""
    wait_for_state(
        work, lambda state: state.index is not None and state.index.follows(state.edits, state.left_out)
    )


def chip(page: ReviewPage, chip: Chip) -> str:
    return page.bar.chips[chip].text()


def test_an_edit_is_judged_at_once_and_nothing_jumps(work: Workplace, page: ReviewPage) -> None:
    page.choose(Chip.MUST_FIX)
    rows = list(table(page).table_model.rows)
    assert rows == [4, 6, 7, 8]
    at(page, 4, DUE)
    work.deeds.reviewing.edit(4, DUE, "2026-09-01", "change C4")
    assert page.panel.checking.isVisible()  # what the panel says is of the row before the edit
    settled(work)
    assert not page.panel.checking.isVisible()
    assert ready(work) == 27
    assert list(table(page).table_model.rows) == rows, "the row stays in view until the filter changes"
    assert chip(page, Chip.MUST_FIX) == "Must fix  3"
    assert chip(page, Chip.CHANGED) == "Changed  1"
    assert page.bar.back.text() == "Undo: change C4"
    page.bar.back.click()
    settled(work)
    assert ready(work) == 26
    assert page.bar.forth.text() == "Redo: change C4"


def test_a_number_of_another_country_leads_to_the_country(work: Workplace, page: ReviewPage) -> None:
    assert page.sheet is not None
    source, words = page.sheet.grid.source, page.words
    values = {"value": "1572881-1", "country": "FI", "iso": "FI", "other_country": "NO"}
    field = "debtors[0].organizationNumber"
    problem = Problem("id.organization_elsewhere", Severity.ERROR, field=field, values=values)
    assert not _saying(problem, source, words).actions, "the cell of the row's country is empty"
    without = replace(source, mapping=source.mapping.without("countryCode"))
    assert _saying(problem, without, words).actions == (("map:countryCode", "Go to Map"),)


def test_what_is_said_once_for_the_file_concerns_all_rows(fresh: Workplace) -> None:
    page, before = review(fresh), fresh.store.state.index
    assert not any(line.concerns_all for line in page.kinds.shown)
    fresh.deeds.columns.choose_column("description", 0)
    fresh.act("check")
    wait_for_state(fresh, lambda state: state.index is not None and state.index is not before)
    wait_until(lambda: any(line.concerns_all for line in page.kinds.shown))
    (at,) = (n for n, line in enumerate(page.kinds.shown) if line.concerns_all)
    assert page.kinds.shown[at].kind.code == "description.missing"
    assert page.kinds.item(at).text().startswith("All rows")


def test_a_field_without_a_column_leads_to_the_map(work: Workplace, page: ReviewPage) -> None:
    assert page.sheet is not None
    source, words = page.sheet.grid.source, page.words
    problem = Problem("date.not_a_date", Severity.ERROR, field="dueDate")
    assert not _saying(problem, source, words).actions
    without = replace(source, mapping=source.mapping.without("dueDate"))
    ((act, word),) = _saying(problem, without, words).actions
    assert (act, word) == ("map:dueDate", "Go to Map")
    work.act(act)
    wait_for_state(work, lambda state: state.step is Step.MAP)
    wait_until(lambda: isinstance(work.window.focusWidget(), ColumnPicker))
    picker = work.window.focusWidget()
    assert picker is not None
    assert "Due date" in picker.accessibleName()
    work.go(Step.REVIEW)


def test_the_kinds_can_be_folded_away(work: Workplace, page: ReviewPage) -> None:
    assert page.kinds.isVisible()
    page.fold.click()
    assert not page.kinds.isVisible()
    assert page.fold in page.areas()
    page.fold.click()
    assert page.kinds.isVisible()


def test_a_duplicate_is_told_to_both_rows_at_once(work: Workplace, page: ReviewPage) -> None:
    work.deeds.reviewing.edit(10, 1, "10200")
    settled(work)
    assert page.index is not None
    assert page.index.chip_of(2) is page.index.chip_of(10) is Chip.MUST_FIX
    work.undo.undo()
    settled(work)
    assert page.index.chip_of(2) is Chip.READY


def test_what_is_being_typed_is_not_disturbed(work: Workplace, page: ReviewPage) -> None:
    at(page, 10, DUE)
    view = table(page)
    view.setFocus()
    QTest.keyClicks(view, "2")
    editor = view.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "026")
    work.deeds.reviewing.edit(4, DUE, "2026-09-01")
    settled(work)
    assert editor.text() == "2026"
    QTest.keyClicks(editor, "-09-02")
    QTest.keyClick(editor, KEY.Key_Return)
    wait_for_state(work, lambda state: state.edits.get((10, DUE)) == VALUE + "46267")
    assert view.currentIndex().row() == 9, "Enter goes down"


def test_the_same_text_as_in_the_workbook_is_no_change(work: Workplace, page: ReviewPage) -> None:
    work.deeds.reviewing.edit(6, CURRENCY, "NOK")
    work.deeds.reviewing.edit(6, CURRENCY, "NOKK")
    settled(work)
    assert not work.store.state.edits
    assert chip(page, Chip.CHANGED) == "Changed  0"


def test_fix_all_shows_before_and_after_and_is_one_step(work: Workplace, page: ReviewPage) -> None:
    line = next(line for line in page.kinds.shown if line.kind.code == "enum.did_you_mean")
    page.kinds.setCurrentRow(page.kinds.shown.index(line))
    page.choose_kind(line.kind)
    page._fix.click()
    wait_until(page.proposal.isVisible)
    model = page.proposal.table.table_model
    shown = [[model.index(row, at).data() for at in range(4)] for row in range(model.rowCount())]
    assert shown == [[f"Q{row}", "Valuta", "NOKK", "NOK"] for row in (6, 7, 8)]
    assert page.proposal.yes.text() == "Change all 3"
    page.proposal.yes.click()
    settled(work)
    assert ready(work) == 29
    assert work.undo.undoText() == "fix 3 cells"
    work.undo.undo()
    settled(work)
    assert (ready(work), dict(work.store.state.edits)) == (26, {})


def test_a_proposal_can_be_refused(work: Workplace, page: ReviewPage) -> None:
    page._fix.click()
    wait_until(page.proposal.isVisible)
    QTest.keyClick(page.proposal, KEY.Key_Escape)
    assert page.proposal.isHidden()
    assert not work.store.state.edits


def test_the_one_suggestion_for_this_cell_or_all_like_it(work: Workplace, page: ReviewPage) -> None:
    at(page, 7, CURRENCY)
    view = page.panel.view
    assert (view.suggestion, view.others, view.address) == ("NOK", (6, 8), "Fakturaer!Q7")
    page.panel.same.setFocus()
    QTest.keyClick(page.panel.same, KEY.Key_Return)
    settled(work)
    assert ready(work) == 29
    assert len(work.store.state.edits) == 3
    assert page.panel.view.original == "NOKK"


def test_a_row_is_left_out_by_a_key_and_taken_back(work: Workplace, page: ReviewPage) -> None:
    at(page, 4, DUE)
    QTest.keyClick(table(page), KEY.Key_L, CONTROL)
    settled(work)
    assert work.store.state.left_out == {4}
    assert chip(page, Chip.LEFT_OUT) == "Left out  1"
    assert chip(page, Chip.MUST_FIX) == "Must fix  3"
    assert page.panel.view.can_take_in
    QTest.keyClick(table(page), KEY.Key_L, CONTROL)
    settled(work)
    assert not work.store.state.left_out
    assert chip(page, Chip.MUST_FIX) == "Must fix  4"


def test_the_values_of_a_column_filter_and_replace(work: Workplace, page: ReviewPage) -> None:
    at(page, 2, CURRENCY)
    table(page).setFocus()
    QTest.keyClick(table(page), KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    wait_until(page.values.isVisible)
    texts = [page.values.values.item(row).text() for row in range(page.values.values.count())]
    assert texts == ["NOK  ·  27", "NOKK  ·  3"]
    QTest.keyClicks(page.values.search, "kk")
    QTest.keyClick(page.values.search, KEY.Key_Return)
    wait_until(lambda: list(table(page).table_model.rows) == [6, 7, 8])
    assert page.bar.value.text() == "Valuta: NOKK"
    page._work.replace(CURRENCY, "NOKK", "NOK")
    wait_until(page.proposal.isVisible)
    page.proposal.yes.click()
    settled(work)
    assert ready(work) == 29
    page.bar.value.click()
    assert table(page).table_model.rowCount() == 30


def test_the_first_problem_is_gone_to_without_scrolling_further_than_it_needs(workplace: Workplace) -> None:
    workplace.window.resize(1280, 800)
    workplace.open_sample()
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.step is Step.REVIEW)
    let_settle()
    view = table(review(workplace))
    here = view.currentIndex().column()
    assert here > 0
    right = view.columnViewportPosition(here) + view.columnWidth(here) + view.horizontalScrollBar().value()
    assert view.horizontalScrollBar().value() == max(0, right - view.viewport().width())


def test_no_heading_runs_into_the_arrow_to_its_values(page: ReviewPage) -> None:
    headings = table(page).headings
    picture = headings.grab().toImage()
    for column in range(1, headings.count()):
        arrow = headings._arrow(column)
        if arrow.left() >= 0 and arrow.right() < headings.width():
            beside = {picture.pixel(arrow.left(), y) for y in range(4, headings.height() - 8)}
            assert len(beside) == 1, f"column {column}"


def test_a_kind_leads_to_its_first_cell(page: ReviewPage) -> None:
    page.choose(Chip.ALL)
    at(page, 4, CURRENCY)
    kinds = [(one.kind.code, one.kind.path) for one in page.kinds.shown]
    place = kinds.index(("value.missing", "dueDate"))
    page.kinds.setCurrentRow(place)
    page.choose_kind(page.kinds.shown[place].kind)
    assert page.sheet is not None
    assert (page.sheet.excel_row(), page.sheet.excel_column()) == (4, DUE)
    page.choose(Chip.ALL)


def test_search_and_group_narrow_each_other(page: ReviewPage) -> None:
    page.bar.search.setText("prøve 1")
    wait_until(lambda: table(page).table_model.rowCount() == 11)
    page.choose(Chip.MUST_FIX)
    assert table(page).table_model.rowCount() == 0
    page.show_row(4)
    assert page.sheet is not None
    assert page.sheet.excel_row() == 4


def test_a_block_that_is_too_large_says_what_was_left_away(work: Workplace, page: ReviewPage) -> None:
    at(page, 31, CURRENCY)
    QGuiApplication.clipboard().setText("SEK\tx\nSEK\ty\n")
    QTest.keyClick(table(page), KEY.Key_V, CONTROL)
    wait_for_state(work, lambda state: dict(state.edits) == {(31, CURRENCY): "SEK"})
    assert page.notices.isVisible()
    page.say()
    assert page.notices.isHidden()


def test_one_copied_cell_goes_into_all_that_are_selected(work: Workplace, page: ReviewPage) -> None:
    view = table(page)
    at(page, 6, CURRENCY)
    column, model = view.currentIndex().column(), view.table_model
    rows = QItemSelection(model.index(4, column), model.index(6, column))
    view.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    QGuiApplication.clipboard().setText("NOK")
    QTest.keyClick(view, KEY.Key_V, CONTROL)
    wait_for_state(work, lambda state: len(state.edits) == 3)
    assert work.undo.undoText() == "paste 3 cells"
    QTest.keyClick(view, KEY.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == "NOK\nNOK\nNOK"
    assert set(work.store.state.edits.values()) == {""}


def test_a_still_column_is_edited_where_it_is_seen(work: Workplace, page: ReviewPage) -> None:
    view = table(page)
    at(page, 2, CURRENCY)
    at(page, 2, 1)
    view.setFocus()
    QTest.keyClicks(view, "7")
    (editor,) = [one for one in view.findChildren(QLineEdit) if one.isVisible()]
    QTest.keyClicks(editor, "77")
    assert editor.mapTo(view, QPoint(0, 0)).x() < view.width() // 2
    QTest.keyClick(editor, KEY.Key_Tab)
    wait_for_state(work, lambda state: state.edits.get((2, 1)) == "777")
    assert view.currentIndex().column() == 2
    assert page.sheet is not None
    assert page.sheet.excel_row() == 2


def test_tab_enter_and_their_opposites_move_as_in_excel(page: ReviewPage) -> None:
    view = table(page)
    at(page, 2, DUE)
    view.setFocus()
    row, column = view.currentIndex().row(), view.currentIndex().column()
    for key, modifiers, place in (
        (KEY.Key_Tab, Qt.KeyboardModifier.NoModifier, (row, column + 1)),
        (KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, (row, column)),
        (KEY.Key_Return, Qt.KeyboardModifier.NoModifier, (row + 1, column)),
        (KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier, (row, column)),
        (KEY.Key_Enter, Qt.KeyboardModifier.KeypadModifier, (row + 1, column)),
    ):
        QTest.keyClick(view, key, modifiers)
        assert (view.currentIndex().row(), view.currentIndex().column()) == place
        assert view.hasFocus()
    last = view.table_model.columnCount() - 1
    view.setCurrentIndex(view.table_model.index(row, last))
    QTest.keyClick(view, KEY.Key_Tab)
    assert not view.hasFocus(), "the table is no trap"
    assert view.currentIndex().column() == last


def test_enter_after_typing_goes_down_by_one_row(work: Workplace, page: ReviewPage) -> None:
    page.choose(Chip.ALL)
    view = table(page)
    at(page, 2, DUE)
    view.setFocus()
    row = view.currentIndex().row()
    QTest.keyClicks(view, "01.09.2026")
    (editor,) = [one for one in view.findChildren(QLineEdit) if one.isVisible()]
    QTest.keyClick(editor, KEY.Key_Return)
    wait_for_state(work, lambda state: (2, DUE) in state.edits)
    let_settle()
    assert view.currentIndex().row() == row + 1
    settled(work)


def test_before_sending_all_rows_are_judged_together(fresh: Workplace) -> None:
    page = review(fresh)
    fresh.deeds.reviewing.edit(4, DUE, "2026-09-01")
    settled(fresh)
    assert fresh.store.state.provisional
    fresh.go(Step.SEND)
    wait_for_state(fresh, lambda state: state.sendable == 27)
    assert fresh.store.state.step is Step.SEND
    assert fresh.store.state.index is not page.index


def test_what_was_sent_is_shown_as_sent_and_only_the_rest_is_offered(fresh: Workplace) -> None:
    page = review(fresh)
    fresh.go(Step.SEND)
    answer(lambda: fresh.act("confirm_send"), lambda question: question.yes.click())
    wait_for_state(fresh, lambda state: state.result is not None)
    fresh.go(Step.REVIEW)
    wait_for_state(fresh, lambda state: state.assessment is not state.sent and state.busy is None)
    assert page.index is not None
    sent = list(page.index.rows(Chip.SENT))
    assert len(sent) == 26
    assert chip(page, Chip.SENT) == "Sent earlier  26"
    assert fresh.store.state.sendable == 0
    assert not page.index.marked_columns(sent[0]), "what is done carries no mark"
    fresh.deeds.reviewing.edit(4, DUE, "2026-09-01")
    settled(fresh)
    assert page.index is not None
    assert list(page.index.rows(Chip.READY)) == [4]


def saved_copy(work: Workplace, path: Path) -> Path:
    """Save the problem workbook as the window does."""
    state, session = work.store.state, work.desk.session
    opened, assessment = state.opened, state.assessment
    assert opened is not None
    assert assessment is not None
    session.write_problems(opened, assessment, path)
    return path


def test_a_corrected_copy_is_merged_in_one_step(work: Workplace, page: ReviewPage, tmp_path: Path) -> None:
    copy = saved_copy(work, tmp_path / "copy.xlsx")
    corrected(copy, {f"C{4}": date(2026, 9, 3), "Q6": "NOK"})
    work.open(str(copy))
    wait_for_state(work, lambda state: state.corrected is not None)
    assert page.proposal.isVisible()
    assert page.proposal.yes.text() == "Take all 2 over"
    page.proposal.yes.click()
    settled(work)
    assert dict(work.store.state.edits) == {(4, DUE): "2026-09-03", (6, CURRENCY): "NOK"}
    assert (ready(work), work.store.state.corrected) == (28, None)
    assert work.undo.undoText() == "take over 2 corrections"
    work.undo.undo()
    settled(work)
    assert not work.store.state.edits


def test_what_the_copy_cannot_keep_is_said_before_it_is_saved(
    fresh: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = fresh.store.state
    assert state.opened is not None
    plain = tmp_path / "rows.csv"
    plain.write_text("Fakturanr;Restbeløp\n1;2\n", "utf-8")
    fresh.store.update(opened=replace(state.opened, path=str(plain), sha256=""))
    out = tmp_path / "problems.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    told: list[str] = []

    def save() -> None:
        before = len(told)
        fresh.deeds.files.save_problems()
        wait_until(lambda: len(told) > before)

    def press(question: Question, button: QPushButton) -> None:
        said = [made.text() for made in question.findChildren(QLabel)]
        button.click()
        told.append(" ".join(said))

    answer(save, lambda question: press(question, question.no))
    assert "rows.csv cannot be copied as it is. A new workbook holds its cells" in told[0]
    assert not out.exists()
    answer(save, lambda question: press(question, question.yes))
    wait_for_state(fresh, lambda state: bool(state.said))
    assert out.exists()
    assert str(out) in fresh.store.state.said


def test_a_formula_without_its_result_is_passed_over_and_told(
    work: Workplace, page: ReviewPage, tmp_path: Path
) -> None:
    copy = saved_copy(work, tmp_path / "copy.xlsx")
    corrected(copy, {"Q6": "NOK", "B4": '=CONCATENATE("1","2")'})
    work.open(str(copy))
    wait_for_state(work, lambda state: state.corrected is not None)
    assert page.proposal.yes.text() == "Take it over"
    said = " ".join(made.text() for made in page.proposal.findChildren(QLabel))
    assert "1 cell holds a formula that was saved without its result and is passed over: B4." in said
    page.proposal.yes.click()
    settled(work)
    assert dict(work.store.state.edits) == {(6, CURRENCY): "NOK"}


def test_a_copy_without_corrections_is_said_to_be_one(work: Workplace, tmp_path: Path) -> None:
    copy = saved_copy(work, tmp_path / "copy.xlsx")
    work.open(str(copy))
    wait_for_state(work, lambda state: bool(state.said))
    assert work.store.state.step is Step.REVIEW
    assert work.store.state.opened is not None
    assert work.store.state.opened.file_name == "fakturaer.xlsx"


def test_another_workbook_is_opened_as_such(fresh: Workplace, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = review_book(folder)
    corrected(other, {"A2": "99001"})  # the same bytes would be the same workbook, whose work is brought back
    fresh.open(str(other))
    wait_for_state(fresh, lambda state: state.path == str(other))
    assert fresh.store.state.step is Step.OPEN
    assert fresh.store.state.index is None


def test_the_menu_of_a_cell_says_what_can_be_done(work: Workplace, page: ReviewPage) -> None:
    work.deeds.reviewing.edit(4, DUE, "2026-09-01")
    settled(work)
    at(page, 4, DUE)
    made = cell_menu(table(page), page.panel.view, page.words, lambda: None, work.undo.undo)
    texts = [action.text().partition("\t")[0] for action in made.actions() if action.text()]
    assert texts[:5] == ["Cut", "Copy", "Paste", "Fill down", "Empty"]
    assert texts[6:] == ["Take the workbook's value again", "Leave this row out (Ctrl+L)"]
    made.actions()[-1].trigger()
    assert not work.store.state.edits


def test_an_undone_mapping_is_judged_again_where_a_person_is(fresh: Workplace) -> None:
    page = review(fresh)
    for _ in range(2):
        fresh.store.update(assessment=None, index=None)
        wait_for_state(fresh, lambda state: state.index is not None and state.busy is None)
    assert (fresh.store.state.step, page.index) == (Step.REVIEW, fresh.store.state.index)


def test_the_model_over_the_review_grid_keeps_the_rules(work: Workplace, page: ReviewPage) -> None:
    tester = QAbstractItemModelTester(
        table(page).table_model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    work.deeds.reviewing.edit(4, DUE, "2026-09-01")
    settled(work)
    page.choose(Chip.READY)
    page.choose(Chip.ALL)
    assert tester.model() is table(page).table_model


def test_a_cell_says_its_sentence_to_a_screen_reader(page: ReviewPage) -> None:
    at(page, 4, DUE)
    said = table(page).currentIndex().data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Enter: Due date."
