"""Settings: cards of what a person decides once and for all. Changes apply at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from rowpost.gui.actions.saved_mappings import SavedMappingDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, card, column, label, row, scrolled
from rowpost.gui.parts.elided import Elided
from rowpost.gui.parts.mapping_list import MappingList
from rowpost.gui.parts.setting_field import SettingField
from rowpost.gui.parts.target_list import TargetDeeds, TargetList
from rowpost.gui.state import State
from rowpost.gui.views.settings import CARDS, Decided, setting_views
from rowpost.gui.views.targets import target_lines
from rowpost.gui.words import Words
from rowpost.model.targets import Target

_WIDEST = 980  # design pixels: lines that are longer are hard to read


@dataclass(frozen=True, slots=True)
class SettingsDeeds:
    """What the page can ask for."""

    change: Callable[[str, str], None]
    targets: TargetDeeds
    mappings: SavedMappingDeeds
    all_targets: Callable[[], tuple[Target, ...]]
    open_folder: Callable[[Path], None]


class SettingsPage(Page):
    """Cards of settings."""

    def __init__(
        self, look: Look, words: Words, decided: Decided, folders: dict[str, Path], deeds: SettingsDeeds
    ) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._shown: tuple[Decided, str] | None = None
        self._fields: dict[str, list[SettingField]] = {}
        self._targets = TargetList(look, words, deeds.targets)
        cards = [self._settings_card(name, decided) for name in CARDS]
        cards.insert(2, self._card(words("settings.targets"), self._targets))
        self.mappings = MappingList(look, words, deeds.mappings)
        cards.append(self._card(words("map.saved.menu"), self.mappings))
        cards.append(self._card(words("settings.folders"), self._folders(folders)))
        body = column(*cards, None, gap=look.px(16))
        wide = QWidget()
        wide.setObjectName("sheet")
        wide.setMaximumWidth(look.px(_WIDEST))
        wide.setLayout(body)
        whole = row(wide, None)
        whole.setStretch(0, 100)  # up to its widest
        edge = look.edge
        self.setLayout(column(scrolled(whole), margins=(edge, look.px(12), edge, 0)))

    def _settings_card(self, name: str, decided: Decided) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.px(20))
        grid.setVerticalSpacing(self.look.px(10))
        grid.setColumnStretch(2, 1)
        views = setting_views(name, decided, self.words)
        made = self._fields[name] = [
            SettingField(self.look, self.words, view, self._deeds.change) for view in views
        ]
        for at, one in enumerate(made):
            one.place(grid, at)
        return self._card(self.words(f"settings.{name}"), grid)

    def _card(self, title: str, content: QLayout | QWidget) -> QFrame:
        edge = self.look.px(12 if self.look.is_large else 20)
        inside = column(
            label(title, "heading"), content, gap=self.look.px(12), margins=(edge, edge, edge, edge)
        )
        return card(inside)

    def _folders(self, folders: dict[str, Path]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.px(20))
        grid.setColumnStretch(1, 1)
        for at, (name, path) in enumerate(folders.items()):
            what, shown = self.words(f"settings.folder.{name}"), Elided(self.look)
            shown.setText(str(path))
            show = button(
                self.words("settings.open_folder"), partial(self._deeds.open_folder, path), kind="link"
            )
            show.setAccessibleName(f"{self.words('settings.open_folder')}: {what}")
            grid.addWidget(label(what), at, 0)
            grid.addWidget(shown, at, 1)
            grid.addWidget(show, at, 2)
        return grid

    def show_state(self, state: State) -> None:
        """Show the settings in force, and the target in use."""
        self.mappings.show_names(state.mappings)
        decided = state.decided
        if decided is None or (decided, state.target.name) == self._shown:
            return
        self._shown = (decided, state.target.name)
        for name, fields in self._fields.items():
            for one, view in zip(fields, setting_views(name, decided, self.words), strict=True):
                one.show_view(view)
        lines = target_lines(self._deeds.all_targets(), decided, self.words)
        self._targets.show_lines(lines, state.target.name, decided.scenario)

    def areas(self) -> list[QWidget]:
        """The first editor that can be used."""
        fields = (one.editor for name in self._fields for one in self._fields[name])
        return [next((editor for editor in fields if editor.isEnabled()), self)]

    def arrive(self) -> None:
        """Begin at the first setting; what was stored meanwhile is looked up."""
        self.areas()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._deeds.targets.look()
