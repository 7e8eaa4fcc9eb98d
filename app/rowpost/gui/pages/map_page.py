"""Map: which column of the workbook is which field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Act, Page
from rowpost.gui.parts.build import card, clear, column, label, line, row, scrolled, symbol_label
from rowpost.gui.parts.map_line import MapLineWidgets
from rowpost.gui.parts.notice import Notices
from rowpost.gui.state import State
from rowpost.gui.views.mapping import MapGroup, MapView, map_view
from rowpost.gui.words import Words
from rowpost.mapping import Mapping

_ROOM_FOR_BOTH = 820  # design pixels: fields and unused columns side by side
SYMBOLS = {
    "invoice": "file",
    "debtor": "person",
    "address": "home",
    "contact": "phone",
    "claim": "claim",
    "references": "reference",
}


@dataclass(frozen=True, slots=True)
class MapDeeds:
    """What the page can ask for."""

    act: Act
    choose_column: Callable[[str, int], None]
    choose_constant: Callable[[str, str], None]


class MapPage(Page):
    """One line a field; the unused columns at the side."""

    def __init__(self, look: Look, words: Words, deeds: MapDeeds) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._mapping: Mapping | None = None
        self._options: object = None
        self._lines: dict[str, MapLineWidgets] = {}
        self._questions = Notices(look, deeds.act)
        self._grid = QGridLayout()
        self._unused = column(gap=look.px(8))
        self._arrange()

    def _arrange(self) -> None:
        look, edge = self.look, self.look.px(24)
        self._grid.setHorizontalSpacing(look.px(16))
        self._grid.setVerticalSpacing(look.px(6))
        self._grid.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(20))
        for at, stretch in enumerate((3, 4, 5, 3)):
            self._grid.setColumnStretch(at, stretch)
        fields = scrolled(column(card(self._grid), None))
        side = column(
            label(self.words("map.unused"), "heading"),
            label(self.words("map.unused_hint"), "small", wrap=True),
            self._unused,
            None,
            gap=look.px(8),
            margins=(look.px(16), look.px(16), look.px(16), look.px(16)),
        )
        panel = self._side = scrolled(column(card(side), None))
        panel.setFixedWidth(look.px(240))
        body = row(fields, panel, gap=look.px(16))
        body.setStretchFactor(fields, 1)
        whole = column(self._questions, body, gap=look.px(12), margins=(edge, look.px(12), edge, 0))
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)

    def show_state(self, state: State) -> None:
        """Show the mapping."""
        if state.opened is None or state.mapping is None or state.mapping is self._mapping:
            return
        self._mapping = state.mapping
        view = map_view(state.opened, state.mapping, self.words)
        if view.options != self._options:
            self._options = view.options
            self._build(view)
        for group in view.groups:
            for one in group.lines:
                self._lines[one.key].show_line(one)
        self._questions.show_notices(view.questions)
        self._show_unused(view.unused)

    def _build(self, view: MapView) -> None:
        clear(self._grid)
        self._lines = {}
        for group in view.groups:
            self._add_group(group, view)

    def _add_group(self, group: MapGroup, view: MapView) -> None:
        look, at = self.look, self._grid.rowCount()
        sign = symbol_label(look, SYMBOLS[group.group], look.tokens.accent, 18)
        heading = row(
            sign, label(group.title, "heading"), None, gap=look.px(8), margins=(0, look.px(16), 0, look.px(4))
        )
        self._grid.addLayout(heading, at, 0, 1, 4)
        self._grid.addWidget(line(), at + 1, 0, 1, 4)
        for number, one in enumerate(group.lines, start=at + 2):
            made = MapLineWidgets(look, self.words, one, view.options, self._deeds)
            self._lines[one.key] = made
            for place, widget in enumerate(made.widgets):
                self._grid.addWidget(widget, number, place, Qt.AlignmentFlag.AlignTop)

    def _show_unused(self, unused: Sequence[tuple[str, str]]) -> None:
        clear(self._unused)
        for heading, sample in unused:
            texts: QVBoxLayout = column(label(heading, "strong", wrap=True), gap=0)
            if sample:
                texts.addWidget(label(sample, "small", wrap=True))
            self._unused.addLayout(texts)
        if not unused:
            self._unused.addWidget(label(self.words("map.all_used"), "muted", wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the unused columns out where the fields need the room."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= self.look.px(_ROOM_FOR_BOTH))

    def areas(self) -> Sequence[QWidget]:
        """The pickers."""
        return [next(iter(self._lines.values())).picker] if self._lines else []

    def arrive(self) -> None:
        """Begin at the first field that is missing, else at the first."""
        waiting = [made for made in self._lines.values() if made.needs_attention]
        for made in waiting[:1] or list(self._lines.values())[:1]:
            made.picker.setFocus()
