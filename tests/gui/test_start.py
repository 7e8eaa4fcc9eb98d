"""A start that fails says why, and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rowpost.gui.main import main


def test_settings_that_cannot_be_read_are_told(home: Path, qtbot: QtBot) -> None:
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[sending]\npart_size = many", "utf-8")
    told: list[str] = []

    def read_and_close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.close()

    QTimer.singleShot(0, read_and_close)
    assert main([]) == 2
    assert "settings.toml" in told[0]
    assert "\n\n" in told[0]


def test_the_first_window_imports_nothing_that_only_later_work_needs(home: Path) -> None:
    """Each of these takes a noticeable part of the time until the window is there."""
    rooms = ("intake", "sheets", "followup", "checks", "sending", "reports", "ledger", "amili", "sandbox")
    libraries = ("jsonschema_rs", "openpyxl", "xlsxwriter", "requests", "cryptography", "sqlite3")
    later = {*(f"rowpost.{room}" for room in rooms), "rowpost.gui.receipt", *libraries}
    told = subprocess.run(
        (sys.executable, "-c", _OPEN_WINDOW),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = set(told.stdout.split())
    assert "rowpost.gui.pages.open_page" in imported
    assert imported.isdisjoint(later), sorted(imported.intersection(later))


_OPEN_WINDOW = """
import sys
from rowpost.gui.app import make_application
from rowpost.gui.main import Workplace
from rowpost.wiring import open_session
application = make_application(["rowpost"])
with open_session() as session:
    workplace = Workplace(application, session)
    workplace.window.show()
    workplace.page(workplace.store.state.step)
    application.processEvents()
    print(*sys.modules)
    workplace.close()
"""


def test_rubbish_is_looked_for_on_the_windows_thread_alone_from_the_first_moment(home: Path) -> None:
    """What Qt has made may be deleted nowhere else: it ends the process."""
    told = subprocess.run(
        (sys.executable, "-c", _SHOW_WINDOW),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["main"]


_SHOW_WINDOW = """
import gc
import threading
from PySide6.QtCore import QTimer
from rowpost.gui.app import make_application
from rowpost.gui.main import show
from rowpost.wiring import open_session

application = make_application(["rowpost"])
main, looked = threading.get_ident(), set()

def look(phase, _):
    looked.add("main" if threading.get_ident() == main else "another")

def close_once_others_have_worked():
    if any(thread.name.startswith("rowpost-ledger") for thread in threading.enumerate()):
        application.closeAllWindows()

with open_session() as session:
    gc.set_threshold(50)  # everybody who makes something would look
    gc.callbacks.append(look)
    timer = QTimer()
    timer.timeout.connect(close_once_others_have_worked)
    timer.start(5)
    show(session)
    gc.callbacks.clear()
print(*looked)
"""
