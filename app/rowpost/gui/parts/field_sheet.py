"""All fields of the Map page in a grid: built a few lines at a time, so that the window never waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, label, line, row, set_out_once, symbol_label
from rowpost.gui.parts.map_line import MapLineWidgets
from rowpost.gui.parts.unused_list import COLUMN_MIME
from rowpost.gui.views.map_lines import MapGroup
from rowpost.gui.views.mapping import MapView
from rowpost.gui.words import Words

SYMBOLS = {
    "invoice": "file",
    "debtor": "person",
    "address": "home",
    "contact": "phone",
    "claim": "claim",
    "references": "reference",
}
_WIDE = 5  # columns of the grid: name, source, samples, state, details
# how they share the room
_USUAL, _NARROW, _SLIM = (3, 4, 5, 3, 0), (3, 5, 0, 3, 0), (3, 5, 0, 0, 0)
_AT_ONCE = 2  # lines built before the window may do something else
_FIRST_SIGHT = 8  # lines that fill a window


class FieldSheet(QFrame):
    """A card with the lines; a column can be dropped on one of them."""

    def __init__(self, look: Look, words: Words, deeds: ColumnDeeds, built: Callable[[], None]) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._deeds = deeds
        self._built = built
        self._narrow = self._slim = False
        self._shape: tuple[str, ...] = ()
        self._view: MapView | None = None
        self._work: Iterator[None] = iter(())
        self._finished = True
        self._over: MapLineWidgets | None = None
        self._more: QWidget | None = None
        self.lines: dict[str, MapLineWidgets] = {}
        self.setProperty("kind", "card")
        self.setAcceptDrops(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(16))
        self._grid.setVerticalSpacing(look.px(3 if look.is_large else 6))
        air = look.px(12 if look.is_large else 20)
        self._grid.setContentsMargins(air, look.px(12), look.px(12), air)
        self._stretch(_USUAL)
        self.setLayout(self._grid)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def _stretch(self, shares: tuple[int, ...]) -> None:
        for at, share in enumerate(shares):
            self._grid.setColumnStretch(at, share)

    def set_room(self, *, narrow: bool, slim: bool) -> None:
        """Put samples below the pickers where there is little room, and states below the names."""
        if (narrow, slim) == (self._narrow, self._slim):
            return
        self._narrow, self._slim = narrow, slim
        self._stretch(_SLIM if slim else _NARROW if narrow else _USUAL)
        self._grid.setHorizontalSpacing(self._look.px(8 if narrow else 16))
        for made in self.lines.values():
            made.place(narrow=narrow, slim=slim)

    @property
    def building(self) -> bool:
        """Whether lines are still to come."""
        return self._timer.isActive()

    def show_view(self, view: MapView) -> None:
        """Show every line; those that are not there yet follow."""
        self._view = view
        shape = tuple(f"{group.title}:{line.key}" for group in view.groups for line in group.lines)
        if shape != self._shape:
            self._shape = shape
            clear(self._grid)
            self.lines = {}
            self._work, self._finished = self._build(), False
            self._timer.start()
            self._go_on()
            return
        with set_out_once(self._grid):
            for group in view.groups:
                for one in group.lines:
                    if made := self.lines.get(one.key):
                        made.show_line(one, view.options)

    def _go_on(self) -> None:
        """Build some lines. Qt shows each part later, and sets out the whole grid for it: so the grid rests.

        It is set out when the first lines fill a window, and at the end, each time before more is built.
        """
        if self._finished or len(self.lines) == _FIRST_SIGHT:
            self._rest(rests=False)
            self._grid.activate()
        if self._finished:
            self._timer.stop()
            self._built()
            return
        if len(self.lines) == _FIRST_SIGHT:
            self.repaint()
        self._rest(rests=True)
        self._finished = any(next(self._work, self) is self for _ in range(_AT_ONCE))

    def _rest(self, *, rests: bool) -> None:
        """Parts without a place yet would all be painted in one corner."""
        self._grid.setEnabled(not rests)
        self.setUpdatesEnabled(not rests)

    def _build(self) -> Iterator[None]:
        view = self._view
        at = self._grid.rowCount()
        for number, group in enumerate(view.groups if view else ()):
            at = self._add_heading(group, at)
            for place in range(len(group.lines)):
                # the view may have changed since the last line was built
                newest = self._view.groups[number].lines[place] if self._view else group.lines[place]
                made = self.lines[newest.key] = MapLineWidgets(self._look, self._words, newest, self._deeds)
                if len(self.lines) == 1:
                    self.setFocusProxy(made.picker)  # F6 goes there, and on from every line
                made.put_into(self._grid, at, newest, narrow=self._narrow, slim=self._slim)
                made.show_line(newest, self._view.options if self._view else ())
                at += 2
                yield
        more = self._more = button(
            self._words("map.add_debtor"),
            self._deeds.add_debtor,
            kind="link",
            look=self._look,
            symbol="person",
        )
        self._grid.addLayout(row(more, None), at, 0, 1, _WIDE)

    def stops(self) -> list[QWidget]:
        """The widgets that Tab stops at, from top to bottom."""
        more = [self._more] if self._more is not None else []
        return [*(stop for made in self.lines.values() for stop in made.stops()), *more]

    def _add_heading(self, group: MapGroup, at: int) -> int:
        look = self._look
        sign = symbol_label(look, SYMBOLS[group.group], look.tokens.accent, 18)
        margins = (0, look.px(1 if look.is_large else 16), 0, look.px(1 if look.is_large else 4))
        heading = row(sign, label(group.title, "heading"), None, gap=look.px(8), margins=margins)
        self._grid.addLayout(heading, at, 0, 1, _WIDE)
        self._grid.addWidget(line(), at + 1, 0, 1, _WIDE)
        return at + 2

    # -- Dropping a column -------------------------------------------------------------------

    def line_at(self, place: QPoint) -> MapLineWidgets | None:
        """Return the line at a place of the sheet, None between lines."""
        for made in self.lines.values():
            top = made.name.y() - self._look.px(8)
            bottom = max(made.name.geometry().bottom(), made.picker.geometry().bottom()) + self._look.px(8)
            if top <= place.y() <= bottom:
                return made
        return None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a column."""
        if event.mimeData().hasFormat(COLUMN_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would land."""
        found = self.line_at(event.position().toPoint())
        self._light(found)
        event.setAccepted(found is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It is gone again."""
        self._light(None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use the column for the field it was dropped on."""
        found = self.line_at(event.position().toPoint())
        self._light(None)
        if found is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            number = int(bytes(event.mimeData().data(COLUMN_MIME).data()))
            self._deeds.choose_column(found.key, number)

    def _light(self, made: MapLineWidgets | None) -> None:
        if made is not self._over:
            for one, on in ((self._over, False), (made, True)):
                if one is not None:
                    one.light(on=on)
            self._over = made
