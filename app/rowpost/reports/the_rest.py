"""What is to be done about the rows that were not accepted: the same words in every report on a run."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.model.books import RowState
from rowpost.model.results import RunSummary
from rowpost.wording import Wording

_OPEN_STATES = (
    RowState.NOT_FIT,
    RowState.REJECTED,
    RowState.WAITING,
    RowState.NOT_KNOWN,
    RowState.LEFT_OUT,
)


def the_rest(summary: RunSummary, wording: Wording) -> Iterator[tuple[str, str]]:
    """Return pairs of a state and what to do about its rows, for the states that the run has."""
    for state in _OPEN_STATES:
        if summary.books.by_state.get(state):
            sentence = wording.say(f"reports.rest.{state}", {"run": summary.run})
            yield wording.say(f"state.{state}"), sentence
