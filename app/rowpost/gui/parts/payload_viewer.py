"""Exactly what will be sent, one invoice at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rowpost.gui.look.look import Look, code_font
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.parts.stepper import Stepper
from rowpost.gui.views.cell import document_of
from rowpost.gui.words import Words
from rowpost.model.invoices import ReadyInvoice

_HEIGHT = 320  # design pixels


class PayloadViewer(QWidget):
    """A link; once it is pressed, a number to leaf with and the invoice as it goes over the wire."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._words = words
        self._invoices: Sequence[ReadyInvoice] = ()
        self.link = button(words("send.view"), self._toggle, kind="link")
        self.pick = Stepper(look, words("send.view_pick"))
        self.pick.valueChanged.connect(self._show)
        self._said = label(role="muted")
        self.document = QPlainTextEdit()
        self.document.setReadOnly(True)
        self.document.setTabChangesFocus(True)
        self.document.setFont(code_font(self.font()))
        self.document.setAccessibleName(words("send.view"))
        self.document.setMinimumHeight(look.px(_HEIGHT))
        self._inside = QWidget()
        self._inside.setLayout(
            column(row(self.pick, self._said, None, gap=look.px(12)), self.document, gap=look.px(8))
        )
        self._inside.hide()
        self.setLayout(column(row(self.link, None), self._inside, gap=look.px(8)))

    def show_invoices(self, invoices: Sequence[ReadyInvoice]) -> None:
        """Show these invoices; the first is in view again where they are others."""
        if invoices is self._invoices:
            return
        self._invoices = invoices
        self.setVisible(bool(invoices))
        self.pick.setMaximum(max(1, len(invoices)))
        self.pick.setValue(1)
        self._show(1)

    def _toggle(self) -> None:
        self._inside.setVisible(not self._inside.isVisible())
        self._show(self.pick.value())

    def _show(self, number: int) -> None:
        if self._inside.isHidden() or not self._invoices:
            return
        self._said.setText(self._words("send.view_of", number=number, total=len(self._invoices)))
        self.document.setPlainText(document_of(self._invoices[number - 1]))
