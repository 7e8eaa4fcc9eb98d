"""A link that breaks into lines where a panel is narrow; Qt's own buttons cannot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import label, row, symbol_label
from rowpost.gui.parts.pressed import PushButton


class WrappedLink(PushButton):
    """A button that looks like a link, with an icon before its words."""

    def __init__(self, look: Look, pressed: Callable[[], object], symbol: str) -> None:
        super().__init__()
        self.setProperty("kind", "link")
        self._words = label(role="link", wrap=True)
        sign = symbol_label(look, symbol, look.tokens.accent, 18)
        for part in (sign, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        edge = air = look.px(4)
        self._line = line = row(sign, self._words, gap=look.px(8), margins=(edge, air, edge, air))
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        line.setStretchFactor(self._words, 1)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked: pressed())

    def say(self, text: str) -> None:
        """Show a text; it is the name of the button too."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def text(self) -> str:
        """Return what the button says."""
        return self._words.text()

    def hasHeightForWidth(self) -> bool:
        """Say that narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at a width."""
        return self._line.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the room that the words would like."""
        return self._line.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room: that of the longest word."""
        return self._line.totalMinimumSize()
