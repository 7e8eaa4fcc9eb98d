"""The panel beside the Follow-up table: one invoice and its case in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QFrame, QLayout, QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, column, label, line, row, set_tone
from rowpost.gui.parts.sided import PanelArea
from rowpost.gui.parts.value_text import value_text
from rowpost.gui.views.follow_detail import FollowDetail, Pairs
from rowpost.gui.words import Words


class FollowPanel(QFrame):
    """How an invoice stands, what changed, and everything that the agency says of it."""

    def __init__(self, look: Look, words: Words, again: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self._look = look
        self._view: FollowDetail | None = None
        self._title = label(role="heading", wrap=True, selectable=True)
        self._standing = label(role="strong", wrap=True)
        self._changed = label(wrap=True, selectable=True)
        self._place = column()
        self.again = button("", again)
        self.copy = button(words("follow.copy"), self._copy, kind="link", look=look, symbol="copy")
        edge = look.px(16)
        body = column(
            self._title,
            self._standing,
            self._changed,
            line(),
            self._place,
            row(self.again, None),
            row(self.copy, None),
            None,
            gap=look.px(8),
            margins=(edge, edge, edge, edge),
        )
        self.setLayout(column(PanelArea(body)))

    def show_detail(self, view: FollowDetail | None, *, can_ask: bool) -> None:
        """Show one invoice, or nothing."""
        self.setVisible(view is not None)
        self.again.setEnabled(can_ask)
        if view is None or view == self._view:
            return
        self._view = view
        self._title.setText(view.title)
        self._standing.setText(view.standing)
        set_tone(self._standing, view.tone.value)
        self._changed.setText(view.changed)
        self._changed.setVisible(bool(view.changed))
        self.again.setText(view.ask)
        self.copy.setVisible(bool(view.raw))
        clear(self._place)
        sheet = QWidget()
        sheet.setLayout(column(*self._sections(view), gap=self._look.px(6)))
        self._place.addWidget(sheet)

    def _sections(self, view: FollowDetail) -> Iterator[QWidget | QLayout]:
        for title, pairs in view.sections:
            yield label(title, "strong", wrap=True)
            yield self._form(pairs)

    def _form(self, pairs: Pairs) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(self._look.px(12))
        form.setVerticalSpacing(self._look.px(6))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setContentsMargins(0, 0, 0, self._look.px(8))
        for name, value in pairs:
            form.addRow(label(name, "small"), value_text(name, value))
        return form

    def _copy(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(self._view.raw)
