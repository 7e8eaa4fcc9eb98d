"""Changes that are proposed, in the page: every cell before and after, one button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, column, label, row
from rowpost.gui.parts.flow import Flow
from rowpost.gui.table.changes import ChangesGrid
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.view import TableView
from rowpost.gui.views.proposal import Proposal
from rowpost.gui.words import Words


class ProposalPanel(QFrame):
    """Shows one proposal at a time; `done` is told which one was taken, or None."""

    def __init__(self, look: Look, words: Words, done: Callable[[Proposal | None], None]) -> None:
        super().__init__()
        self._words = words
        self._done = done
        self._proposal: Proposal | None = None
        self.setProperty("kind", "card")
        self._title = label(role="heading", wrap=True)
        self._sentence = label(wrap=True)
        model = TableModel(ChangesGrid((), (), words))
        self.table = TableView(look, words("review.changes"), model)
        self.table.verticalHeader().hide()  # a cell has its address; the number of a change says nothing
        self.yes = button("", self._take, kind="primary")
        self._no = button(words("review.go_back"), self._refuse)
        edge = look.px(16)
        table = row(self.table)
        whole = column(
            self._title,
            self._sentence,
            table,
            Flow(self.yes, self._no, gap=look.px(12)),
            gap=look.px(12),
            margins=(edge, edge, edge, edge),
        )
        whole.setStretchFactor(table, 1)
        self.setLayout(whole)

    def show_proposal(self, proposal: Proposal, headings: Sequence[str]) -> None:
        """Show what would change and wait for the answer."""
        self._proposal = proposal
        self._title.setText(proposal.title)
        self._sentence.setText(proposal.sentence)
        self.yes.setText(proposal.do)
        self.yes.setEnabled(bool(proposal.changes))
        grid = ChangesGrid(proposal.changes, headings, self._words)
        self.table.table_model.show_grid(grid, range(grid.row_count))
        self.table.fit_columns()
        self.table.setCurrentIndex(self.table.table_model.index(0, 0))
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        self._done(self._proposal)

    def _refuse(self) -> None:
        self._done(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._refuse()
            event.accept()
            return
        super().keyPressEvent(event)
