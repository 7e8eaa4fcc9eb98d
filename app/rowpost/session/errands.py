"""What is said between the window's process and the courier, the process that sends.

Small frozen values, pickled: both ends are this program. What is large travels as shared memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rowpost.model.attempts import RunMeta
from rowpost.model.books import RowState
from rowpost.model.outside import Hurries, StopToken, no_hurry
from rowpost.model.results import RunSummary
from rowpost.model.targets import Target

Edit = tuple[int, int, str]  # row, column, new text


@dataclass(frozen=True, slots=True)
class Practising:
    """Where the practice server of the window listens, and the scenario it plays."""

    target: Target
    scenario: str


@dataclass(frozen=True, slots=True)
class NewRun:
    """Write a run down and send it; the edits and the assessment follow. `mapping` is its document."""

    about: RunMeta
    mapping: Mapping[str, Any] | None
    practising: Practising | None


@dataclass(frozen=True, slots=True)
class GoOn:
    """Go on with a run."""

    run: str
    practising: Practising | None


@dataclass(frozen=True, slots=True)
class ShowRun:
    """Hand the rows of a run over; nothing is sent, the ledger is only read."""

    run: str


Errand = NewRun | GoOn | ShowRun


class Wishes(NamedTuple):
    """What a person wants of a run under way: that it ends after the step at hand, pauses, asks now."""

    stop: StopToken
    pause: StopToken
    hurries: Hurries = no_hurry


@dataclass(frozen=True, slots=True)
class Told:
    """The wishes as they are told to the courier."""

    stop: bool = False
    pause: bool = False
    hurries: int = 0


@dataclass(frozen=True, slots=True)
class Begun:
    """The ledger is the courier's and the run stands in it; from now on invoices may leave."""

    run: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A line for the log, whose file only the window writes."""

    event: str
    fields: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Packed:
    """A run; the arrays of its rows, of these lengths in bytes, are about to lie in shared memory."""

    summary: RunSummary
    with_case: frozenset[RowState]
    lengths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Done:
    """The last word of an errand that came to its end."""


def in_pieces(edits: Iterable[Edit], size: int = 2000) -> Iterable[list[Edit]]:
    """The edits in messages of a bearable size; an empty one is the last."""
    piece: list[Edit] = []
    for edit in edits:
        piece.append(edit)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece
    yield []
