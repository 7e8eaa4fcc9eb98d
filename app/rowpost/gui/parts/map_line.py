"""One field on the Map page: its name, where it comes from, samples, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QSizePolicy, QWidget

from rowpost.gui.look.icons import pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.build import Picker, button, column, label, row, set_tone
from rowpost.gui.views.mapping import CONSTANT, ColumnOption, MapLine
from rowpost.gui.words import Words

_SIGNS = {Tone.OK: "ok", Tone.CHECK: "check", Tone.MUST_FIX: "must_fix"}


class LineDeeds(Protocol):
    """What a line can ask for."""

    @property
    def choose_column(self) -> Callable[[str, int], None]:
        """Take a field from a column."""
        ...

    @property
    def choose_constant(self) -> Callable[[str, str], None]:
        """Take the same value for every row."""
        ...


class MapLineWidgets:
    """The four cells of a line."""

    def __init__(
        self, look: Look, words: Words, line: MapLine, options: Sequence[ColumnOption], deeds: LineDeeds
    ) -> None:
        self._look = look
        self._words = words
        self._deeds = deeds
        self._line = line
        self.picker = self._make_picker(line, options)
        self._value = self._make_value(line)
        self._use = button("", self._use_proposal, kind="link")
        self._samples = label(wrap=True, selectable=True)
        self._samples.setContentsMargins(0, look.px(4), 0, 0)
        self._sign = label()
        self._state = label()
        self._reason = label(role="small", wrap=True)
        self.widgets = (self._name(line), self._source(), self._samples, self._verdict())

    def _name(self, line: MapLine) -> QWidget:
        texts = [label(line.label, "strong", wrap=True)]
        if line.required:
            texts.append(label(self._words("map.required"), "required"))
        return _box(column(*texts, gap=0, margins=(0, self._look.px(4), 0, self._look.px(4))))

    def _source(self) -> QWidget:
        return _box(column(self.picker, self._value, self._use, gap=self._look.px(4)))

    def _verdict(self) -> QWidget:
        top = row(self._sign, self._state, None, gap=self._look.px(6))
        return _box(column(top, self._reason, gap=0, margins=(0, self._look.px(4), 0, 0)))

    def _make_picker(self, line: MapLine, options: Sequence[ColumnOption]) -> Picker:
        made = Picker(self._look, self._words("map.picker", label=line.label))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for option in options:
            made.addItem(option.text, option.column)
        made.activated.connect(self._picked)
        return made

    def _make_value(self, line: MapLine) -> QComboBox | QLineEdit:
        name = self._words("map.value", label=line.label)
        if line.words:
            choice = Picker(self._look, name)
            for word, text in line.words:
                choice.addItem(text, word)
            choice.activated.connect(
                lambda at: self._deeds.choose_constant(self._line.key, choice.itemData(at))
            )
            return choice
        entry = QLineEdit()
        entry.setAccessibleName(name)
        entry.setPlaceholderText(self._words("map.value_hint"))
        entry.editingFinished.connect(lambda: self._typed(entry.text()))
        return entry

    @property
    def needs_attention(self) -> bool:
        """Whether a person should look at this line first."""
        return self._line.tone in (Tone.MUST_FIX, Tone.CHECK)

    def show_line(self, line: MapLine) -> None:
        """Show where the field comes from now."""
        self._line = line
        self.picker.setCurrentIndex(self.picker.findData(line.column))
        self._show_value(line)
        self._use.setVisible(bool(line.proposal))
        self._use.setText(line.proposal)
        self._samples.setText("\n".join(line.samples))
        self._reason.setText(line.reason)
        self._reason.setVisible(bool(line.reason))
        self._state.setText(line.state)
        set_tone(self._state, line.tone.value)
        sign = _SIGNS.get(line.tone)
        self._sign.setVisible(sign is not None)
        if sign:
            colour = self._look.tokens.mark(line.tone)
            self._sign.setPixmap(pixmap(sign, colour, self._look.px(16), self._sign.devicePixelRatioF()))

    def _show_value(self, line: MapLine) -> None:
        self._value.setVisible(line.column == CONSTANT)
        if isinstance(self._value, QLineEdit):
            self._value.setText(line.constant)
        else:
            self._value.setCurrentIndex(self._value.findData(line.constant))

    def _picked(self, at: int) -> None:
        column_number = self.picker.itemData(at)
        if column_number != CONSTANT:
            self._deeds.choose_column(self._line.key, column_number)
            return
        self._value.show()
        self._value.setFocus()
        if isinstance(self._value, QComboBox):
            self._value.showPopup()

    def _typed(self, text: str) -> None:
        if text.strip() and text != self._line.constant:
            self._deeds.choose_constant(self._line.key, text.strip())

    def _use_proposal(self) -> None:
        self._deeds.choose_column(self._line.key, self._line.proposed)


def _box(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made
