"""What is let go over the window: nothing that was at hand is lost by it, and nothing happens in silence."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from rowpost.gui.parts.notice import Notices
from rowpost.gui.state import State, Step, Work
from rowpost.gui.workplace import Workplace
from rowpost.host import folders
from rowpost.mapping import Mapping
from rowpost.model.outside import OnProgress, StopToken
from rowpost.wiring import open_session
from tests.support.review_book import review_book
from tests.support.window import children, wait_for_state, wait_until, window_over

PASSWORD = "a password of a test"  # opens nothing but a workbook of this test
WAIT_SECONDS = 30
EDIT = {(4, 3): "2026-09-01"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The workbook at hand."""
    return review_book(tmp_path)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another one."""
    path = tmp_path / "next" / "other.csv"
    path.parent.mkdir()
    path.write_text("Fakturanr;Restbeløp\n1;100\n2;200\n", "utf-8")
    return path


def drop(workplace: Workplace, *paths: Path) -> None:
    """Let files go over the window, as the desktop tells it."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(workplace.window, QDragEnterEvent(QPoint(300, 300), copy, files, left, none))
    QApplication.sendEvent(workplace.window, QDropEvent(QPointF(300, 300), copy, files, left, none))


def open_mapped(workplace: Workplace, book: Path) -> Mapping:
    """Open a workbook and change its mapping; return that."""
    drop(workplace, book)
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.go(Step.MAP)
    workplace.deeds.columns.choose_fields(["description"], 2)
    mapping = workplace.store.state.mapping
    assert mapping is not None
    return mapping


def open_judged(workplace: Workplace, book: Path) -> None:
    """Open a workbook, have it judged, change a cell."""
    drop(workplace, book)
    wait_for_state(workplace, lambda state: state.opened is not None)
    workplace.act("check")
    wait_for_state(workplace, lambda state: state.index is not None and state.step is Step.REVIEW)
    (((row, column), text),) = EDIT.items()
    workplace.deeds.reviewing.edit(row, column, text)
    wait_until(lambda: not workplace.background.busy)


def quiet(workplace: Workplace) -> State:
    """Wait until nothing is under way; return how things stand."""
    wait_until(lambda: not workplace.background.busy)
    return workplace.store.state


def notice_buttons(workplace: Workplace) -> Sequence[QPushButton]:
    return [button for bars in children(workplace.window, Notices) for button in children(bars, QPushButton)]


def test_several_files_at_once_are_none(workplace: Workplace, book: Path, other: Path) -> None:
    drop(workplace, book, other)
    state = quiet(workplace)
    assert state.trouble is not None
    assert (state.trouble.code, state.opened) == ("gui.several_files", None)


@pytest.mark.parametrize("name", ["bill.pdf", "folder"])
def test_what_cannot_be_read_takes_the_place_of_nothing(
    workplace: Workplace, book: Path, tmp_path: Path, name: str
) -> None:
    mapping = open_mapped(workplace, book)
    if name == "folder":
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(b"%PDF-1.4\n%%EOF\n")
    drop(workplace, tmp_path / name)
    state = quiet(workplace)
    assert state.trouble is not None
    assert (state.step, state.path) == (Step.MAP, str(book))
    assert state.mapping == mapping
    said = [text.text() for bars in children(workplace.window, Notices) for text in children(bars, QLabel)]
    assert any(name in text for text in said), "it is said of which file this is"
    workplace.undo.undo()
    assert workplace.store.state.mapping != mapping, "and what was done can still be undone"


def test_a_mapping_is_kept_when_another_workbook_is_dropped(
    workplace: Workplace, book: Path, other: Path
) -> None:
    mapping = open_mapped(workplace, book)
    drop(workplace, other)
    wait_for_state(workplace, lambda state: state.path == str(other))
    state = quiet(workplace)
    assert (state.step, state.left) == (Step.OPEN, str(book))
    back = next(button for button in notice_buttons(workplace) if book.name in button.text())
    back.click()
    wait_for_state(workplace, lambda state: state.path == str(book) and bool(state.said))
    state = quiet(workplace)
    assert state.mapping is not None
    assert state.mapping.rules == mapping.rules
    assert state.step is Step.MAP


def test_edits_are_there_again_even_at_the_next_start_and_from_another_place(
    qapp: QApplication, home: Path, book: Path, other: Path
) -> None:
    with open_session(language="en") as session, window_over(qapp, session) as workplace:
        open_judged(workplace, book)
        drop(workplace, other)
        wait_for_state(workplace, lambda state: state.path == str(other))
        assert quiet(workplace).left == str(book)
    (file,) = folders.find().aside.iterdir()
    assert str(book).encode() not in file.read_bytes()
    moved = shutil.move(book, other.parent)
    with open_session(language="en") as session, window_over(qapp, session) as workplace:
        drop(workplace, Path(moved))
        wait_for_state(workplace, lambda state: state.index is not None)
        assert dict(quiet(workplace).edits) == EDIT


def test_what_was_taken_back_does_not_return(workplace: Workplace, book: Path, other: Path) -> None:
    open_judged(workplace, book)
    drop(workplace, other)
    wait_for_state(workplace, lambda state: state.path == str(other))
    drop(workplace, book)
    wait_for_state(workplace, lambda state: state.index is not None)
    workplace.undo.clear()
    workplace.deeds.reviewing.take_back(EDIT, "taken back")
    assert not quiet(workplace).edits
    drop(workplace, other)
    wait_for_state(workplace, lambda state: state.path == str(other))
    assert not quiet(workplace).left
    drop(workplace, book)
    wait_for_state(workplace, lambda state: state.path == str(book))
    state = quiet(workplace)
    assert not state.edits
    assert state.step is Step.OPEN


def test_a_locked_workbook_is_opened_by_its_own_password(
    workplace: Workplace, book: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "locked.xlsx"
    with book.open("rb") as plain, locked.open("wb") as written:
        OOXMLFile(plain).encrypt(PASSWORD, written)
    open_judged(workplace, book)
    drop(workplace, locked)
    state = quiet(workplace)
    assert state.trouble is not None
    assert (state.trouble.code, state.path) == ("sheets.password_needed", str(book))
    assert dict(state.edits) == EDIT
    workplace.deeds.reading.unlock(PASSWORD)
    wait_for_state(workplace, lambda state: state.path == str(locked))
    assert quiet(workplace).left == str(book)


def test_a_file_that_is_being_saved_is_saved_to_the_end(workplace: Workplace, book: Path) -> None:
    done: list[str] = []
    refused = Event()

    def save(stop: StopToken, _progress: OnProgress) -> str:
        refused.wait(WAIT_SECONDS)
        return "stopped" if stop.is_set() else "saved"

    workplace.desk.begin(Work.SAVING, save, done.append)
    drop(workplace, book)
    trouble = workplace.store.state.trouble
    refused.set()
    assert trouble is not None
    assert trouble.code == "gui.saving_first"
    quiet(workplace)
    assert done == ["saved"]
    assert workplace.store.state.trouble is None, "it is saved: nobody has to wait any more"
