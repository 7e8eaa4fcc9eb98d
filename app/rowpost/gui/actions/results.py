"""Results and history: what became of every row."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.state import Step, Work
from rowpost.model.results import RunResult, RunSummary


class ResultDeeds:
    """What can be done on Results and History."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def load_runs(self) -> None:
        """Read the list of earlier runs."""
        session = self._desk.session
        self._desk.quietly(lambda _stop, _progress: session.runs(), self._loaded, lane=LEDGER)

    def open_run(self, run: str) -> None:
        """Show an earlier run."""
        session = self._desk.session
        self._desk.begin(Work.LOOKING, lambda _stop, _progress: session.result(run), self._found, lane=LEDGER)

    def _loaded(self, runs: Sequence[RunSummary]) -> None:
        self._desk.store.update(runs=tuple(runs))

    def _found(self, result: RunResult) -> None:
        self._desk.store.update(result=result, step=Step.RESULTS)
