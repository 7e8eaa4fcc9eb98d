"""History in the window: found again, gone on with, forgotten, compared; by keyboard and at every size."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from rowpost.gui.look.tokens import Appearance
from rowpost.gui.pages.history_page import HistoryPage
from rowpost.gui.past import Past
from rowpost.gui.state import Step
from rowpost.gui.table.difference import DifferenceGrid
from rowpost.gui.table.history import OUTCOME, HistoryGrid
from rowpost.gui.table.hits import HitsGrid
from rowpost.gui.views.frame import frame_view
from rowpost.gui.views.history import difference_view, notices, run_view
from rowpost.gui.views.settings import Chosen
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.ledger import Ledger
from rowpost.model.difference import Change
from rowpost.model.history import Personal
from rowpost.session import Session
from rowpost.wording import LANGUAGES
from tests.gui.test_clipping import SIZES, cut_off, reach_results
from tests.integration.test_diff_command import next_month
from tests.integration.test_history_commands import made, sent, settled
from tests.support.program import SAMPLE
from tests.support.window import sweep, wait_for_state, wait_until


@pytest.fixture(autouse=True)
def runs(session: Session) -> tuple[str, str]:
    """A settled run, and one that waits, in the ledger before the window opens."""
    ledger = session.memory.ledger
    done = made(ledger, "10234", "10235", "10236")
    settled(ledger, done)
    return done, made(ledger, "20001", "20002")


@pytest.fixture
def history(runs: tuple[str, str], workplace: Workplace) -> HistoryPage:
    """The page, with both runs on it."""
    workplace.go(Step.HISTORY)
    wait_for_state(workplace, lambda state: len(state.runs) == 2)
    page = workplace.page(Step.HISTORY)
    assert isinstance(page, HistoryPage)
    return page


def rows(page: HistoryPage) -> list[list[str]]:
    model = page.table.table_model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def search(workplace: Workplace, page: HistoryPage, text: str) -> None:
    page.search.setFocus()  # else Return belongs to what has the keyboard: the table
    page.search.setText(text)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    wait_for_state(
        workplace, lambda state: (state.past.found.text if state.past.found else "") == text.strip()
    )


def searched_for(workplace: Workplace) -> str:
    found = workplace.store.state.past.found
    return found.text if found else ""


def test_the_runs_are_listed_the_latest_first(history: HistoryPage, runs: tuple[str, str]) -> None:
    done, waits = runs
    assert isinstance(history.table.table_model.grid, HistoryGrid)
    assert [history.table.table_model.grid.run(row).run for row in range(2)] == [waits, done]
    assert rows(history)[1][OUTCOME] == "2 accepted, 1 rejected"
    assert history.panel.buttons["go_on"].isVisible()
    history.table.selectRow(1)
    assert not history.panel.buttons["go_on"].isVisible()
    assert history.panel.buttons["forget"].isVisible()


def test_when_did_we_send_10234_and_what_became_of_it(
    workplace: Workplace, history: HistoryPage, runs: tuple[str, str]
) -> None:
    workplace.window.activateWindow()
    QTest.keyClick(history, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert history.search.hasFocus()
    search(workplace, history, "10234")
    assert isinstance(history.table.table_model.grid, HitsGrid)
    ((number, amount, state, _, file, _),) = rows(history)
    assert (number, amount, state, file) == (
        "10234",
        "1,250.50\N{NO-BREAK SPACE}NOK",
        "Accepted",
        "november.xlsx",
    )
    QTest.keyClick(history.search, Qt.Key.Key_Down)
    assert history.table.hasFocus()
    QTest.keyClick(history.table, Qt.Key.Key_Return)
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
    assert workplace.store.state.result is not None
    assert workplace.store.state.result.summary.run == runs[0]


def test_a_name_finds_its_run_and_esc_lists_all(workplace: Workplace, history: HistoryPage) -> None:
    search(workplace, history, "november")
    assert len(rows(history)) == 2
    search(workplace, history, "99999")
    assert rows(history) == []
    assert not history.table.isVisible()
    QTest.keyClick(history.search, Qt.Key.Key_Escape)
    wait_for_state(workplace, lambda state: state.past.found is None)
    assert len(rows(history)) == 2


def test_forgetting_is_asked_in_the_page(
    workplace: Workplace, history: HistoryPage, runs: tuple[str, str]
) -> None:
    history.table.selectRow(1)
    history.panel.buttons["forget"].click()
    wait_for_state(workplace, lambda state: state.past.forgetting is not None)
    workplace.deeds.past.keep()
    assert workplace.store.state.past.forgetting is None
    history.panel.buttons["forget"].click()
    wait_for_state(workplace, lambda state: state.past.forgetting is not None)
    workplace.deeds.past.forget()
    wait_for_state(workplace, lambda state: state.runs[1].forgotten_at is not None)
    assert runs[0] in workplace.store.state.said
    assert not history.panel.buttons["forget"].isVisible()
    search(workplace, history, "10234")
    assert rows(history)[0][2] == "Accepted"


def test_a_run_leads_to_its_follow_up(workplace: Workplace, history: HistoryPage) -> None:
    assert not history.panel.buttons["follow"].isVisible()  # nothing of the waiting run is at the agency
    history.table.selectRow(1)
    history.panel.buttons["follow"].click()
    wait_for_state(workplace, lambda state: state.step is Step.FOLLOW and state.follow.follow is not None)


def test_what_waits_is_gone_on_with(workplace: Workplace, history: HistoryPage) -> None:
    history.panel.buttons["go_on"].click()
    assert workplace.store.state.step is Step.SEND
    wait_for_state(workplace, lambda state: state.step is Step.RESULTS and state.busy is None)


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Answer the desktop's file dialogs, which no test can press."""

    def choose(path: Path) -> None:
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))

    return choose


def test_everything_is_exported(
    workplace: Workplace, history: HistoryPage, tmp_path: Path, choosing: Callable[[Path], None]
) -> None:
    choosing(tmp_path / "all.csv")
    workplace.deeds.past.export()
    wait_for_state(workplace, lambda state: bool(state.said))
    assert len((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()) == 7
    choosing(tmp_path / "nowhere" / "all.csv")
    workplace.deeds.past.export()
    wait_until(lambda: workplace.store.state.trouble is not None)
    assert workplace.store.state.trouble is not None
    assert workplace.store.state.trouble.code == "reports.no_folder"


def test_the_next_file_is_compared_and_the_agency_asked(
    workplace: Workplace, tmp_path: Path, choosing: Callable[[Path], None]
) -> None:
    reach_results(workplace)
    wait_for_state(workplace, lambda state: len(state.runs) == 3)
    workplace.go(Step.HISTORY)
    page = workplace.page(Step.HISTORY)
    assert isinstance(page, HistoryPage)
    own = Path(shutil.copy(SAMPLE, tmp_path / "own.xlsx"))
    choosing(next_month(own, tmp_path / "december.xlsx"))
    page.panel.buttons["compare"].click()
    wait_for_state(workplace, lambda state: state.past.difference is not None)
    difference = workplace.store.state.past.difference
    assert difference is not None
    assert (difference.counts[Change.GONE], difference.counts[Change.NEW]) == (1, 1)
    assert [line.invoice_number for line in difference.still_open] == ["10207"]
    assert isinstance(page.difference.table.table_model.grid, DifferenceGrid)
    assert not page.difference.ask.isVisible()  # everything is known
    choosing(tmp_path / "difference.xlsx")
    page.difference.save.click()
    wait_for_state(workplace, lambda state: bool(state.said))
    assert len(openpyxl.load_workbook(tmp_path / "difference.xlsx").sheetnames) == 6
    workplace.window.activateWindow()
    wait_until(workplace.window.isActiveWindow)
    assert workplace.window.focusWidget() is page.difference.table
    QTest.keyClick(page.difference.table, Qt.Key.Key_Escape)
    assert workplace.store.state.past.difference is None
    assert page.table.isVisible()


def test_what_cannot_be_forgotten_says_why(words: Words) -> None:
    (bar,) = notices(Past(forgetting=Personal("bado-47", 5, 0, 2)), words, 30)
    assert "bado-47" in bar.sentence
    assert [name for name, _ in bar.actions] == ["keep"]
    (bar,) = notices(Past(forgetting=Personal("bado-47", 5, 3, 0)), words, 30)
    assert [name for name, _ in bar.actions] == ["forget", "keep"]
    assert "3 invoices were never sent" in bar.sentence
    (bar,) = notices(Past(forgotten=2), words, 30)
    assert "2 runs" in bar.sentence
    assert "30 days" in bar.sentence


def test_a_run_is_told_in_full(session: Session, words: Words, runs: tuple[str, str]) -> None:
    ledger: Ledger = session.memory.ledger
    view = run_view(ledger.summary(runs[0]), words)
    assert view.title == "november.xlsx"
    assert dict(view.facts)["By"] == "Kari"
    assert dict(view.facts)["Accepted"] == "2,501.00\N{NO-BREAK SPACE}NOK"
    assert (view.go_on, view.may_forget) == ("", True)
    assert run_view(ledger.summary(runs[1]), words).go_on == "Go on"
    open_ = made(ledger, "30001")
    sent(ledger, open_)
    assert run_view(ledger.summary(open_), words).go_on == "Check again"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off(
    qapp: QApplication, workplace: Workplace, history: HistoryPage, runs: tuple[str, str], language: str
) -> None:
    found = []
    for percent, size in SIZES.items():
        workplace.change_look(Chosen(language, Appearance.LIGHT, percent))
        sweep()
        workplace.window.resize(*size)
        workplace.deeds.past.ask_to_forget(runs[1])
        wait_for_state(workplace, lambda state: state.past.forgetting is not None)
        for text in ("", "1250,50", "nothing"):
            workplace.deeds.past.search(text)
            wait_until(lambda text=text: searched_for(workplace) == text)
            for _ in range(3):
                qapp.processEvents()
            found += [f"{percent} {text!r} {one}" for one in cut_off(workplace.window)]
        workplace.deeds.past.keep()
    assert not found, "\n".join(found)


def test_before_sending_the_last_file_is_compared(workplace: Workplace, tmp_path: Path) -> None:
    reach_results(workplace)
    own = Path(shutil.copy(SAMPLE, tmp_path / "own.xlsx"))
    workplace.open(str(next_month(own, tmp_path / "december.xlsx")))
    wait_for_state(
        workplace, lambda state: state.opened is not None and state.opened.file_name == "december.xlsx"
    )
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.assessment is not None and state.busy is None)
    workplace.go(Step.SEND)
    wait_for_state(workplace, lambda state: state.past.since is not None)
    notices = frame_view(workplace.store.state, workplace.words).notices
    (bar,) = (bar for bar in notices if "since" in dict(bar.actions))  # another tells of the run that waits
    assert "1 new, 1 gone, 1 with another amount" in bar.sentence
    workplace.act(bar.actions[0][0])
    assert workplace.store.state.step is Step.HISTORY
    difference = workplace.store.state.past.difference
    assert difference is not None
    told = [bar for bar in difference_view(difference, workplace.words).notices if "cannot" in bar.sentence]
    assert [bar.sentence for bar in told] == ["2 invoices cannot be compared:"]
    assert "does not say what the invoice is worth. The invoice stands more than once" in told[0].cure
    assert difference.asked_at is None  # nobody is asked until a person wants it
    workplace.deeds.past.ask_agency()
    wait_for_state(workplace, lambda state: state.past.difference is not difference)
    asked = workplace.store.state.past.difference
    assert asked is not None
    assert [line.invoice_number for line in asked.still_open] == ["10207"]
