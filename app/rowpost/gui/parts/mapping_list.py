"""The saved mappings under Settings: rename, share, delete; each step comes back with undo."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from rowpost.gui.actions.saved_mappings import SavedMappingDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, column, label, row
from rowpost.gui.parts.saved_bar import NameEntry
from rowpost.gui.words import Words


class MappingList(QWidget):
    """One line a mapping; a new name is typed in its line."""

    def __init__(self, look: Look, words: Words, deeds: SavedMappingDeeds) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._deeds = deeds
        self._shown: tuple[str, ...] | None = None
        self._renaming = ""
        self._rename: dict[str, QPushButton] = {}
        self.entry: QLineEdit | None = None
        self._lines = column(gap=look.px(4))
        hint = label(words("map.saved.about"), "small", wrap=True)
        take_in = button(words("map.saved.import"), deeds.import_to_keep, look=look, symbol="open")
        self.setLayout(column(hint, self._lines, row(take_in, None), gap=look.px(8)))

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show the saved mappings."""
        if names == self._shown:
            return
        self._shown, self._renaming = names, ""
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        self.entry = None
        self._rename = {}
        for name in self._shown or ():
            self._lines.addLayout(self._entry_line(name) if name == self._renaming else self._line(name))
        if not self._shown:
            self._lines.addWidget(label(self._words("map.saved.empty"), "muted", wrap=True))

    def _line(self, name: str) -> QHBoxLayout:
        words, deeds = self._words, self._deeds
        buttons = []
        for word, deed in (
            (words("map.saved.list.rename"), partial(self._ask, name)),
            (words("map.saved.list.share"), partial(deeds.export_saved, name)),
            (words("map.saved.list.remove"), partial(deeds.delete, name)),
        ):
            made = button(word, deed, kind="link")
            made.setAccessibleName(f"{word}: {name}")
            buttons.append(made)
        self._rename[name] = buttons[0]
        title = label(name, "strong", wrap=True)
        line = row(title, *buttons, gap=self._look.px(8))
        line.setStretchFactor(title, 1)
        return line

    def _entry_line(self, name: str) -> QHBoxLayout:
        self.entry = NameEntry(self._take, self._leave)
        self.entry.setAccessibleName(self._words("map.saved.name"))
        self.entry.setText(name)
        keep = button(self._words("map.saved.keep"), self._take)
        return row(self.entry, keep, button(self._words("cancel"), self._leave), gap=self._look.px(8))

    def _ask(self, name: str) -> None:
        self._renaming = name
        self._show()
        if self.entry is not None:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            self.entry.selectAll()

    def _take(self) -> None:
        before, after = self._renaming, self.entry.text().strip() if self.entry else ""
        self._leave()
        if after:
            self._deeds.rename(before, after)

    def _leave(self) -> None:
        at, self._renaming = self._renaming, ""
        self._show()
        if at in self._rename:
            self._rename[at].setFocus(Qt.FocusReason.OtherFocusReason)
