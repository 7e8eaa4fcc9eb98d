"""The confirmation before sending, and the one before leaving while rows are being sent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from rowpost.gui.dialogs.fitting import FittingDialog
from rowpost.gui.look.look import scale_of
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.views.confirm import ConfirmView
from rowpost.gui.words import Words

_WIDTH = 480  # design pixels


class Question(FittingDialog):
    """A sentence, what follows from it, and two buttons with verbs."""

    def __init__(self, parent: QWidget, view: ConfirmView, title: str) -> None:
        scale = scale_of(parent.font())
        super().__init__(parent, round(_WIDTH * scale))
        self.setWindowTitle(title)
        self.yes = button(view.yes, self.accept, kind="primary")
        self.no = button(view.no, self.reject)
        self.entry = QLineEdit()
        self.entry.setAccessibleName(view.type_hint)
        hint = label(view.type_hint, wrap=True)
        for widget in (self.entry, hint):
            widget.setVisible(bool(view.type_hint))
        self.yes.setEnabled(not view.type_hint)
        self.entry.textChanged.connect(lambda text: self.yes.setEnabled(view.is_enough(text)))
        self.entry.returnPressed.connect(self.yes.click)
        question = label(view.question, "heading", wrap=True, selectable=True)
        detail = label(view.detail, wrap=True, selectable=True)
        gap, edge = round(12 * scale), round(24 * scale)
        answers = row(None, self.no, self.yes, gap=gap)
        texts = column(question, detail, hint, self.entry, gap=gap)
        self.fill(column(texts, None, answers, gap=edge, margins=(edge, edge, edge, edge)))
        self.no.setAutoDefault(False)
        self.yes.setAutoDefault(False)
        (self.entry if view.type_hint else self.yes).setFocus()


def ask_before_sending(parent: QWidget, view: ConfirmView, words: Words) -> bool:
    """Ask the one question."""
    return Question(parent, view, words("confirm.title")).exec() == QDialog.DialogCode.Accepted


def ask_for_reason(parent: QWidget, view: ConfirmView, title: str) -> str:
    """Ask a question that needs a reason; return the reason, '' if the answer was no."""
    question = Question(parent, view, title)
    answered = question.exec() == QDialog.DialogCode.Accepted
    return question.entry.text().strip() if answered else ""


def ask_before_losing(parent: QWidget, title: str, losses: Sequence[str], words: Words) -> bool:
    """Say what a file cannot keep, before it is saved."""
    view = ConfirmView(words("losses.question"), "\n".join(losses), words("losses.yes"), words("confirm.no"))
    return Question(parent, view, title).exec() == QDialog.DialogCode.Accepted


def ask_before_leaving(parent: QWidget, words: Words) -> bool:
    """Ask whether to leave while rows are being sent; what is open goes on at the next start."""
    view = ConfirmView(words("leave.question"), words("leave.detail"), words("leave.yes"), words("leave.no"))
    return Question(parent, view, words("leave.title")).exec() == QDialog.DialogCode.Accepted
