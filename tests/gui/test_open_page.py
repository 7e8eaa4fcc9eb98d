"""The Open page: facts with their cures, another sheet or heading row by keyboard, all of it undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from rowpost.gui.pages.open_page import OpenPage
from rowpost.gui.state import State, Step
from rowpost.gui.table.preview import PreviewGrid, preview_rows
from rowpost.gui.table.preview_view import PreviewView
from rowpost.gui.views.foot import foot_view
from rowpost.gui.views.open import data_rows, open_view
from rowpost.gui.views.recent import recent_runs
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.model.books import BookLine, RowState, balance
from rowpost.model.problems import Problem, Severity
from rowpost.model.results import RunStatus, RunSummary
from rowpost.model.targets import Environment, Target
from rowpost.model.workbook import Layout, Opened, SheetInfo, TotalRow, Visibility
from tests.support.tables import table_of
from tests.support.window import children, wait_for_state, wait_until

PRACTICE = Target("practice", Environment.PRACTICE, "", "", "", "")
TITLE, HEADINGS = ("Outstanding",), ("Fakturanr", "Navn", "Restbeløp")


def opened(facts: tuple[Problem, ...] = (), *, rows: int = 40) -> Opened:
    lines = [TITLE, HEADINGS, *((str(number), "Kari", 10) for number in range(rows)), ("Sum", "", rows * 10)]
    total = len(lines)
    layout = Layout(
        (2,), 3, total, HEADINGS, (1,), (TotalRow(total, ((3, "400"),)),), ((total, "row.total"),)
    )
    sheets = (
        SheetInfo("Notes", rows=2, filled=2),
        SheetInfo("Old", Visibility.HIDDEN, 900, 9000),
        SheetInfo("Ark1", rows=rows, filled=3 * rows),
    )
    return Opened("a.xlsx", "/a/a.xlsx", 1, "abc", sheets, table_of(lines), layout, facts)


def run(name: str, sha256: str = "abc", path: str = "/a/a.xlsx") -> RunSummary:
    books = balance(5, {}, [BookLine(RowState.ACCEPTED, 4), BookLine(RowState.REJECTED, 1)])
    moment = datetime(2026, 11, 3, 12, tzinfo=UTC)
    return RunSummary(name, moment, "a.xlsx", path, sha256, "Ark1", 2, PRACTICE, RunStatus.DONE, books)


def test_a_sheet_without_rows_says_what_to_do(words: Words) -> None:
    foot = foot_view(State(PRACTICE, opened=opened(rows=0)), words)
    assert not foot.enabled
    assert foot.sentence == 'No rows to send in "Ark1". Choose another sheet or another file.'
    assert foot_view(State(PRACTICE, opened=opened()), words).sentence == '40 rows in "Ark1".'


def test_rows_that_are_no_data_say_what_they_are(words: Words) -> None:
    book = opened()
    grid = PreviewGrid(book, words)
    assert preview_rows(book) == (*range(1, 23), 43)
    assert [grid.face(row, 0).text for row in (0, 1, 2, 22)] == [
        "Above the table",
        "Headings",
        "",
        "A total, no invoice.",
    ]
    assert [grid.face(row, 1).quiet for row in (0, 1, 2, 22)] == [True, False, False, True]
    assert data_rows(book) == 40, "the total is no row of data"


def test_the_likeliest_sheet_stands_first(words: Words) -> None:
    view = open_view(State(PRACTICE, opened=opened()), words)
    assert [name for name, _ in view.sheets] == ["Ark1", "Notes", "Old"]


def test_every_fact_has_its_cure_as_a_button(words: Words) -> None:
    book = opened()
    no_value = Problem(
        "sheets.no_value",
        Severity.WARNING,
        (book.table.ref(30, 3),),
        values={"count": 1, "row": 30, "heading": "Restbeløp"},
    )
    hidden = Problem(
        "sheets.hidden_rows", Severity.WARNING, (book.table.ref(7, 0),), values={"count": 1, "row": 7}
    )
    note = Problem("sheets.epoch_1904", Severity.NOTE)
    book = opened((no_value, hidden, note))
    view = open_view(State(PRACTICE, opened=book), words)
    assert [[name for name, _ in fact.actions] for fact in view.facts] == [
        ["show:30:3", "open_outside", "read_again"],
        ["show:7:0", "leave_out_hidden", "include_hidden"],
    ]
    assert len(view.notes) == 1
    assert 30 in preview_rows(book), "the row that a fact speaks of can be shown"


def test_struck_rows_are_left_out_by_a_button_and_taken_back(words: Words) -> None:
    struck = Problem("sheets.struck_rows", Severity.WARNING, values={"count": 1, "row": 9})
    book = opened((struck,))
    book = replace(book, table=replace(book.table, struck_rows=frozenset({1, 9})))
    before, after = (
        open_view(State(PRACTICE, opened=book, left_out=rows), words).facts[0]
        for rows in (frozenset[int](), frozenset({9}))
    )
    assert before.actions[-1][0] == "leave_out_struck"
    assert (after.actions[-1][0], after.cure) == ("include_struck", "Left out.")


def test_a_file_that_was_sent_says_when_and_what_became_of_it(words: Words) -> None:
    state = State(PRACTICE, opened=opened(), runs=(run("r1"), run("r2", sha256="other")))
    (bar,) = open_view(state, words).facts
    assert bar.sentence == "You sent this file on 3\N{NO-BREAK SPACE}November 2026: 4 accepted, 1 rejected."
    assert bar.actions[0][0] == "run:r1"


def test_a_file_stands_once_in_the_list_of_recent_ones(words: Words) -> None:
    state = State(PRACTICE, runs=(run("r2"), run("r1"), run("r0", path="/b.xlsx")))
    assert [one.run for one in recent_runs(state, words)] == ["r2", "r0"]


# -- In the window -------------------------------------------------------------------------------


@pytest.fixture
def page(workplace: Workplace, tmp_path: Path) -> OpenPage:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Ark1"
    for number in range(30):
        sheet.append(["Fakturanr", "Navn", "Restbeløp"] if number == 0 else [str(number), "Kari", number])
    sheet.append(["", "", ""])
    other = made.create_sheet("Andre")
    other.append(["Fakturanr", "Navn"])
    other.append(["1", "Kari"])
    sheet.row_dimensions[5].hidden = True
    made.save(tmp_path / "a.xlsx")
    workplace.open(str(tmp_path / "a.xlsx"))
    wait_for_state(workplace, lambda state: state.opened is not None)
    found = workplace.page(Step.OPEN)
    assert isinstance(found, OpenPage)
    return found


def heading_row(workplace: Workplace) -> int:
    state = workplace.store.state
    return state.opened.layout.header_row if state.opened and state.busy is None else -1


def test_another_heading_row_by_the_keyboard_and_back(workplace: Workplace, page: OpenPage) -> None:
    assert heading_row(workplace) == 1
    table = page.areas()[0]
    assert isinstance(table, PreviewView)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    wanted = int(str(table.table_model.headerData(table.currentIndex().row(), Qt.Orientation.Vertical)))
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_until(lambda: heading_row(workplace) == wanted)
    workplace.undo.undo()
    wait_until(lambda: heading_row(workplace) == 1)
    workplace.undo.redo()
    wait_until(lambda: heading_row(workplace) == wanted)


def test_what_was_mapped_comes_back_with_the_reading_it_was_made_for(
    workplace: Workplace, page: OpenPage
) -> None:
    workplace.deeds.columns.choose_constant("currency", "NOK")
    before = workplace.store.state.mapping
    workplace.deeds.reading.choose_sheet("Andre")
    wait_for_state(workplace, lambda state: state.opened is not None and state.opened.table.sheet == "Andre")
    assert workplace.store.state.mapping != before
    workplace.undo.undo()
    wait_for_state(workplace, lambda state: state.opened is not None and state.opened.table.sheet == "Ark1")
    assert workplace.store.state.mapping == before
    workplace.undo.undo()
    assert workplace.store.state.mapping != before


def test_hidden_rows_are_answered_and_the_answer_can_be_changed(workplace: Workplace, page: OpenPage) -> None:
    (leave_out,) = (one for one in children(page, QPushButton) if one.text() == "Leave out")
    leave_out.click()
    wait_for_state(workplace, lambda state: state.reading.include_hidden is False)
    wait_until(lambda: "Include" in [one.text() for one in children(page, QPushButton)])
    assert "Leave out" not in [one.text() for one in children(page, QPushButton)]
    workplace.undo.undo()
    wait_for_state(workplace, lambda state: state.reading.include_hidden is None)


def test_a_fact_leads_to_its_row(workplace: Workplace, page: OpenPage) -> None:
    (show,) = (one for one in children(page, QPushButton) if one.text() == "Show row 5")
    show.click()
    table = page.areas()[0]
    assert isinstance(table, PreviewView)
    assert table.table_model.headerData(table.currentIndex().row(), Qt.Orientation.Vertical) == "5"


def test_stopping_to_read_leaves_what_was_there(workplace: Workplace, page: OpenPage) -> None:
    before = workplace.store.state
    workplace.deeds.reading.choose_sheet("Andre")
    workplace.act("cancel_reading")
    after = workplace.store.state
    assert (after.opened, after.reading, after.mapping) == (before.opened, before.reading, before.mapping)


def test_struck_rows_are_left_out_in_one_step(workplace: Workplace, page: OpenPage) -> None:
    book = workplace.store.state.opened
    assert book is not None
    workplace.store.update(opened=replace(book, table=replace(book.table, struck_rows=frozenset({4, 6}))))
    workplace.act("leave_out_struck")
    assert workplace.store.state.left_out == {4, 6}
    workplace.undo.undo()
    assert not workplace.store.state.left_out
    workplace.undo.redo()
    workplace.act("include_struck")
    assert not workplace.store.state.left_out


def test_words_that_were_given_a_meaning_have_it_next_time(workplace: Workplace, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["Fakturanr", "Kundetype", "Navn"])
    sheet.append(["1", "Hytteeier", "Kari"])
    made.save(tmp_path / "b.xlsx")
    workplace.open(str(tmp_path / "b.xlsx"))
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.deeds.columns.choose_word("debtorType", "Hytteeier", "PRIVATE")
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None)
    wait_until(lambda: not workplace.background.busy)
    workplace.act("read_again")
    wait_for_state(workplace, lambda state: state.opened is not None)
    mapping = workplace.store.state.mapping
    assert mapping is not None
    found = mapping.rule("debtorType")
    assert found is not None
    assert found.values == {"Hytteeier": "PRIVATE"}


def test_files_are_looked_for_beside_the_persons_own(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, where: str, *_: object) -> tuple[str, str]:
        asked.append(where)
        return "", ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, ask)
    files, sample = workplace.deeds.files, str(workplace.desk.session.sample)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    workplace.store.update(path=sample)
    files.choose()
    workplace.store.update(path=str(tmp_path / "mine.xlsx"))
    files.choose()
    files.ask_where("Save", "results.xlsx")
    assert asked == [documents, str(tmp_path), str(tmp_path / "results.xlsx")]


def test_the_table_is_there_before_the_rows(workplace: Workplace) -> None:
    """Whoever waits for a file does not wait for Qt as well: the table is dressed meanwhile."""
    page = workplace.page(Step.OPEN)
    assert isinstance(page, OpenPage)
    sample = str(workplace.desk.session.sample)
    workplace.open(sample)
    made = page._found.table
    assert isinstance(made, PreviewView)
    assert made.table_model.rowCount() == 0
    wait_until(lambda: workplace.store.state.opened is not None)
    assert page._found.table is made
    assert made.table_model.rowCount() > 20


def test_while_a_file_is_read_the_keyboard_is_at_what_stops_it(workplace: Workplace, tmp_path: Path) -> None:
    page, window = workplace.page(Step.OPEN), workplace.window
    window.activateWindow()
    page.arrive()
    workplace.open(str(tmp_path / "nowhere.xlsx"))
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == workplace.words("cancel")
    wait_until(lambda: workplace.store.state.trouble is not None)
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == workplace.words("open.choose")
