"""Settings: language, appearance, text size, where to send. Changes apply at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import Picker, card, column, label, scrolled
from rowpost.gui.state import State
from rowpost.gui.views.settings import LANGUAGE_NAMES, TEXT_SIZES, Chosen, appearance_words, target_lines
from rowpost.gui.words import Words
from rowpost.model.targets import Target

_SHORTEST = 220


class SettingsPage(Page):
    """Cards of settings."""

    def __init__(
        self,
        look: Look,
        words: Words,
        chosen: Chosen,
        targets: tuple[Target, ...],
        change: Callable[[Chosen], None],
        choose_target: Callable[[Target], None],
    ) -> None:
        super().__init__(look, words)
        self._chosen = chosen
        self._change = change
        self._targets = targets
        self._choose_target = choose_target
        self._choices: list[QRadioButton] = []
        body = column(self._looks(), self._places(), None, gap=look.px(16))
        edge = look.px(24)
        self.setLayout(column(scrolled(body), margins=(edge, look.px(12), edge, 0)))

    def _looks(self) -> QFrame:
        words, grid = self.words, self._grid()
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        lines = (
            ("language", LANGUAGE_NAMES.items(), self._chosen.language, self._set_language),
            ("appearance", appearance_words(words), self._chosen.appearance.value, self._set_appearance),
            ("text_size", sizes, str(self._chosen.text_percent), self._set_size),
        )
        for at, (name, options, current, put) in enumerate(lines):
            text = words(f"settings.{name}")
            grid.addWidget(label(text), at, 0)
            grid.addWidget(self._picker(text, options, current, put), at, 1)
        return self._card(words("settings.looks"), grid)

    def _picker(
        self, name: str, options: Iterable[tuple[str, str]], current: str, put: Callable[[str], None]
    ) -> Picker:
        made = Picker(self.look, name)
        made.setMinimumWidth(self.look.px(_SHORTEST))
        for value, text in options:
            made.addItem(text, value)
        made.setCurrentIndex(made.findData(current))
        made.activated.connect(lambda at: put(made.itemData(at)))
        return made

    def _places(self) -> QFrame:
        grid, group = self._grid(), QButtonGroup(self)
        for at, (name, word, place) in enumerate(target_lines(self._targets, self.words)):
            choice = QRadioButton(name)
            choice.toggled.connect(lambda on, at=at: self._choose_target(self._targets[at]) if on else None)
            group.addButton(choice)
            self._choices.append(choice)
            grid.addWidget(choice, at, 0)
            grid.addWidget(label(word, "strong"), at, 1)
            grid.addWidget(label(place, "muted", wrap=True, selectable=True), at, 2)
        grid.setColumnStretch(2, 9)
        return self._card(self.words("settings.targets"), grid)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.px(24))
        grid.setVerticalSpacing(self.look.px(10))
        return grid

    def _card(self, title: str, grid: QGridLayout) -> QFrame:
        edge = self.look.px(20)
        grid.setColumnStretch(3, 1)
        inside = column(label(title, "heading"), grid, gap=self.look.px(12), margins=(edge, edge, edge, edge))
        return card(inside)

    def show_state(self, state: State) -> None:
        """Show which target is in use."""
        for choice, target in zip(self._choices, self._targets, strict=True):
            if target.name == state.target.name and not choice.isChecked():
                choice.blockSignals(True)  # noqa: FBT003 - Qt's own signature
                choice.setChecked(True)
                choice.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _set_language(self, language: str) -> None:
        self._change(Chosen(language, self._chosen.appearance, self._chosen.text_percent))

    def _set_appearance(self, appearance: str) -> None:
        self._change(Chosen(self._chosen.language, Appearance(appearance), self._chosen.text_percent))

    def _set_size(self, size: str) -> None:
        self._change(Chosen(self._chosen.language, self._chosen.appearance, int(size)))
