"""The rail on the left: the five steps in their order, and what stands apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from rowpost.gui.look.icons import BESIDE_TEXT, icon, pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import column, label, one_of, set_tone
from rowpost.gui.parts.pressed import PushButton
from rowpost.gui.state import STEPS, Step
from rowpost.gui.views.frame import RailItem

_FIELD = 20  # design pixels: an icon
_ICONS = 56  # design pixels: the width without words
_LOW = 460  # a window that is lower has no room for air between the entries


class RailButton(PushButton):
    """An entry of the rail with a tick once its step is done."""

    def __init__(self, look: Look, item: RailItem) -> None:
        super().__init__(item.word)
        self._word, self._symbol = item.word, item.step.value
        self._look = look
        self._done = self._current = False
        self._shown: tuple[RailItem, bool] | None = None
        self.setProperty("kind", "rail")
        self._field = BESIDE_TEXT
        self.setIconSize(QSize(look.px(self._field), look.px(_FIELD)))
        self.setToolTip(item.tip)

    def show_word(self, *, shown: bool, low: bool) -> None:
        """Show the word beside the icon, or the icon alone; a screen reader is told the word either way."""
        self._field = BESIDE_TEXT if shown else _FIELD
        self.setIconSize(QSize(self._look.px(self._field), self._look.px(_FIELD)))
        self.setText(self._word if shown else "")
        self.setAccessibleName(self._word)
        self._draw_icon()
        set_tone(self, "low" if low else "")

    def show_item(self, item: RailItem, *, current: bool) -> None:
        """Show whether the step is done, can be visited, and is the one in view."""
        self.setChecked(current)  # the one that was in view before stays checked until another one is
        if (item, current) == self._shown:  # as nearly always: an icon that is set anew asks for a new layout
            return
        self._shown = item, current
        self._done, self._current = item.done, current
        self.setEnabled(item.open)
        self._draw_icon()
        self.setToolTip(item.missing or f"{item.word}: {item.tip}")
        self.setAccessibleDescription(item.missing)
        self.update()

    def _draw_icon(self) -> None:
        tokens = self._look.tokens
        colour = tokens.accent if self._current else tokens.text
        self.setIcon(icon(self._symbol, colour, self._look.px(_FIELD), tokens.muted, self._field))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and its tick at the right edge."""
        super().paintEvent(event)
        if not self._done:
            return
        size = self._look.px(16 if self.text() else 12)
        painter = QPainter(self)
        right = self.rect().right() - size
        place = (right - self._look.px(8), (self.height() - size) // 2) if self.text() else (right, 0)
        painter.drawPixmap(*place, pixmap("tick", self._look.tokens.ok, size, self.devicePixelRatioF()))
        painter.end()


class Rail(QWidget):
    """The places to be; it is told what to show and says what was chosen."""

    def __init__(
        self, look: Look, name: str, items: tuple[RailItem, ...], chosen: Callable[[Step], None]
    ) -> None:
        super().__init__()
        self._buttons = {item.step: RailButton(look, item) for item in items}
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        widest = max(made.sizeHint().width() for made in self._buttons.values())
        self._look, self._words_shown, self._low = look, True, False
        self._usual = max(look.px(184), widest + look.px(56))
        self.setFixedWidth(self._usual)
        self._missing = label(role="small", wrap=True)
        self._missing.setContentsMargins(look.px(8), 0, 0, 0)
        one_of(*self._buttons.values())
        steps = [self._buttons[item.step] for item in items[: len(STEPS)]]
        apart = [self._buttons[item.step] for item in items[len(STEPS) :]]
        edge = look.px(12)
        self._column = column(
            *steps, self._missing, None, *apart, gap=look.px(4), margins=(edge, edge, edge, edge)
        )
        self.setLayout(self._column)
        for step, made in self._buttons.items():
            made.clicked.connect(lambda _=False, step=step: chosen(step))

    def show_items(self, items: tuple[RailItem, ...], current: Step) -> None:
        """Show the entries, and under the steps what the first closed one waits for."""
        for item in items:
            self._buttons[item.step].show_item(item, current=item.step is current)
        self._missing.setText(next((item.missing for item in items if item.missing), ""))

    def show_words(self, *, shown: bool) -> None:
        """Show the words, or only the icons where the window is narrow for the size of its text."""
        if shown != self._words_shown:
            self._words_shown = shown
            self.setFixedWidth(self._usual if shown else self._look.px(_ICONS))
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the entries together where the window is low."""
        super().resizeEvent(event)
        low = self.height() < self._look.px(_LOW)
        if low != self._low:
            self._low = low
            self._fit()

    def _fit(self) -> None:
        look, close = self._look, self._low
        self._missing.setVisible(self._words_shown and not close)
        for made in self._buttons.values():
            made.show_word(shown=self._words_shown, low=close)
        air, edge = look.px(4 if close else 12), look.px(12 if self._words_shown else 6)
        self._column.setContentsMargins(edge, air, edge, air)
        self._column.setSpacing(look.px(1 if close else 4))

    def focus_current(self) -> None:
        """Give the keyboard to the entry that is shown."""
        for made in self._buttons.values():
            if made.isChecked():
                made.setFocus(Qt.FocusReason.ShortcutFocusReason)
