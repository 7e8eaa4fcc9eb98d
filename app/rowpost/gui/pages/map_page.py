"""Map: which column of the workbook is which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.actions.saved_mappings import SavedMappingDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.pages.page import Act, Page
from rowpost.gui.parts.build import card, column, in_order, label, row, scrolled
from rowpost.gui.parts.field_sheet import FieldSheet
from rowpost.gui.parts.group_card import GroupCard
from rowpost.gui.parts.low_area import LowArea
from rowpost.gui.parts.map_line import MapLineWidgets
from rowpost.gui.parts.notice import Notices
from rowpost.gui.parts.saved_bar import SavedBar
from rowpost.gui.parts.unused_list import UnusedList
from rowpost.gui.state import State
from rowpost.gui.views.mapping import map_view
from rowpost.gui.words import Words

_ROOM_FOR_BOTH = 820  # design pixels: fields and unused columns side by side
_ROOM_FOR_SAMPLES = 620  # samples beside the pickers
_ROOM_FOR_STATES = 560  # how sure a choice is, beside the pickers
_EDGES = 60  # around the fields, and between them and the side
_BARS = 0.34  # of the page's height
_SIDE = 240


@dataclass(frozen=True, slots=True)
class MapDeeds:
    """What the page can ask for."""

    act: Act
    columns: ColumnDeeds
    saved: SavedMappingDeeds


class MapPage(Page):
    """One line a field; the unused columns at the side."""

    def __init__(self, look: Look, words: Words, deeds: MapDeeds) -> None:
        super().__init__(look, words)
        self._deeds = deeds
        self._shown: tuple[object, ...] = ()
        self._arriving = False
        self._first = ""  # the field to begin at, '' for the one that needs it most
        self._whole = False
        self.saved = SavedBar(look, words, deeds.saved)
        self._questions = Notices(look, self._act)
        self.fields = FieldSheet(look, words, deeds.columns, self._built)
        self.groups = GroupCard(look, words, deeds.columns)
        self.unused = UnusedList(look, words("map.unused"), deeds.columns.choose_column)
        self._all_used = label(words("map.all_used"), "muted", wrap=True)
        self._area = self._arrange()

    def _arrange(self) -> QScrollArea:
        look, edge = self.look, self.look.edge
        bars = self._bars = LowArea(column(self._questions, None, gap=0), _BARS)
        above = (self.saved, bars)
        along = above if look.is_large else ()  # large text leaves no room for them beside the fields
        parts = (*along, self.fields, self.groups, None)
        area = scrolled(column(*parts, gap=look.px(12), margins=(0, 0, look.px(4), look.px(12))))
        inner = look.px(12)
        side = column(
            label(self.words("map.unused"), "heading", wrap=True),
            label(self.words("map.unused_hint"), "small", wrap=True),
            self._all_used,
            self.unused,
            gap=look.px(8),
            margins=(inner, look.px(16), inner, inner),
        )
        side.setStretchFactor(self.unused, 1)
        side.addStretch()  # keeps the words at the top where there is no list
        self._side = card(side)
        self._side.setFixedWidth(look.px(_SIDE))
        self.unused.setMinimumHeight(look.px(48))
        body = row(area, self._side, gap=look.px(12))
        body.setStretchFactor(area, 1)
        top = look.px(4 if look.is_large else 12)
        still = () if look.is_large else above
        whole = column(*still, body, gap=look.px(10), margins=(edge, top, edge, 0 if look.is_large else top))
        whole.setStretchFactor(body, 1)
        self._content = QWidget()
        self._content.setLayout(whole)
        self.setLayout(column(self._content, gap=0))
        return area

    def show_state(self, state: State) -> None:
        """Show the mapping, once the sheet has been seen through it."""
        wanted = (state.opened, state.mapping, state.seen, state.suggestion, state.marks, state.mappings)
        if len(wanted) == len(self._shown) and all(map(_same, wanted, self._shown)):
            return
        view = map_view(state, self.words)
        self._whole = view is not None
        # lines of one workbook are never shown for another; those of an older mapping go on for a moment
        is_other = not self._shown or self._shown[0] is not state.opened
        self._content.setVisible(view is not None or not is_other)
        if view is None:
            return
        self._shown = wanted
        self.saved.show_saved(view.saved)
        self._questions.show_notices(view.questions)
        self._bars.setVisible(bool(view.questions))
        self._bars.fit()
        self.fields.show_view(view)
        self.groups.show_groups(view.rows)
        self.unused.show_columns(view.unused, view.groups)
        self.unused.setVisible(bool(view.unused))
        self._all_used.setVisible(not view.unused)
        if not self.fields.building:
            self._settle()

    # -- Going to a line ---------------------------------------------------------------------

    def _act(self, name: str) -> None:
        """Do what a bar asks for; to show something is the page's own business."""
        verb, _, key = name.partition(":")
        if verb == "show":
            self.show_line(key)
        elif verb == "show_groups":
            self._area.ensureWidgetVisible(self.groups)
            self.groups.focus_choice()
        else:
            self._deeds.act(name)

    def show_line(self, key: str) -> None:
        """Put the keyboard at a field."""
        made = self.fields.lines.get(key)
        if made is not None:
            self._focus(made)

    def _focus(self, made: MapLineWidgets) -> None:
        made.picker.setFocus()
        QTimer.singleShot(
            0, made.picker, lambda: self._area.ensureWidgetVisible(made.picker, 0, self.look.px(80))
        )

    def complete(self) -> bool:
        """Whether every field has its line, as the mapping in force has it."""
        return self._whole and not self.fields.building

    def areas(self) -> Sequence[QWidget]:
        """What is asked above, the fields, the unused columns."""
        fields = [self.fields] if self.fields.lines else []
        unused = [self.unused] if self.unused.isVisible() else []
        asked = [self._questions] if self._questions.focusProxy() else []
        return [*asked, *fields, *unused]

    def begin_at(self, key: str) -> None:
        """Put the keyboard at a field as soon as it has its line."""
        self._first = key
        self.arrive()

    def arrive(self) -> None:
        """Begin at the first field that is missing, else at the first; when all lines are there."""
        self._arriving = True
        if self.complete():
            self._settle()

    def _built(self) -> None:
        """Lines come a few at a time, after what stands below them: Tab goes as the eye does."""
        in_order(*self.fields.stops(), *self.groups.stops(), self.unused)
        self._settle()

    def _settle(self) -> None:
        lines = list(self.fields.lines.values())
        if not self._arriving or not lines:
            return
        self._arriving = False
        waiting = [made for made in lines if made.needs_attention]
        first, self._first = self.fields.lines.get(self._first), ""
        self._focus(first or (waiting or lines)[0])

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the keyboard to the page that is shown now, even if the lines are ready only later."""
        super().hideEvent(event)
        self._arriving = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the unused columns out where the fields need the room."""
        super().resizeEvent(event)
        both = self.width() >= self.look.px(_ROOM_FOR_BOTH)
        self._side.setVisible(both)
        room = self.width() - self.look.px(_EDGES + (_SIDE if both else 0))
        self.fields.set_room(
            narrow=room < self.look.px(_ROOM_FOR_SAMPLES), slim=room < self.look.px(_ROOM_FOR_STATES)
        )


def _same(one: object, other: object) -> bool:
    return one is other
