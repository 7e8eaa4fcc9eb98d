"""Problems by kind: one line each with its count; choosing one filters the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from rowpost.gui.look.icons import icon
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.review import KindLine

_SIGNS = {Tone.MUST_FIX: "must_fix", Tone.CHECK: "check", Tone.INFO: "info"}
_CODE = Qt.ItemDataRole.UserRole


class KindList(QListWidget):
    """A list of kinds."""

    def __init__(self, look: Look, name: str, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[KindLine, ...] = ()
        self.setAccessibleName(name)
        self.setIconSize(QSize(look.px(16), look.px(16)))
        self.setMinimumHeight(look.px(72))
        self.setUniformItemSizes(True)
        self.itemActivated.connect(lambda item: chosen(item.data(_CODE)))
        self.itemClicked.connect(lambda item: chosen(item.data(_CODE)))

    def show_kinds(self, kinds: tuple[KindLine, ...]) -> None:
        """Show the kinds; the one that is chosen stays chosen."""
        if kinds == self._shown:
            return
        self._shown = kinds
        chosen = self.currentItem().data(_CODE) if self.currentItem() else ""
        self.clear()
        for kind in kinds:
            sign = icon(_SIGNS[kind.tone], self._look.tokens.mark(kind.tone), self._look.px(16))
            item = QListWidgetItem(sign, f"{kind.count}  ·  {kind.title}")
            item.setData(_CODE, kind.code)
            self.addItem(item)
            if kind.code == chosen:
                self.setCurrentItem(item)

    def clear_choice(self) -> None:
        """Choose none."""
        self.setCurrentRow(-1)
        self.clearSelection()
