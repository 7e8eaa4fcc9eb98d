"""Where files are saved: their names, what is asked before one is replaced, and the way to what was saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton

from rowpost.gui.parts.notice import Notices
from rowpost.gui.workplace import Workplace
from tests.support.window import children, wait_until


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        (["a"], "a.xlsx"),
        (["a.xlsx"], "a.xlsx"),
        (["per 21.11"], "per 21.11.xlsx"),
        (["a.pdf"], "a.pdf"),  # is refused where it is written, with what to do
        (["there", "there.xlsx"], "there.xlsx"),
        (["there", ""], ""),
    ],
)
def test_a_name_gets_its_ending_and_nothing_is_replaced_unasked(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], saved: str
) -> None:
    (tmp_path / "there.xlsx").touch()
    answers, proposed = iter(typed), []

    def dialog(*said: object) -> tuple[str, str]:
        proposed.append(Path(str(said[2])).name)
        name = next(answers)
        return (str(tmp_path / name) if name else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    path = workplace.deeds.files.ask_where("Save", "b - results.xlsx")
    assert path == (tmp_path / saved if saved else None)
    assert proposed == ["b - results.xlsx", "there.xlsx"][: len(typed)]


class Desktop(QObject):
    """Takes what would be opened in another program."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def test_what_was_saved_is_one_click_away(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, desktop = tmp_path / "tom mal.xlsx", Desktop()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    workplace.act("save_template")
    wait_until(lambda: bool(workplace.store.state.said))
    (bars,) = children(workplace.window, Notices)
    buttons = {button.text(): button for button in children(bars, QPushButton)}
    QDesktopServices.setUrlHandler("file", desktop, "take")
    try:
        buttons[workplace.words("files.open_saved")].click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert desktop.opened == [str(path)]
    buttons[workplace.words("dismiss")].click()
    assert not workplace.store.state.saved
