"""Results and history: what became of every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.dialogs.confirm import ask_for_reason
from rowpost.gui.state import Step, Work
from rowpost.gui.table.results import ResultsGrid
from rowpost.gui.views.deciding import decision_view
from rowpost.gui.views.results import cells_text, table_text
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.results import RunResult, RunSummary
from rowpost.session import Session


class ResultDeeds:
    """What can be done on Results and History."""

    def __init__(self, desk: Desk, window: QWidget, words: Callable[[], Words]) -> None:
        self._desk = desk
        self._window = window
        self._words = words

    def load_runs(self) -> None:
        """Read the list of earlier runs."""
        self._desk.look(_runs, self._loaded)

    def open_run(self, run: str) -> None:
        """Show an earlier run."""
        session = self._desk.session
        if not self._desk.sending:
            task = partial(_result, session, run)
            self._desk.begin(Work.LOOKING, task, self._found, lane=LEDGER)
        elif run == session.run_away:
            self._desk.store.update(step=Step.SEND)
        else:
            self._desk.look(partial(_result_beside, run), self._found)

    def decide(self, name: str, row: int) -> None:
        """Ask for a reason, and write down what a person has decided of a row."""
        result, words = self._desk.state.result, self._words()
        line = result.row_at(row) if result else None
        if result is None or line is None or self._desk.occupied():
            return
        view = decision_view(name, line, words)
        reason = ask_for_reason(self._window, view, words(f"decide.{name}"))
        if reason:
            task = partial(_decide, self._desk.session, result.summary.run, row, name, reason)
            self._desk.begin(Work.LOOKING, task, self._decided, lane=LEDGER)

    def _decided(self, result: RunResult) -> None:
        self._desk.store.update(result=result)
        self.load_runs()

    def copy_table(self, state: RowState | None) -> None:
        """Put the rows of a group (None: all) on the clipboard, as Excel takes them."""
        result, words = self._desk.state.result, self._words()
        if result is not None:
            self._desk.quietly(lambda _stop, _progress: table_text(result, state, words), self._copied)

    def copy_cells(self, grid: ResultsGrid, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Put cells of the table on the clipboard, as they are shown."""
        self._desk.quietly(lambda _stop, _progress: cells_text(grid, rows, columns), self._cells_copied)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.store.update(said=self._words()("results.copied"))

    def _cells_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.store.update(said=self._words()("results.cells_copied"))

    def _loaded(self, known: _Known) -> None:
        under_way = self._desk.session.run_away
        past = replace(self._desk.state.past, as_of=known.as_of, under_way=under_way)
        if known.as_of is None:
            past = replace(past, forgotten=known.forgotten)
        self._desk.store.update(runs=tuple(known.runs), past=past)

    def _found(self, result: RunResult) -> None:
        self._desk.store.update(result=result, step=Step.RESULTS)


def _decide(
    session: Session, run: str, row: int, name: str, reason: str, stop: StopToken, _progress: OnProgress
) -> RunResult:
    if name == "release":
        session.release(run, [row], reason)
    else:
        session.close_row(run, row, there=name == "close_there", reason=reason)
    return session.result_away(run, stop=stop)


def _result(session: Session, run: str, stop: StopToken, _progress: OnProgress) -> RunResult:
    return session.result_away(run, stop=stop)


def _result_beside(run: str, session: Session, stop: StopToken) -> RunResult:
    return session.result_away(run, stop=stop)


class _Known(NamedTuple):
    """The runs, when they were read (None: they hold), and of how many the ledger has just forgotten."""

    runs: Sequence[RunSummary]
    as_of: datetime | None
    forgotten: int


def _runs(session: Session, _stop: StopToken) -> _Known:
    return _Known(session.runs(), session.as_of(), session.forgotten_at_start)
