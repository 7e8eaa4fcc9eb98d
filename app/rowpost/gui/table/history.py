"""Every run so far, for the History page."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus, RunSummary

_COLUMNS = ("when", "file", "target", "accepted", "rejected", "open", "status")
_SIGNS = {
    RunStatus.DONE: ("ok", Tone.OK),
    RunStatus.PAUSED: ("pause", Tone.INFO),
    RunStatus.STOPPED: ("stop", Tone.INFO),
    RunStatus.NOT_KNOWN: ("not_known", Tone.CHECK),
}


class HistoryGrid(FactLines):
    """One line a run, the latest first."""

    def __init__(self, runs: Sequence[RunSummary], words: Words) -> None:
        self._runs = runs
        self._words = words

    @property
    def row_count(self) -> int:
        """How many runs there are."""
        return len(self._runs)

    @property
    def column_count(self) -> int:
        """When, file, target, counts, status."""
        return len(_COLUMNS)

    def run(self, row: int) -> str:
        """Return the name of a run."""
        return self._runs[row].run

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"history.column.{_COLUMNS[column]}")

    def row_name(self, row: int) -> str:
        """Return a running number."""
        return str(len(self._runs) - row)

    def face(self, row: int, column: int) -> Face:
        """Return a cell."""
        run, name = self._runs[row], _COLUMNS[column]
        if name == "status":
            sign, tone = _SIGNS[run.status]
            return Face(self._words(f"status.{run.status}"), symbol=sign, sign=tone)
        if name in ("accepted", "rejected", "open"):
            return Face(self._words.number(_count(run, name)), right=True)
        texts = {
            "when": self._words.wording.write(run.created_at.astimezone()),
            "file": run.file_name,
            "target": run.target.organization_name or self._words(f"badge.{run.target.environment}"),
        }
        return Face(texts[name])


def _count(run: RunSummary, name: str) -> int:
    states = {
        "accepted": (RowState.ACCEPTED,),
        "rejected": (RowState.REJECTED,),
        "open": (RowState.NOT_KNOWN, RowState.WAITING),
    }
    return sum(run.books.by_state.get(state, 0) for state in states[name])
