"""One field on the Map page: its name, where it comes from, samples, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.look.icons import icon, pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.build import button, column, in_order, label, row, set_tone
from rowpost.gui.parts.careful_picker import CarefulPicker
from rowpost.gui.parts.column_picker import ColumnPicker
from rowpost.gui.parts.map_details import MapDetailsPanel
from rowpost.gui.views.map_lines import CONSTANT, MapLine
from rowpost.gui.views.mapping import ColumnOption
from rowpost.gui.words import Words

_SIGNS = {Tone.OK: "ok", Tone.CHECK: "check", Tone.MUST_FIX: "must_fix"}
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_COLUMNS = 5  # of the grid
_TOP = Qt.AlignmentFlag.AlignTop


class MapLineWidgets:
    """A line of the grid, and below it, when wanted, all that can be said about the field."""

    def __init__(self, look: Look, words: Words, line: MapLine, deeds: ColumnDeeds) -> None:
        self._look = look
        self._words = words
        self._deeds = deeds
        self._line: MapLine | None = None
        self._options: Sequence[ColumnOption] = ()
        self.key = line.key
        self.label = line.label
        self.picker = ColumnPicker(look, words("map.picker", label=line.label), self._picked)
        self._value: QComboBox | QLineEdit | None = None
        self._use: QPushButton | None = None
        self._same: QPushButton | None = None
        self._more: QLabel | None = None
        self.panel: MapDetailsPanel | None = None
        self.name = label(line.label, "strong", wrap=True)
        self.name.setBuddy(self.picker)  # on some desktops a picker's own name is what it holds
        self._samples = label(wrap=True, selectable=True)
        self._sign = label()
        self._state = label()
        self._reason = label(role="small", wrap=True)
        self.toggle = self._make_toggle(line)
        self._opened_by_hand: bool | None = None
        self._slim = self._few = False

    def _make_toggle(self, line: MapLine) -> QPushButton:
        made = button("", self._toggled, kind="quiet")
        made.setCheckable(True)
        made.setIcon(icon("settings", self._look.tokens.muted, self._look.px(16)))
        made.setIconSize(QSize(self._look.px(16), self._look.px(16)))
        made.setAccessibleName(self._words("map.details", label=line.label))
        made.setToolTip(self._words("map.details", label=line.label))
        return made

    def put_into(self, grid: QGridLayout, at: int, line: MapLine, *, narrow: bool, slim: bool) -> None:
        """Take row `at` of the grid, and the one below for details."""
        look = self._look
        self._grid, self._at = grid, at
        air = look.px(1 if look.is_large else 4)
        self._title = column(self.name, gap=0, margins=(0, air, 0, air))
        if line.required:
            self._title.addWidget(label(self._words("map.required"), "required"))
        self._names = column(self._title, None, gap=0)
        self._head, self._below, self._whole = row(gap=look.px(12)), row(gap=look.px(12)), column(gap=0)
        self._source: QVBoxLayout = column(self.picker, None, gap=look.px(4))
        self._samples.setContentsMargins(0, look.px(4), 0, 0)
        top = row(self._sign, self._state, None, gap=look.px(6))
        self._verdict = column(top, self._reason, None, gap=0, margins=(0, air, 0, 0))
        grid.addWidget(self.toggle, at, 4, _TOP)
        self.place(narrow=narrow, slim=slim)

    def place(self, *, narrow: bool, slim: bool) -> None:
        """Put the samples beside the picker, or below it where there is little room; so with the state."""
        self._slim, self._few = slim, slim and self._look.is_large
        for part in (self._names, self._verdict, self._source, self._head, self._below, self._whole):
            around = part.parent()
            if isinstance(around, QLayout):
                around.removeItem(part)
        self._title.setDirection(_ACROSS if self._few else _DOWN)
        if self._few:
            self._place_below()
        else:
            self._place_beside(slim=slim)
        self._show_samples()
        self._show_reason()
        if self.panel is not None:
            self._place_panel(self.panel)
        if self._few:
            return
        if narrow:
            self._source.insertWidget(self._source.count() - 1, self._samples)
        else:
            self._grid.addWidget(self._samples, self._at, 2, _TOP)

    def stops(self) -> list[QWidget]:
        """The widgets that Tab stops at, from top to bottom."""
        below = [self._value, self._use, self._same]
        details = self.panel.stops() if self.panel is not None else []
        return [self.picker, *(made for made in below if made is not None), self.toggle, *details]

    def _place_beside(self, *, slim: bool) -> None:
        self._grid.addLayout(self._names, self._at, 0)
        self._grid.addLayout(self._source, self._at, 1)
        if slim:
            self._names.insertLayout(1, self._verdict)
        else:
            self._grid.addLayout(self._verdict, self._at, 3)

    def _place_below(self) -> None:
        """Large text: the name and how sure it is in one line, the picker below."""
        self._head.addLayout(self._names, 1)
        self._head.addLayout(self._verdict)
        self._whole.addLayout(self._head)
        self._below.addLayout(self._source, 3)
        self._below.addWidget(self._samples, 2, _TOP)
        self._whole.addLayout(self._below)
        self._grid.addLayout(self._whole, self._at, 0, 1, _COLUMNS - 1)

    def _show_reason(self) -> None:
        """Say why, where there is room or something is to be looked at; else in the tooltip."""
        line = self._line
        if line is not None:
            self._reason.setText(line.reason)
            self._reason.setVisible(bool(line.reason) and (not self._few or line.tone is not Tone.OK))
            self._state.setToolTip(line.reason)

    def _place_panel(self, panel: MapDetailsPanel) -> None:
        first = 0 if self._slim else 1
        self._grid.addWidget(panel, self._at + 1, first, 1, _COLUMNS - first)

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look at this line first."""
        return self._line is not None and self._line.asks

    def show_line(self, line: MapLine, options: Sequence[ColumnOption]) -> None:
        """Show where the field comes from now."""
        if line == self._line and options is self._options:
            return
        self._line, self._options = line, options
        self.picker.show_choice(options, line.first, line.column, line.nothing)
        self._show_value(line, shown=line.column == CONSTANT)
        self._show_same(line)
        self._show_proposal(line)
        self._show_more(line)
        self._show_samples()
        self._show_reason()
        self._state.setText(line.state)
        set_tone(self._state, line.tone.value)
        sign = _SIGNS.get(line.tone)
        self._sign.setVisible(sign is not None)
        if sign:
            colour = self._look.tokens.mark(line.tone)
            self._sign.setPixmap(pixmap(sign, colour, self._look.px(16), self._sign.devicePixelRatioF()))
        self._show_details(line)

    def _show_samples(self) -> None:
        """Show the samples; where there is little room, one of them and the rest in the tooltip."""
        samples = self._line.samples if self._line else ()
        self._samples.setText("\n".join(samples[:1] if self._few else samples))
        self._samples.setToolTip("\n".join(samples) if self._few else "")

    def _show_proposal(self, line: MapLine) -> None:
        if self._use is None and line.proposal:
            self._use = button("", self._use_proposal, kind="link")
            self._source.insertWidget(self._source.count() - 1, self._use)
            in_order(self.picker, self._use)
        if self._use is not None:
            self._use.setText(line.proposal)
            self._use.setVisible(bool(line.proposal))

    def _show_same(self, line: MapLine) -> None:
        """Offer the same value for all rows where a field of few values has no column, as in most files."""
        missing = line.tone is Tone.MUST_FIX and line.column == 0
        wanted = missing and bool(line.options) and not line.proposal
        if self._same is None and wanted:
            self._same = button(self._words("map.constant"), lambda: self._picked(CONSTANT), kind="link")
            self._same.setAccessibleName(f"{line.label}: {self._words('map.constant')}")
            left = Qt.AlignmentFlag.AlignLeft  # across the columns: it is wider than a picker
            self._grid.addWidget(self._same, self._at + 1, 1, 1, 4, left)
            in_order(self.picker, self._same)
        if self._same is not None:
            self._same.setVisible(wanted)

    def _show_more(self, line: MapLine) -> None:
        if self._more is None and line.more:
            self._more = label(role="small", wrap=True)
            self._source.insertWidget(1, self._more)
        if self._more is not None:
            self._more.setText(f"+ {line.more}")
            self._more.setVisible(bool(line.more))

    # -- A fixed value -----------------------------------------------------------------------

    def _show_value(self, line: MapLine, *, shown: bool) -> None:
        if self._value is None and shown:
            self._value = self._make_value(line)
            self._source.insertWidget(1, self._value)
            in_order(self.picker, self._value)
        if self._value is None:
            return
        self._value.setVisible(shown)
        if isinstance(self._value, QLineEdit):
            self._value.setText(line.constant)
        else:
            self._value.setCurrentIndex(self._value.findData(line.constant))

    def _make_value(self, line: MapLine) -> QComboBox | QLineEdit:
        name = self._words("map.value", label=line.label)
        if line.options:
            choice = CarefulPicker(self._look, name)
            choice.setPlaceholderText(self._words("map.choose"))
            for option in line.options:
                choice.addItem(option.text, option.value)
            choice.activated.connect(lambda at: self._deeds.choose_constant(self.key, choice.itemData(at)))
            return choice
        entry = QLineEdit()
        entry.setAccessibleName(name)
        entry.setPlaceholderText(self._words("map.value_hint"))
        entry.editingFinished.connect(lambda: self._typed(entry.text()))
        return entry

    def _typed(self, text: str) -> None:
        if self._line and text.strip() and text != self._line.constant:
            self._deeds.choose_constant(self.key, text.strip())

    def _picked(self, column_number: int) -> None:
        if column_number != CONSTANT:
            self._deeds.choose_column(self.key, column_number)
        elif self._line is not None:
            if self._same is not None:
                self._same.hide()
            self.picker.show_choice(self._options, self._line.first, CONSTANT, self._line.nothing)
            self._show_value(self._line, shown=True)
            if self._value is not None:
                self._value.setFocus()
                if isinstance(self._value, QComboBox):
                    self._value.showPopup()

    def _use_proposal(self) -> None:
        if self._line is not None:
            self._deeds.choose_column(self.key, self._line.proposed)

    # -- Details -----------------------------------------------------------------------------

    def _toggled(self) -> None:
        self._opened_by_hand = self.toggle.isChecked()
        if self._line is not None:
            self._show_details(self._line)
        if self.panel is not None and self.toggle.isChecked():
            self.panel.setFocus()

    def _show_details(self, line: MapLine) -> None:
        """Open what asks by itself; what a person opened stays open."""
        wanted = line.asks if self._opened_by_hand is None else self._opened_by_hand
        shown = wanted and line.details is not None
        if line.details is not None and wanted and self._opened_by_hand is None:
            self._opened_by_hand = True  # answering does not shut it under the person's hands
        self.toggle.setVisible(line.details is not None)
        self.toggle.setChecked(shown)
        if shown and self.panel is None:
            self.panel = MapDetailsPanel(self._look, self._words, self.key, self.label, self._deeds)
            self._place_panel(self.panel)
        if self.panel is not None:
            self.panel.setVisible(shown)
            if line.details is not None and shown:
                self.panel.show_details(line.details, self._options)
                in_order(self.toggle, *self.panel.stops())

    def light(self, *, on: bool) -> None:
        """Show that a dragged column would be dropped here."""
        set_tone(self.name, "drop" if on else "")
