"""The panel beside the Review table: follows the cell, says what is wrong, edits it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QPlainTextEdit, QWidget

from rowpost.gui.look.look import Look, code_font
from rowpost.gui.parts.build import button, clear, column, label, line, row
from rowpost.gui.parts.notice import Notice
from rowpost.gui.parts.sided import PanelArea
from rowpost.gui.parts.value_text import value_text
from rowpost.gui.parts.wrapped_link import WrappedLink
from rowpost.gui.views.cell import CellView
from rowpost.gui.views.notice import NoticeView
from rowpost.gui.words import Words


@dataclass(frozen=True, slots=True)
class CellDeeds:
    """What can be done from the panel with the cell it shows."""

    edit: Callable[[str], object]
    edit_others: Callable[[str], object]  # the other cells with the same value, this one too
    take_back: Callable[[], object]
    leave_out: Callable[[], object]
    next_problem: Callable[[], object]
    act: Callable[[str], None]


class CellPanel(QFrame):
    """One cell in full."""

    def __init__(self, look: Look, words: Words, deeds: CellDeeds) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._deeds = deeds
        self._view = CellView()
        self.setProperty("kind", "side")
        self._title = label(role="heading", wrap=True)
        self._address = label(role="muted", selectable=True)
        self.checking = label(words("review.checking"), "muted")
        self.checking.hide()
        self._sayings = column(gap=look.px(8))
        self.editor = QLineEdit()
        self.editor.setAccessibleName(words("review.editor"))
        self.editor.returnPressed.connect(self._apply)
        self._save = button(words("review.apply"), self._apply)
        self.suggestion = WrappedLink(look, lambda: deeds.edit(self._view.suggestion), "wand")
        self.same = WrappedLink(look, lambda: deeds.edit_others(self._view.others_become), "copy")
        self._original = label(role="small", wrap=True, selectable=True)
        self.back = WrappedLink(look, deeds.take_back, "undo")
        self.back.say(words("review.take_back"))
        self._staying = label(role="muted", wrap=True)
        self.out = WrappedLink(look, deeds.leave_out, "left_out")
        self._sent_title = label(words("review.sent"), "strong")
        self._sent = QFormLayout()
        self._document = QPlainTextEdit()
        self._as_json = button(words("review.as_json"), self._toggle, kind="link")
        self._next = button(words("review.next_problem"), deeds.next_problem, look=look, symbol="down")
        self._arrange()

    def _arrange(self) -> None:
        look = self._look
        self._document.setReadOnly(True)
        self._document.setFont(code_font(self.font()))
        self._document.setAccessibleName(self._words("review.as_json"))
        self._document.setMinimumHeight(look.px(260))
        self._document.hide()
        self._sent.setHorizontalSpacing(look.px(12))
        self._sent.setVerticalSpacing(look.px(4))
        self._sent.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._edit_row = QWidget()
        self._edit_row.setLayout(row(self.editor, self._save, gap=look.px(8)))
        edge = look.px(16)
        about_cell = (self._title, self._address, self.checking, self._sayings, self._edit_row)
        remedies = (self.suggestion, self.same, self._original, self.back)
        about_row = (line(), self._staying, self.out, self._sent_title, self._sent)
        body = column(
            *about_cell,
            *remedies,
            *about_row,
            self._as_json,
            self._document,
            None,
            gap=look.px(8),
            margins=(edge, edge, edge, edge),
        )
        area = PanelArea(body)
        foot = row(self._next, None, margins=(edge, look.px(8), edge, look.px(8)))
        whole = column(area, line(), foot, gap=0)
        whole.setStretchFactor(area, 1)
        self.setLayout(whole)

    @property
    def view(self) -> CellView:
        """The cell that is shown."""
        return self._view

    @property
    def document_text(self) -> str:
        """What will be sent, as JSON."""
        return self._document.toPlainText()

    def show_cell(self, view: CellView) -> None:
        """Show a cell; what a person is typing at this moment is not disturbed."""
        if view == self._view:
            return
        moved = view.address != self._view.address
        if moved or not self.editor.hasFocus() or self.editor.text() == self._view.text:
            self.editor.setText(view.text)
        self._view = view
        self._title.setText(view.title)
        self._address.setText(view.address)
        self._show_sayings(view)
        self._edit_row.setVisible(view.editable)
        self._show_remedies(view)
        self._show_row(view)
        self._show_sent(view)

    def _show_sayings(self, view: CellView) -> None:
        clear(self._sayings)
        for saying in view.sayings:
            notice = NoticeView(saying.tone, saying.sentence, saying.cure, saying.actions)
            self._sayings.addWidget(Notice(self._look, notice, self._deeds.act))

    def _show_remedies(self, view: CellView) -> None:
        words = self._words
        self.suggestion.setVisible(bool(view.suggestion))
        self.suggestion.say(words("review.suggestion", value=view.suggestion))
        self.same.setVisible(bool(view.others) and (view.changed or bool(view.suggestion)))
        self.same.say(words("review.others", count=len(view.others), value=view.others_become))
        self._original.setVisible(view.changed)
        self._original.setText(words("review.original", value=view.original or words("review.empty")))
        self.back.setVisible(view.changed)

    def _show_row(self, view: CellView) -> None:
        self._staying.setText(view.staying)
        self._staying.setVisible(bool(view.staying))
        self.out.setVisible(view.can_leave_out or view.can_take_in)
        self.out.say(self._words("review.take_in" if view.can_take_in else "review.leave_out"))

    def _show_sent(self, view: CellView) -> None:
        for part in (self._sent_title, self._as_json):
            part.setVisible(bool(view.sent))
        if not view.sent:
            self._document.hide()
        while self._sent.rowCount():
            self._sent.removeRow(0)
        for name, value in view.sent:
            self._sent.addRow(label(name, "small"), value_text(name, value))
        self._document.setPlainText(view.document)

    def _toggle(self) -> None:
        self._document.setVisible(self._document.isHidden())

    def _apply(self) -> None:
        if self._view.editable and self.editor.text() != self._view.text:
            self._deeds.edit(self.editor.text())
