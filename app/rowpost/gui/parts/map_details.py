"""All that can be said about one field beyond its column; made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.build import button, clear, column, label, row, set_tone
from rowpost.gui.parts.careful_picker import CarefulPicker
from rowpost.gui.parts.column_picker import ColumnPicker
from rowpost.gui.parts.pressed import RadioButton
from rowpost.gui.views.map_details import Choices, MapDetails
from rowpost.gui.views.mapping import ColumnOption
from rowpost.gui.words import Words


class MapDetailsPanel(QFrame):
    """Order of dates, style of amounts, words, parts, further columns, what stands in empty cells."""

    def __init__(self, look: Look, words: Words, key: str, field: str, deeds: ColumnDeeds) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._key = key
        self._field = field
        self._deeds = deeds
        self._shown: MapDetails | None = None
        self.setProperty("kind", "details")
        self.setAccessibleName(words("map.details", label=field))
        edge = look.px(12)
        self._parts = column(gap=look.px(12), margins=(edge, edge, edge, edge))
        self.setLayout(self._parts)

    def show_details(self, view: MapDetails, options: Sequence[ColumnOption]) -> None:
        """Show what can be said; the keyboard stays at what it was at."""
        if view == self._shown:
            return
        self._shown = view
        at = self._focused()
        clear(self._parts)
        deeds, key = self._deeds, self._key
        self._add_choices(view.order, partial(deeds.choose_order, key), "map.order.all")
        self._add_choices(view.style, partial(deeds.choose_style, key))
        self._add_words(view)
        self._add_choices(view.part, partial(deeds.choose_part, key))
        self._add_joined(view, options)
        self._add_texts(view)
        self._refocus(at)

    # -- The parts ---------------------------------------------------------------------------

    def _add_choices(self, choices: Choices | None, chosen: Callable[[str], None], note: str = "") -> None:
        if choices is None:
            return
        title = label(choices.title, "strong", wrap=True)
        part = column(title, gap=self._look.px(4))
        group = QButtonGroup(self)
        for choice in choices.items:
            made = RadioButton(choice.text)
            made.setObjectName(f"{choices.title}:{choice.value}")
            made.setChecked(choice.value == choices.chosen)
            made.clicked.connect(partial(_unless_unchecked, made, chosen, choice.value))
            group.addButton(made)
            part.addWidget(made)
        if note:
            part.addWidget(label(self._words(note), "small", wrap=True))
        self._parts.addLayout(part)

    def _add_words(self, view: MapDetails) -> None:
        if not view.words:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.px(12))
        grid.setVerticalSpacing(self._look.px(4))
        grid.setColumnStretch(2, 1)
        for at, word in enumerate(view.words):
            text = label(word.text, "strong", wrap=True)
            if word.open:
                set_tone(text, Tone.CHECK.value)
            grid.addWidget(text, at, 0)
            grid.addWidget(label(word.count, "small"), at, 1)
            grid.addWidget(self._word_picker(view, word.text, word.value, word.note), at, 2)
        grid.setColumnStretch(0, 1)
        title = label(self._words("map.words"), "strong", wrap=True)
        hint = label(self._words("map.words.hint"), "small", wrap=True)
        self._parts.addLayout(column(title, hint, grid, gap=self._look.px(4)))

    def _word_picker(self, view: MapDetails, word: str, value: str, note: str) -> CarefulPicker:
        made = CarefulPicker(self._look, self._words("map.word", word=word))
        made.setObjectName(f"word:{word}")
        made.setPlaceholderText(note or self._words("map.choose"))
        known = {option.value for option in view.options}
        for option in view.options:
            made.addItem(option.text, option.value)
        if value and value not in known:
            made.addItem(value, value)
        made.setCurrentIndex(made.findData(value) if value else -1)
        made.activated.connect(lambda at: self._deeds.choose_word(self._key, word, made.itemData(at)))
        return made

    def _add_joined(self, view: MapDetails, options: Sequence[ColumnOption]) -> None:
        if view.joiner is None:
            return
        gap = self._look.px(8)
        part: QVBoxLayout = column(label(self._words("map.join"), "strong", wrap=True), gap=self._look.px(4))
        for number, heading in view.joined:
            take_out = button(
                self._words("map.part_from", heading=heading),
                partial(self._deeds.part_from, self._key, number),
            )
            part.addLayout(row(take_out, None, gap=gap))
        adding = ColumnPicker(self._look, self._words("map.join_picker", label=self._field), self._joined)
        adding.setObjectName("join")
        first = ColumnOption(0, self._words("map.join_choose"))
        adding.show_choice((first, first, *(one for one in options if one.column > 0)), (), 0)
        line = row(adding, gap=gap)
        if view.joined:
            line.addWidget(self._joiner_picker(view.joiner))
        line.addStretch(1)
        part.addLayout(line)
        self._parts.addLayout(part)

    def _joiner_picker(self, joiner: Choices) -> CarefulPicker:
        made = CarefulPicker(self._look, joiner.title)
        made.setObjectName("joiner")
        for choice in joiner.items:
            made.addItem(choice.text, choice.value)
        made.setCurrentIndex(made.findData(joiner.chosen))
        made.activated.connect(lambda at: self._deeds.choose_joiner(self._key, made.itemData(at)))
        return made

    def _joined(self, number: int) -> None:
        if number > 0:
            self._deeds.join(self._key, number)

    def _add_texts(self, view: MapDetails) -> None:
        words, deeds = self._words, self._deeds
        if view.default is not None:
            deed = deeds.choose_otherwise if view.otherwise else partial(deeds.choose_default, self._key)
            name = words("map.otherwise.of" if view.otherwise else "map.default.of", label=self._field)
            made = self._default_word if view.options else partial(self._line, words("map.default.hint"))
            title = words("map.otherwise" if view.otherwise else "map.default")
            self._add_titled(title, made(name, view.default, deed), "default")
        if view.prefix is not None:
            deed = partial(deeds.choose_prefix, self._key)
            name = words("map.prefix.of", label=self._field)
            entry = self._line(words("map.prefix.hint"), name, view.prefix, deed)
            self._add_titled(words("map.prefix"), entry, "prefix")

    def _add_titled(self, title: str, widget: QWidget, name: str) -> None:
        widget.setObjectName(name)
        below = row(widget, None)
        self._parts.addLayout(column(label(title, "strong", wrap=True), below, gap=self._look.px(4)))

    def _default_word(self, name: str, text: str, deed: Callable[[str], None]) -> QWidget:
        made = CarefulPicker(self._look, name)
        nothing = "map.otherwise.nothing" if self._shown and self._shown.otherwise else "map.default.nothing"
        made.addItem(self._words(nothing), "")
        for option in self._shown.options if self._shown else ():
            made.addItem(option.text, option.value)
        made.setCurrentIndex(max(made.findData(text), 0))
        made.activated.connect(lambda at: deed(made.itemData(at)))
        return made

    def _line(self, hint: str, name: str, text: str, deed: Callable[[str], None]) -> QWidget:
        entry = QLineEdit(text)
        entry.setAccessibleName(name)
        entry.setPlaceholderText(hint)
        entry.editingFinished.connect(lambda: deed(entry.text().strip()) if entry.text() != text else None)
        return entry

    # -- The keyboard ------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        """The widgets that Tab stops at, from top to bottom."""
        return [one for one in _widgets(self._parts) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def _focused(self) -> str:
        at = self.focusWidget()
        return at.objectName() if at is not None and at.hasFocus() else ""

    def _refocus(self, name: str) -> None:
        found = self.findChildren(QWidget, name) if name else []
        for widget in found[-1:]:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _unless_unchecked(made: RadioButton, chosen: Callable[[str], None], value: str) -> None:
    if made.isChecked():
        chosen(value)


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _widgets(inner)
        elif widget is not None:
            yield widget
