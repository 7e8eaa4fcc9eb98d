"""A second start finds the first window; what a killed program leaves behind is in nobody's way."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QFrame

from rowpost.gui.second_start import FirstWindow, hand_over, name_for
from rowpost.gui.workplace import Workplace
from tests.gui.test_sending import check_sample, send
from tests.support.window import wait_for_state, wait_until

SECOND = "import sys; from rowpost.gui.main import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def came() -> list[str]:
    return []


@pytest.fixture
def first(qapp: QApplication, home: Path, came: list[str]) -> Iterator[FirstWindow]:
    parent = QObject()
    made = FirstWindow(name_for(home / "data"), came.append, parent)
    yield made
    made.close()


def second_start(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    done: list[subprocess.CompletedProcess[bytes]] = []
    command = [sys.executable, "-c", SECOND, *arguments]
    thread = threading.Thread(target=lambda: done.append(subprocess.run(command, check=False, timeout=20)))
    thread.start()
    wait_until(lambda: not thread.is_alive())
    return done[0]


def test_the_file_of_a_second_start_arrives(first: FirstWindow, came: list[str], tmp_path: Path) -> None:
    assert first.listening
    assert second_start(str(tmp_path / "Åse & Co.xlsx")).returncode == 0
    assert came == [str(tmp_path / "Åse & Co.xlsx")]


def test_another_home_is_another_window(first: FirstWindow, tmp_path: Path) -> None:
    assert not hand_over(name_for(tmp_path / "elsewhere"), "x.xlsx")


def test_what_is_left_behind_is_replaced(qapp: QApplication, home: Path, came: list[str]) -> None:
    name = name_for(home / "data")
    path = Path(QDir.tempPath()) / name
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    assert path.exists()
    assert not hand_over(name, "")
    parent = QObject()
    made = FirstWindow(name, came.append, parent)
    assert made.listening
    assert second_start().returncode == 0
    assert came == [""]
    assert path.stat().st_mode & 0o077 == 0
    made.close()


NONSENSE = (b"\n", b"[]\n", b'{"open": 5}\n', b"\xff\xfe\n", b"x" * 70_000)


def test_nonsense_is_not_obeyed(first: FirstWindow, came: list[str], home: Path) -> None:
    strangers = [QLocalSocket() for _ in NONSENSE]
    for stranger, said in zip(strangers, NONSENSE, strict=True):
        stranger.connectToServer(name_for(home / "data"))
        assert stranger.waitForConnected(1000)
        stranger.write(said)
        stranger.flush()
    assert second_start("/a.xlsx").returncode == 0
    assert came == ["/a.xlsx"]
    for stranger in strangers:
        stranger.abort()


def test_the_window_opens_what_it_is_handed(workplace: Workplace) -> None:
    workplace.come_forward(str(workplace.desk.session.sample))
    wait_for_state(workplace, lambda state: state.opened is not None)


def test_a_file_over_the_window_is_shown(workplace: Workplace) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a/b.xlsx")])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, button, key)
    workplace.window.dragEnterEvent(event)
    assert event.isAccepted()
    rings = [made for made in workplace.window.findChildren(QFrame) if made.property("kind") == "ring"]
    assert any(made.isVisible() for made in rings)
    workplace.window.dragLeaveEvent(QDragLeaveEvent())
    assert not any(made.isVisible() for made in rings)


def test_opening_never_ends_sending(workplace: Workplace) -> None:
    check_sample(workplace)
    send(workplace)
    workplace.open("/somewhere/else.xlsx")
    trouble = workplace.store.state.trouble
    assert trouble is not None
    assert trouble.code == "gui.sending_first"
    assert workplace.store.state.opened is not None
    wait_until(lambda: workplace.store.state.result is not None)
    result = workplace.store.state.result
    assert result is not None
    assert result.summary.books.balanced
