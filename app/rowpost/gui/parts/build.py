"""Makers of the plain widgets, so that pages read as a list of what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rowpost.gui.look.icons import BESIDE_TEXT, icon, pixmap
from rowpost.gui.look.look import Look
from rowpost.gui.parts.pressed import PushButton
from rowpost.gui.parts.wrapped import Wrapped

Content = QWidget | QLayout | int | None
_Box = TypeVar("_Box", bound=QBoxLayout)


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Make a label; `role` names its look in the style sheet."""
    made = Wrapped(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(
    text: str, pressed: Callable[[], object], *, kind: str = "", look: Look | None = None, symbol: str = ""
) -> QPushButton:
    """Make a button; `kind` is primary, quiet, link or chip, `symbol` the name of an icon."""
    made = PushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if look and symbol:
        tokens = look.tokens
        colours = {"primary": tokens.on_accent, "link": tokens.accent}
        made.setIcon(icon(symbol, colours.get(kind, tokens.text), look.px(18), tokens.muted, BESIDE_TEXT))
        made.setIconSize(QSize(look.px(18 * BESIDE_TEXT / 20), look.px(18)))
    made.clicked.connect(lambda _checked: pressed())
    return made


def one_of(*buttons: QAbstractButton) -> None:
    """Make buttons a choice of one; a screen reader hears radio buttons, not check boxes."""
    group = QButtonGroup(buttons[0])
    for made in buttons:
        made.setCheckable(True)
        made.setAutoExclusive(True)
        group.addButton(made)


def symbol_label(look: Look, name: str, colour: str, size: int = 20) -> QLabel:
    """Make a picture of an icon; it is decoration and has no name of its own."""
    made = QLabel()
    made.setPixmap(pixmap(name, colour, look.px(size), made.devicePixelRatioF()))
    made.setFixedSize(look.px(size), look.px(size))
    return made


def column(*parts: Content, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Stack parts downwards; None is a stretch, a number a gap."""
    return _fill(QVBoxLayout(), parts, gap, margins)


def row(*parts: Content, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Set parts side by side; None is a stretch, a number a gap."""
    return _fill(QHBoxLayout(), parts, gap, margins)


def _fill(layout: _Box, parts: tuple[Content, ...], gap: int, margins: tuple[int, int, int, int]) -> _Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout


def card(layout: QLayout, kind: str = "card") -> QFrame:
    """Make a framed area around a layout."""
    made = QFrame()
    made.setProperty("kind", kind)
    made.setLayout(layout)
    return made


def line() -> QFrame:
    """Make a hairline."""
    made = QFrame()
    made.setProperty("kind", "line")
    return made


def scrolled(content: QLayout) -> QScrollArea:
    """Make an area that scrolls downwards when its content needs more room."""
    sheet = QWidget()
    sheet.setObjectName("sheet")
    sheet.setLayout(content)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(sheet)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(1)  # what stands around it is never squeezed for its sake
    return area


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the meaning a widget shows and let the style sheet see it."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def in_order(*widgets: QWidget) -> None:
    """Let Tab go from one to the next; what followed the first before follows the last now."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


@contextmanager
def set_out_once(layout: QLayout) -> Iterator[None]:
    """Change several parts of a layout: Qt would set all of it out anew for each that comes into view."""
    was_enabled = layout.isEnabled()
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(was_enabled)
        layout.update()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
