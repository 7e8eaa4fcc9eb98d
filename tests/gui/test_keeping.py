"""Closing and opening again goes on where a person was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.state import Step, Work
from rowpost.gui.views.review_index import Chip
from rowpost.gui.workplace import Workplace
from rowpost.host import folders
from rowpost.model.books import RowState
from rowpost.wiring import open_session
from tests.support.window import wait_for_state, wait_until, window_over

NAME = "Kari Nordmann-Prøve"  # made up


@contextmanager
def sitting(qapp: QApplication, *options: str) -> Iterator[Workplace]:
    """One sitting: the program is started, used, and closed."""
    with open_session(options, language="en") as session, window_over(qapp, session) as workplace:
        workplace.go_on()
        wait_until(lambda: not workplace.background.busy)
        yield workplace


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Path:
    with open_session(language="en") as session:
        return Path(shutil.copy(session.sample, tmp_path / "mine.xlsx"))


def open_in(workplace: Workplace, book: Path) -> None:
    workplace.open(str(book))
    wait_for_state(workplace, lambda state: state.opened is not None)


def work_in(workplace: Workplace, book: Path) -> None:
    open_in(workplace, book)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.index is not None and state.step is Step.REVIEW)
    workplace.deeds.reviewing.edit(4, 2, NAME)
    wait_until(lambda: not workplace.background.busy)
    page = review(workplace)
    page.choose(Chip.CHANGED)
    page.show_row(4)


def review(workplace: Workplace) -> ReviewPage:
    page = workplace.page(Step.REVIEW)
    assert isinstance(page, ReviewPage)
    return page


def test_file_mapping_edits_filter_and_cell_come_back(qapp: QApplication, book: Path) -> None:
    with sitting(qapp) as workplace:
        work_in(workplace, book)
        mapping, place = workplace.store.state.mapping, review(workplace).place
        assert (place.chip, place.row) == ("changed", 4)
    file = folders.find().work_file
    assert NAME.encode() not in file.read_bytes(), "edits are personal data"
    assert str(book).encode() not in file.read_bytes()
    with sitting(qapp) as workplace:
        wait_for_state(workplace, lambda state: state.index is not None and state.step is Step.REVIEW)
        state = workplace.store.state
        assert state.path == str(book)
        assert dict(state.edits) == {(4, 2): NAME}
        assert state.mapping is not None
        assert mapping is not None
        assert state.mapping.rules == mapping.rules
        wait_until(lambda: review(workplace).place == place)


def test_nothing_is_applied_to_a_workbook_that_has_changed(qapp: QApplication, book: Path) -> None:
    with sitting(qapp) as workplace:
        open_in(workplace, book)
    with open_session(language="en") as session:
        session.write_template(book)
    with sitting(qapp) as workplace:
        state = workplace.store.state
        assert state.opened is not None
        assert not state.edits
        assert state.trouble is not None
        assert state.trouble.code == "work.changed"


def test_a_workbook_that_is_gone_is_said(qapp: QApplication, book: Path) -> None:
    with sitting(qapp) as workplace:
        open_in(workplace, book)
    kept = folders.find().work_file.read_bytes()
    book.unlink()
    with sitting(qapp) as workplace:
        trouble = workplace.store.state.trouble
        assert trouble is not None
        assert trouble.code == "work.gone"
    assert folders.find().work_file.read_bytes() == kept


def test_a_damaged_file_is_said_once(qapp: QApplication, book: Path) -> None:
    with sitting(qapp) as workplace:
        open_in(workplace, book)
    file = folders.find().work_file
    file.write_bytes(file.read_bytes()[:-20] + b'AAAAAAAAAAAAAAAAAA"}')
    with sitting(qapp) as workplace:
        trouble = workplace.store.state.trouble
        assert trouble is not None
        assert trouble.code == "work.unreadable"
    assert not file.exists()


def test_who_wants_nothing_remembered_gets_nothing_remembered(qapp: QApplication, book: Path) -> None:
    with sitting(qapp, "privacy.remember_recent_files=false") as workplace:
        open_in(workplace, book)
    assert not folders.find().work_file.exists()


def test_a_run_that_was_cut_off_is_met_at_the_next_start(qapp: QApplication, book: Path) -> None:
    with sitting(qapp) as workplace:
        work_in(workplace, book)
        state, session = workplace.store.state, workplace.desk.session
        opened, assessment = state.opened, state.assessment
        assert opened is not None
        assert assessment is not None
        workplace.desk.begin(
            Work.LOOKING,
            lambda _stop, _told: session.create_run(opened, assessment, state.target),
            lambda _run: None,
            lane="ledger",
        )
        wait_until(lambda: not workplace.background.busy)
    with sitting(qapp) as workplace:
        wait_for_state(workplace, lambda state: state.step is Step.RESULTS)
        workplace.act("resume")
        wait_for_state(workplace, lambda state: state.busy is None and state.step is Step.RESULTS)
        result = workplace.store.state.result
        assert result is not None
        assert not result.summary.books.by_state.get(RowState.WAITING)
