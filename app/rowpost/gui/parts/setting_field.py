"""One setting: what it is called, its editor, and what it means or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import column, label, row, set_tone, symbol_label
from rowpost.gui.parts.notice import announce
from rowpost.gui.parts.picker import Picker
from rowpost.gui.views.settings import Kind, SettingView
from rowpost.gui.words import Words

_EDITOR = 232  # design pixels
_LABEL = 168


class SettingField:
    """The widgets of one setting; `changed` is told its name and the new text."""

    def __init__(
        self, look: Look, words: Words, view: SettingView, changed: Callable[[str, str], None]
    ) -> None:
        self._words = words
        self._narrow = look.is_large
        self._changed = changed
        self._view = view
        self.editor: QWidget = self._picker(look) if view.kind is Kind.CHOICE else self._entry()
        self.editor.setObjectName(view.name)
        self.editor.setFixedWidth(look.px(_EDITOR))
        self._name = label(view.label, wrap=True)
        self._name.setBuddy(self.editor)
        self._name.setMinimumWidth(look.px(_LABEL))
        air = look.px(5)  # so that the first lines of label, editor and help stand level
        self._name.setContentsMargins(0, air, 0, 0)
        self._help = label(view.help, "muted", wrap=True)
        self._help.setContentsMargins(0, air, 0, 0)
        self._lock = symbol_label(look, "lock", look.tokens.muted, 16)
        self._locked = row(self._lock, self._help, gap=look.px(8))
        self._locked.setStretchFactor(self._help, 1)
        self.show_view(view)

    def place(self, grid: QGridLayout, at: int) -> None:
        """Put the widgets into a line of a grid."""
        top = Qt.AlignmentFlag.AlignTop
        if self._narrow:  # large text: one below the other
            self._help.setContentsMargins(0, 0, 0, 0)
            grid.addLayout(column(self._name, self.editor, self._locked, gap=4), at, 0, 1, 3)
            return
        grid.addWidget(self._name, at, 0, top)
        grid.addWidget(self.editor, at, 1, top)
        grid.addLayout(column(self._locked, None, gap=0), at, 2)

    def show_view(self, view: SettingView) -> None:
        """Show the value in force; what was typed and not taken stays to be mended."""
        if view.wrong and view.wrong != self._view.wrong:
            announce(self.editor, view.wrong)
        self._view = view
        self._lock.setVisible(view.locked)
        self.editor.setEnabled(not view.locked)
        said = view.wrong or (self._words("settings.locked") if view.locked else view.help)
        self._help.setText(said)
        set_tone(self._help, "must_fix" if view.wrong else "")
        set_tone(self.editor, "must_fix" if view.wrong else "")
        self.editor.setAccessibleDescription(said)
        if isinstance(self.editor, QLineEdit):
            if not view.wrong and not self.editor.hasFocus():
                self.editor.setText(view.value)
        elif isinstance(self.editor, Picker):
            self.editor.setCurrentIndex(self.editor.findData(view.value))

    def _picker(self, look: Look) -> Picker:
        made = Picker(look, self._view.label)
        for value, text in self._view.options:
            made.addItem(text, value)
        made.activated.connect(lambda at: self._changed(self._view.name, made.itemData(at)))
        return made

    def _entry(self) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(self._view.label)
        made.editingFinished.connect(lambda: self._typed(made))
        return made

    def _typed(self, entry: QLineEdit) -> None:
        if self._view.wrong or entry.text().strip() != self._view.value:
            self._changed(self._view.name, entry.text())
