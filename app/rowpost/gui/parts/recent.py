"""The latest runs as a short list of buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from rowpost.gui.look.look import Look
from rowpost.gui.parts.build import button, clear, column, label, row
from rowpost.gui.views.recent import RecentRun
from rowpost.gui.words import Words


class RecentList(QWidget):
    """Earlier files with what became of them: the file can be opened again, its outcome looked at."""

    def __init__(
        self, look: Look, words: Words, opened: Callable[[str], None], looked_at: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._opened, self._looked_at = opened, looked_at
        self._shown: tuple[RecentRun, ...] = ()
        self._lines = column(gap=look.px(2))
        self.setLayout(column(label(words("open.recent"), "small"), self._lines, gap=look.px(4)))
        self.hide()

    def show_runs(self, runs: tuple[RecentRun, ...]) -> None:
        """Show the runs, or nothing at all."""
        if runs == self._shown:
            return
        self._shown = runs
        clear(self._lines)
        for run in runs:
            name = button(run.file, partial(self._opened, run.path), kind="link")
            name.setToolTip(run.path)
            name.setAccessibleName(self._words("open.recent.file", file=run.file))
            outcome = button(run.outcome, partial(self._looked_at, run.run), kind="link")
            outcome.setAccessibleName(self._words("open.recent.results", file=run.file, outcome=run.outcome))
            self._lines.addLayout(row(name, label(run.when, "muted"), None, outcome, gap=self._look.px(12)))
        self.setVisible(bool(runs))
