"""Settings: what a person chooses counts at once and is kept for the next start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from rowpost.gui.actions.desk import SETTINGS, Desk
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.views.settings import Chosen, Decided, meant
from rowpost.model.settings import Settings
from rowpost.model.trouble import Trouble

_LOOKS = "appearance."


def chosen_of(settings: Settings, language: str) -> Chosen:
    """Return how the window looks by the settings; `language` is the one that '' stands for."""
    looks = settings.appearance
    return Chosen(looks.language or language, Appearance(looks.color_scheme), looks.text_percent)


class ChoiceDeeds:
    """What can be done on the Settings page, but for the targets."""

    def __init__(self, desk: Desk, put: Callable[[Settings], None]) -> None:
        self._desk = desk
        self._put = put

    @property
    def decided(self) -> Decided:
        """What is decided now."""
        return self._desk.state.decided or Decided(self._desk.session.settings)

    def show(self, decided: Decided) -> None:
        """Show what is known about the settings now."""
        self._desk.store.update(decided=decided)

    def change(self, name: str, text: str) -> None:
        """Take a setting as its editor shows it; what is not taken is told at the field."""
        session, value = self._desk.session, meant(name, text)

        def written(trouble: Trouble | None) -> None:
            wrong = {other: why for other, why in self.decided.wrong.items() if other != name}
            if trouble is not None:
                wrong[name] = trouble
            self.show(replace(self.decided, settings=session.settings, wrong=wrong))
            if trouble is None and name.startswith(_LOOKS):
                self._put(session.settings)

        self._desk.quietly(
            lambda _stop, _told: _taken(session.change_settings, {name: value}), written, lane=SETTINGS
        )

    def open_folder(self, path: Path) -> None:
        """Show a folder in the desktop's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _taken(change: Callable[[dict[str, Any]], None], changes: dict[str, Any]) -> Trouble | None:
    """Change settings; a value that is not taken is an answer, a disk that is full is not."""
    try:
        change(changes)
    except Trouble as trouble:
        if trouble.code.startswith("settings."):
            return trouble
        raise
    return None
