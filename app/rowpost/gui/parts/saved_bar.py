"""The saved mapping of the Map page: which one is used, and a small menu to keep, change and share them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from rowpost.gui.actions.saved_mappings import SavedMappingDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.beside import Beside
from rowpost.gui.parts.build import button, column, label, row, set_tone
from rowpost.gui.views.mapping import SavedView
from rowpost.gui.words import Words

_LEAST_TEXT = 120  # design pixels


class SavedBar(QWidget):
    """One line; a name is typed in the page, never in a dialog."""

    def __init__(self, look: Look, words: Words, deeds: SavedMappingDeeds) -> None:
        super().__init__()
        self._words = words
        self._deeds = deeds
        self._is_large = look.is_large
        self._is_told = True
        self._view = SavedView("", "", Tone.PLAIN, changed=False, names=())
        self._renaming = False
        self._text = label(wrap=True)
        self._update = button(words("map.saved.update"), deeds.update, look=look, symbol="save")
        self.menu_button = button(words("map.saved.menu"), lambda: None, look=look, symbol="down")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.menu_button.setMenu(self._menu)
        self.name = NameEntry(self._take, self._leave)
        self.name.setAccessibleName(words("map.saved.name"))
        self.name.setPlaceholderText(words("map.saved.name_hint"))
        self.name.setMinimumWidth(look.px(220))
        self._keep = button(words("map.saved.keep"), self._take, kind="primary")
        self._cancel = button(words("cancel"), self._leave)
        self._entry = QWidget()
        self._entry.setLayout(row(self.name, self._keep, self._cancel, None, gap=look.px(8)))
        self._entry.hide()
        self._stack = deeds.undo_stack
        self.back = button("", self._stack.undo, kind="quiet", look=look, symbol="undo")
        self.forth = button("", self._stack.redo, kind="quiet", look=look, symbol="redo")
        self._stack.indexChanged.connect(self._show_undo)
        self._show_undo()
        buttons = (self.back, self.forth, self._update, self.menu_button)
        line = Beside(column(self._text), buttons, gap=look.px(8), least=look.px(_LEAST_TEXT))
        self.setLayout(column(line, self._entry, gap=look.px(8)))

    def show_saved(self, view: SavedView) -> None:
        """Show which mapping is used."""
        self._view = view
        self._text.setText(view.text)
        set_tone(self._text, view.tone.value)
        tells = bool(view.name) or view.tone is not Tone.PLAIN
        self._show_text(shown=tells or not self._is_large)  # large text needs the room for fields
        self._update.setVisible(view.changed)

    def _show_text(self, *, shown: bool) -> None:
        if shown != self._is_told:  # what has no place in a window yet would open one of its own
            self._is_told = shown
            self._text.setVisible(shown)

    def _show_undo(self) -> None:
        words, stack = self._words, self._stack
        for made, can, name, code, alone in (
            (self.back, stack.canUndo(), stack.undoText(), "undo.back", "undo.back_alone"),
            (self.forth, stack.canRedo(), stack.redoText(), "undo.forth", "undo.forth_alone"),
        ):
            made.setEnabled(can)
            said = words(code, name=name) if name else words(alone)
            made.setToolTip(said)
            made.setAccessibleName(said)

    def _fill(self) -> None:
        words, deeds, menu, view = self._words, self._deeds, self._menu, self._view
        menu.clear()
        menu.addAction(words("map.saved.save_as"), partial(self._ask, ""))
        if view.name:
            menu.addAction(words("map.saved.rename", mapping=view.name), partial(self._ask, view.name))
            menu.addAction(words("map.saved.delete", mapping=view.name), partial(deeds.delete, view.name))
        others = [name for name in view.names if name != view.name]
        if others:
            using = menu.addMenu(words("map.saved.use"))
            for name in others:
                using.addAction(name, partial(deeds.use, name))
        menu.addAction(words("map.saved.anew"), deeds.start_anew)
        menu.addSeparator()
        menu.addAction(words("map.saved.export"), deeds.export)
        menu.addAction(words("map.saved.import"), deeds.import_file)

    def fill_menu(self) -> QMenu:
        """Return the menu as it would be shown now."""
        self._fill()
        return self._menu

    def _ask(self, name: str) -> None:
        """Ask for a name; `name` is the one to be changed, '' for a new one."""
        self._renaming = bool(name)
        self.name.setText(name)
        self._entry.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _take(self) -> None:
        name = self.name.text().strip()
        if not name:
            return
        self._leave()
        if self._renaming:
            self._deeds.rename(self._view.name, name)
        else:
            self._deeds.save_as(name)

    def _leave(self) -> None:
        self._entry.hide()
        self.menu_button.setFocus(Qt.FocusReason.OtherFocusReason)


class NameEntry(QLineEdit):
    """Enter takes the name, Escape leaves things as they are."""

    def __init__(self, taken: Callable[[], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left
        self.setMaxLength(60)
        self.returnPressed.connect(taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._left()
            return
        super().keyPressEvent(event)
