"""Help: the guide, the lists of keys, fields and rules, and what support needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Page
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.parts.reader import Reader
from rowpost.gui.state import State, Step
from rowpost.gui.views.help import Chapter, all_chapters, find_chapter, support_text
from rowpost.gui.words import Words

_CONTENTS = 240  # design pixels
_AT_MOST = 0.28  # of the page
_ROOM_FOR_BOTH = 600
_LOW_CONTENTS = 84  # their height above the text, where they have no room beside it
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_NO_LIMIT = 16_777_215  # Qt's word for "no limit"


class HelpPage(Page):
    """The contents at the left, a chapter at the right."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(look, words)
        self._support = ""
        self._chapters: Sequence[Chapter] = ()
        self._step = Step.OPEN
        self._contents = QListWidget()
        self._contents.setAccessibleName(words("help.contents"))
        self._contents.setWordWrap(True)
        self._contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contents.currentRowChanged.connect(self._show_chapter)
        self._reader = Reader(look, words("help.text"))
        copy = button(words("help.copy"), self._copy, look=look, symbol="copy")
        self._copied = label(role="muted", wrap=True)
        edge, gap = look.edge, look.px(12)
        parts = self._parts = row(self._contents, self._reader, gap=gap)
        parts.setStretchFactor(self._reader, 1)
        support = row(copy, self._copied, gap=gap)
        support.setStretchFactor(self._copied, 1)
        body = column(parts, support, gap=gap, margins=(edge, gap, edge, gap))
        body.setStretchFactor(parts, 1)
        self.setLayout(body)

    def tell_of(self, step: Step) -> None:
        """Open the chapter of the step a person comes from."""
        self._step = step
        if self._chapters:
            self._contents.setCurrentRow(find_chapter(self._chapters, step))

    def show_state(self, state: State) -> None:
        """Know what support would ask; the chapters are read when they are looked at for the first time."""
        self._support = support_text(state)
        if not self._chapters:
            self._chapters = all_chapters(self.words)
            self._contents.addItems([chapter.title for chapter in self._chapters])
            self._contents.setCurrentRow(find_chapter(self._chapters, self._step))

    def arrive(self) -> None:
        """Begin in the contents, where arrow keys go from chapter to chapter."""
        self._contents.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave most of the room to the text."""
        super().resizeEvent(event)
        beside, limit = self.width() >= self.look.px(_ROOM_FOR_BOTH), _NO_LIMIT
        self._parts.setDirection(_BESIDE if beside else _BELOW)
        wide = min(self.look.px(_CONTENTS), round(self.width() * _AT_MOST)) if beside else limit
        self._contents.setMaximumSize(wide, limit if beside else self.look.px(_LOW_CONTENTS))
        self._contents.setMinimumWidth(wide if beside else 0)

    def areas(self) -> Sequence[QWidget]:
        """The contents and the text."""
        return self._contents, self._reader

    def _show_chapter(self, at: int) -> None:
        chapter = self._chapters[at]
        self._reader.show_page(chapter.markdown, chapter.folder)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._support)
        self._copied.setText(self.words("help.copied"))
