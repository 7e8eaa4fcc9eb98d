"""A difference to an earlier file: the counts, what follows from them, a line an invoice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, column, label
from rowpost.gui.parts.flow import Flow
from rowpost.gui.parts.notice import Notices
from rowpost.gui.table.difference import DifferenceGrid
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.view import TableView
from rowpost.gui.views.history import difference_view
from rowpost.gui.words import Words
from rowpost.model.difference import Difference


@dataclass(frozen=True, slots=True)
class DifferenceChoices:
    """What the buttons do."""

    ask: Callable[[], object]
    save: Callable[[], object]
    close: Callable[[], object]


class DifferenceBox(QWidget):
    """Stands in the place of the list of runs."""

    def __init__(self, look: Look, words: Words, choices: DifferenceChoices) -> None:
        super().__init__()
        self._words = words
        self._difference: Difference | None = None
        self._title = label(role="heading", wrap=True, selectable=True)
        self._counts = label(role="strong", wrap=True, selectable=True)
        self._notices = Notices(look, lambda _: None)
        self.table = TableView(look, words("history.difference"), TableModel(DifferenceGrid((), words)))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.whole_rows(lambda: None)
        self.back = button(words("history.back"), choices.close, look=look, symbol="back")
        self.ask = button(words("history.ask"), choices.ask, look=look, symbol="search")
        self.save = button(words("history.save_difference"), choices.save, look=look, symbol="save")
        buttons = Flow(self.back, self.ask, self.save, gap=look.px(8))
        layout = column(buttons, self._title, self._counts, self._notices, self.table, gap=look.px(12))
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def show_difference(self, difference: Difference) -> None:
        """Show a difference."""
        if difference is self._difference:
            return
        self._difference = difference
        view = difference_view(difference, self._words)
        self._title.setText(view.title)
        self._counts.setText(view.counts)
        self._notices.show_notices(view.notices)
        self.ask.setVisible(view.may_ask)
        grid = DifferenceGrid(difference.lines, self._words)
        self.table.table_model.show_grid(grid, range(grid.row_count))
        self.table.setVisible(grid.row_count > 0)
        self.table.fit_columns()
        if grid.row_count:
            self.table.setCurrentIndex(self.table.table_model.index(0, 0))
