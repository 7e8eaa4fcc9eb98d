"""The latest runs as a short list of buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, column, label, row
from rowpost.gui.views.recent import RecentRun


class RecentList(QWidget):
    """Earlier files with what became of them; each opens its results."""

    def __init__(self, look: Look, title: str, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._look = look
        self._chosen = chosen
        self._shown: tuple[RecentRun, ...] = ()
        self._lines = column(gap=look.px(2))
        self.setLayout(column(label(title, "small"), self._lines, gap=look.px(4)))
        self.hide()

    def show_runs(self, runs: tuple[RecentRun, ...]) -> None:
        """Show the runs, or nothing at all."""
        if runs == self._shown:
            return
        self._shown = runs
        clear(self._lines)
        for run in runs:
            name = button(run.file, partial(self._chosen, run.run), kind="link")
            self._lines.addLayout(
                row(name, label(run.when, "muted"), None, label(run.outcome), gap=self._look.px(12))
            )
        self.setVisible(bool(runs))
