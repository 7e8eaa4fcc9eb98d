"""A start that fails says why, and what to do."""

from __future__ import annotations

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
