"""The latest runs, one line each, for the Open page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from rowpost.gui.look.tokens import Tone
from rowpost.gui.state import State
from rowpost.gui.words import Words
from rowpost.model.books import RowState
from rowpost.model.results import RunSummary

_LATEST = 5
VERDICTS_FIRST = (
    RowState.ACCEPTED,
    RowState.REJECTED,
    RowState.NOT_KNOWN,
    RowState.WAITING,
    RowState.NOT_FIT,
    RowState.LEFT_OUT,
)


@dataclass(frozen=True, slots=True)
class RecentRun:
    """One earlier run: its file and what became of it."""

    run: str
    file: str
    path: str
    when: str
    outcome: str
    tone: Tone


def recent_runs(state: State, words: Words) -> tuple[RecentRun, ...]:
    """Return the latest run of each of the latest files."""
    by_file: dict[str, RunSummary] = {}
    for run in state.runs:
        by_file.setdefault(run.file_path or run.run, run)
    return tuple(_line(run, words) for run in islice(by_file.values(), _LATEST))


def _line(run: RunSummary, words: Words) -> RecentRun:
    counts = run.books.by_state
    open_rows = counts.get(RowState.NOT_KNOWN, 0) + counts.get(RowState.WAITING, 0)
    tone = Tone.CHECK if open_rows else Tone.MUST_FIX if counts.get(RowState.REJECTED) else Tone.OK
    return RecentRun(
        run.run,
        run.file_name,
        run.file_path,
        words.wording.write(run.created_at.astimezone()),
        outcome(run, words),
        tone,
    )


def outcome(run: RunSummary, words: Words) -> str:
    """Say what became of a run's rows: 380 accepted, 5 rejected, 2 not known."""
    return told(run.books.by_state, words)


def told(counts: Mapping[RowState, int], words: Words) -> str:
    """Say how many have which verdict, those that there are."""
    named = [(state, counts.get(state, 0)) for state in VERDICTS_FIRST]
    return ", ".join(words(f"count.{state}", count=count) for state, count in named if count)
