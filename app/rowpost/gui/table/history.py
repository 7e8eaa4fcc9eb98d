"""Every run so far, for the History page."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.views.history import shares_of
from rowpost.gui.views.recent import outcome
from rowpost.gui.words import Words
from rowpost.model.results import RunStatus, RunSummary

_COLUMNS = ("when", "file", "target", "rows", "outcome", "status")
OUTCOME = _COLUMNS.index("outcome")
DISPENSABLE = (_COLUMNS.index("rows"), _COLUMNS.index("target"))  # the panel beside the list says them too
_SIGNS = {
    RunStatus.DONE: ("ok", Tone.OK),
    RunStatus.PAUSED: ("pause", Tone.INFO),
    RunStatus.STOPPED: ("stop", Tone.INFO),
    RunStatus.NOT_KNOWN: ("not_known", Tone.CHECK),
}


class HistoryGrid(FactLines):
    """One line a run, the latest first."""

    def __init__(self, runs: Sequence[RunSummary], words: Words, under_way: str = "") -> None:
        self._runs = runs
        self._words = words
        self._under_way = under_way

    @property
    def row_count(self) -> int:
        """How many runs there are."""
        return len(self._runs)

    @property
    def column_count(self) -> int:
        """When, file, target, rows, verdicts, status."""
        return len(_COLUMNS)

    def run(self, row: int) -> RunSummary:
        """Return a run."""
        return self._runs[row]

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"history.column.{_COLUMNS[column]}")

    def row_name(self, row: int) -> str:
        """Return a running number."""
        return str(len(self._runs) - row)

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        run, name = self._runs[row], _COLUMNS[column]
        if name == "status" and run.run == self._under_way:
            return Face(self._words("history.being_sent"), symbol="send", sign=Tone.INFO)
        if name == "status":
            sign, tone = _SIGNS[run.status]
            return Face(self._words(f"status.{run.status}"), symbol=sign, sign=tone)
        if name == "outcome":
            return Face(outcome(run, self._words), shares=shares_of(run))
        if name == "rows":
            return Face(self._words.number(run.books.rows), right=True)
        texts = {
            "when": self._words.wording.write(run.created_at.astimezone()),
            "file": run.file_name,
            "target": run.target.organization_name or self._words(f"badge.{run.target.environment}"),
        }
        return Face(texts[name])

    def sentence(self, row: int, column: int) -> str:
        """Say in words what the bar of verdicts shows."""
        return outcome(self._runs[row], self._words) if _COLUMNS[column] == "outcome" else ""
