"""A bar in the page: one sentence, its cure and perhaps a button, near the cause, gone when solved."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Tone
from rowpost.gui.parts.beside import Beside
from rowpost.gui.parts.build import button, clear, column, label, row, symbol_label
from rowpost.gui.views.notice import NoticeView

_NUMBERS = re.compile(r"\d+")
_LEAST_TEXT = 260  # design pixels that a sentence has beside its buttons
SYMBOLS = {Tone.MUST_FIX: "must_fix", Tone.CHECK: "check", Tone.OK: "ok", Tone.INFO: "info"}


class Notice(QFrame):
    """One bar."""

    def __init__(self, look: Look, view: NoticeView, act: Callable[[str], None]) -> None:
        super().__init__()
        tokens = look.tokens
        self.setObjectName("notice")
        self.setStyleSheet(
            f"QFrame#notice {{ background: {tokens.tint(view.tone)}; border: none;"
            f" border-left: {look.px(3)}px solid {tokens.mark(view.tone)}; border-radius: {look.px(4)}px; }}"
        )
        texts = QVBoxLayout()
        texts.setSpacing(look.px(2))
        self._said = [
            label(text, role, wrap=True, selectable=True)
            for text, role in ((view.sentence, "strong" if view.cure else ""), (view.cure, ""))
            if text
        ]
        for said in self._said:
            texts.addWidget(said)
        sign = symbol_label(look, SYMBOLS[view.tone], tokens.mark(view.tone))
        buttons = [button(word, partial(act, name)) for name, word in view.actions]
        body = Beside(texts, buttons, gap=look.px(8), least=look.px(_LEAST_TEXT))
        margins = (look.px(12), look.px(8), look.px(12), look.px(8))
        line = row(sign, body, gap=look.px(12), margins=margins)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop if view.cure else Qt.AlignmentFlag.AlignVCenter)
        line.setStretchFactor(body, 1)
        self.setLayout(line)

    def retell(self, view: NoticeView) -> None:
        """Say something else in the same form: a countdown goes on under the person's hands."""
        for said, text in zip(self._said, filter(None, (view.sentence, view.cure)), strict=True):
            said.setText(text)


class Notices(QWidget):
    """The bars of a page; shows exactly what it is given and announces what is new."""

    def __init__(self, look: Look, act: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._act = act
        self._shown: tuple[NoticeView, ...] = ()
        self._made: list[Notice] = []
        self._bars = column(gap=look.px(8))
        self.setLayout(self._bars)
        self.hide()

    def show_notices(self, views: tuple[NoticeView, ...]) -> None:
        """Replace the bars where they differ."""
        if views == self._shown:
            return
        known = set(map(_essence, self._shown))
        for view in views:
            if _essence(view) not in known:
                announce(self, f"{view.sentence} {view.cure}".strip())
        same = list(map(_form, views)) == list(map(_form, self._shown))
        self._shown = views
        if same:
            for made, view in zip(self._made, views, strict=True):
                made.retell(view)
            return
        held = self.isAncestorOf(self.window().focusWidget() or self.window())
        clear(self._bars)
        self._made = [Notice(self._look, view, self._act) for view in views]
        for made in self._made:
            self._bars.addWidget(made)
        self._find_answer(held=held)
        self.setVisible(bool(views))

    def _find_answer(self, *, held: bool) -> None:
        """Have the keyboard begin at the first answer; who has just given one stands at the next."""
        answers = (answer for made in self._made for answer in made.findChildren(QPushButton))
        first = next(answers, None)
        self.setFocusProxy(first)  # type: ignore[arg-type]  # the stubs know no None
        if first is not None and held:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def _essence(view: NoticeView) -> str:
    """What a bar says, whatever its numbers: nobody wants to hear a countdown."""
    return _NUMBERS.sub("", f"{view.sentence} {view.cure}")


def _form(view: NoticeView) -> tuple[object, ...]:
    return view.tone, view.actions, bool(view.sentence), bool(view.cure)


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence when it has time."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
