"""Rows that make one invoice together: the choice, the field they share, and a preview with its sum."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QWidget

from rowpost.gui.actions.columns import ColumnDeeds
from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import clear, column, label, line, row, set_tone, symbol_label
from rowpost.gui.parts.careful_picker import CarefulPicker
from rowpost.gui.parts.pressed import RadioButton
from rowpost.gui.views.map_groups import GroupsView
from rowpost.gui.words import Words


class GroupCard(QFrame):
    """What several rows with one value are."""

    def __init__(self, look: Look, words: Words, deeds: ColumnDeeds) -> None:
        super().__init__()
        self._look = look
        self._deeds = deeds
        self._shown: GroupsView | None = None
        self.setProperty("kind", "card")
        self._choices = column(gap=look.px(4))
        self._group = QButtonGroup(self)
        self.radios: dict[str, RadioButton] = {}
        self.key = CarefulPicker(look, words("map.group.key"))
        self.key.activated.connect(self._key_chosen)
        self._key_row = QWidget()
        self._key_row.setLayout(row(label(words("map.group.key")), self.key, None, gap=look.px(8)))
        self._title = label(role="strong", wrap=True)
        self._preview = QGridLayout()
        self._preview.setHorizontalSpacing(look.px(16))
        self._preview.setColumnStretch(2, 1)
        self._total = label(role="strong", wrap=True, selectable=True)
        self._check = label(wrap=True)
        self._example = QWidget()
        self._example.setLayout(
            column(line(), self._title, self._preview, self._total, self._check, gap=look.px(6))
        )
        sign = symbol_label(look, "sheet", look.tokens.accent, 18)
        heading = row(sign, label(words("map.groups"), "heading"), None, gap=look.px(8))
        edge = look.px(12 if look.is_large else 20)
        self.setLayout(
            column(
                heading,
                self._choices,
                self._key_row,
                self._example,
                gap=look.px(8),
                margins=(edge, look.px(16), edge, edge),
            )
        )

    def show_groups(self, view: GroupsView) -> None:
        """Show what is chosen, and how the first such invoice looks."""
        if view == self._shown:
            return
        self._shown = view
        for choice in view.kinds:
            made = self.radios.get(choice.value)
            if made is None:
                made = self.radios[choice.value] = RadioButton(choice.text)
                made.clicked.connect(partial(self._kind_chosen, choice.value))
                self._group.addButton(made)
                self._choices.addWidget(made)
            made.setChecked(choice.value == view.kind)
        self.key.clear()
        for choice in view.keys:
            self.key.addItem(choice.text, choice.value)
        self.key.setCurrentIndex(self.key.findData(view.key))
        self._key_row.setVisible(bool(view.kind))
        self._show_preview(view)

    def _show_preview(self, view: GroupsView) -> None:
        self._example.setVisible(bool(view.rows))
        self._title.setText(view.title)
        clear(self._preview)
        for at, texts in enumerate(view.rows):
            for place, text in enumerate(texts):
                made = label(text, "muted" if place == 0 else "", wrap=place == 2, selectable=True)
                if place == 1:
                    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                self._preview.addWidget(made, at, place)
        self._total.setText(view.total)
        self._check.setText(view.check)
        set_tone(self._check, view.tone.value)

    def _kind_chosen(self, kind: str) -> None:
        self._deeds.choose_groups(kind)

    def _key_chosen(self, at: int) -> None:
        if self._shown is not None:
            self._deeds.choose_groups(self._shown.kind, self.key.itemData(at))

    def stops(self) -> list[QWidget]:
        """The widgets that Tab stops at, from top to bottom."""
        return [*self.radios.values(), self.key]

    def focus_choice(self) -> None:
        """Put the keyboard at what is chosen."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
