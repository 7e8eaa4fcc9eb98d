"""The rail on the left: the five steps in their order, and what stands apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rowpost.gui.look.icons import BESIDE_TEXT, icon, pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import PushButton, column, label, one_of
from rowpost.gui.state import STEPS, Step
from rowpost.gui.views.frame import RailItem


class RailButton(PushButton):
    """An entry of the rail with a tick once its step is done."""

    def __init__(self, look: Look, item: RailItem) -> None:
        super().__init__(item.word)
        self._look = look
        self._done = False
        self.setProperty("kind", "rail")
        self.setIconSize(QSize(look.px(BESIDE_TEXT), look.px(20)))
        self.setToolTip(item.tip)

    def show_item(self, item: RailItem, *, current: bool) -> None:
        """Show whether the step is done, can be visited, and is the one in view."""
        tokens = self._look.tokens
        self._done = item.done
        self.setChecked(current)
        self.setEnabled(item.open)
        colour = tokens.accent if current else tokens.text
        self.setIcon(icon(item.step.value, colour, self._look.px(20), tokens.muted, BESIDE_TEXT))
        self.setToolTip(item.missing or item.tip)
        self.setAccessibleDescription(item.missing)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and its tick at the right edge."""
        super().paintEvent(event)
        if not self._done:
            return
        size = self._look.px(16)
        painter = QPainter(self)
        place = self.rect().right() - size - self._look.px(8), (self.height() - size) // 2
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
        self.setFixedWidth(max(look.px(184), widest + look.px(56)))
        self._missing = label(role="small", wrap=True)
        self._missing.setContentsMargins(look.px(8), 0, 0, 0)
        one_of(*self._buttons.values())
        steps = [self._buttons[item.step] for item in items[: len(STEPS)]]
        apart = [self._buttons[item.step] for item in items[len(STEPS) :]]
        edge = look.px(12)
        self.setLayout(
            column(*steps, self._missing, None, *apart, gap=look.px(4), margins=(edge, edge, edge, edge))
        )
        for step, made in self._buttons.items():
            made.clicked.connect(lambda _=False, step=step: chosen(step))

    def show_items(self, items: tuple[RailItem, ...], current: Step) -> None:
        """Show the entries, and under the steps what the first closed one waits for."""
        for item in items:
            self._buttons[item.step].show_item(item, current=item.step is current)
        self._missing.setText(next((item.missing for item in items if item.missing), ""))

    def focus_current(self) -> None:
        """Give the keyboard to the entry that is shown."""
        for made in self._buttons.values():
            if made.isChecked():
                made.setFocus(Qt.FocusReason.ShortcutFocusReason)
