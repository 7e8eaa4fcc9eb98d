"""The bottom bar: Back, one sentence with numbers, one primary button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.beside import Beside
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.views.foot import FootView

_LEAST_TEXT = 148  # design pixels that the sentence has beside the buttons, else it stands above them


class Foot(QWidget):
    """The bar at the bottom of the window."""

    def __init__(self, look: Look, back_word: str, act: Callable[[str], None]) -> None:
        super().__init__()
        self._view = FootView()
        self._back_word = back_word
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = button(back_word, lambda: act(self._view.back), kind="quiet", look=look, symbol="back")
        self.second = button("", lambda: act(self._view.second_action))
        self.primary = button("", lambda: act(self._view.action), kind="primary")
        self.sentence = label(role="strong", wrap=True, selectable=True)
        said = Beside(
            column(self.sentence), (self.second, self.primary), gap=look.px(12), least=look.px(_LEAST_TEXT)
        )
        edge, air = look.edge, look.px(8)
        bar = row(self.back, said, gap=look.px(12), margins=(edge, air, edge, air))
        bar.setStretchFactor(said, 1)
        self.setLayout(bar)
        self.setMinimumHeight(look.px(48 if look.is_large else 60))

    def show_words(self, *, shown: bool) -> None:
        """Show the word of Back, or its icon alone where the window is narrow."""
        self.back.setText(self._back_word if shown else "")
        self.back.setAccessibleName(self._back_word)
        self.back.setToolTip("" if shown else self._back_word)

    def show_foot(self, view: FootView) -> None:
        """Show a sentence and what can be done."""
        self._view = view
        self.setVisible(view != FootView())
        self.back.setVisible(bool(view.back))
        self.sentence.setText(view.sentence)
        for made, action, word in (
            (self.primary, view.action, view.word),
            (self.second, view.second_action, view.second_word),
        ):
            made.setText(word)
            made.setVisible(bool(action))
        self.primary.setEnabled(view.enabled)

    def stops(self) -> list[QWidget]:
        """The buttons that can be pressed now, the one that F6 goes to first."""
        made = (self.primary, self.second, self.back)
        return [one for one in made if one.isVisible() and one.isEnabled()]
