"""What has been seen of a run while it is sent: events go in, a frozen value comes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rowpost.model.answers import Cause
from rowpost.model.books import RowState
from rowpost.sending.events import Event, PartStarted, RowsChanged, RunEnded, TroubleSeen, Waiting

_RECEIVED = "row.received"  # the ledger's word for "the agency gave a batch id"
_VERDICTS = frozenset({RowState.ACCEPTED, RowState.REJECTED})


class PartState(StrEnum):
    """How a part is."""

    SENDING = "sending"
    SENT = "sent"
    DECIDED = "decided"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its number, how many invoices, and how it is."""

    number: int
    invoices: int
    state: PartState = PartState.SENDING


@dataclass(frozen=True, slots=True)
class Wait:
    """What is being waited for: a wording code and how many seconds."""

    code: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Watch:
    """The run as it is now; counts are invoices."""

    total: int = 0
    sent: int = 0
    received: int = 0
    decided: int = 0
    parts: tuple[Part, ...] = ()
    wait: Wait | None = None
    trouble: Cause | None = None


class Watcher:
    """Adds up events; lives on the thread of the sending loop."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._parts: list[Part] = []
        self._part_of: dict[int, int] = {}  # place of a row in the run -> its part, from 0
        self._last: dict[int, tuple[RowState, str]] = {}
        self._wait: Wait | None = None
        self._trouble: Cause | None = None

    def see(self, event: Event) -> Watch:
        """Take one event into account and return how the run is now."""
        self._wait = None
        match event:
            case PartStarted(number, rows):
                self._parts.append(Part(number, rows))
                self._trouble = None
            case RowsChanged(changes):
                for change in changes:
                    self._change(change.positions, change.state, change.code)
            case Waiting(seconds, code):
                self._wait = Wait(code, seconds)
            case TroubleSeen(cause) | RunEnded(_, cause):
                self._trouble = cause
        return self._now()

    def _change(self, positions: tuple[int, ...], state: RowState, code: str) -> None:
        for position in positions:
            if self._parts:
                self._part_of.setdefault(position, len(self._parts) - 1)
            self._last[position] = (state, code)

    def _now(self) -> Watch:
        states = self._last.values()
        decided = sum(state in _VERDICTS for state, _ in states)
        received = sum(code == _RECEIVED for _, code in states)
        sent = sum(state is not RowState.WAITING for state, _ in states)
        return Watch(
            max(self._total, sent),
            sent,
            decided + received,
            decided,
            self._part_states(),
            self._wait,
            self._trouble,
        )

    def _part_states(self) -> tuple[Part, ...]:
        seen: list[list[tuple[RowState, str]]] = [[] for _ in self._parts]
        for position, part in self._part_of.items():
            seen[part].append(self._last[position])
        return tuple(
            Part(part.number, part.invoices, _state(states))
            for part, states in zip(self._parts, seen, strict=True)
        )


def _state(rows: list[tuple[RowState, str]]) -> PartState:
    if rows and all(state in _VERDICTS for state, _ in rows):
        return PartState.DECIDED
    if any(code == _RECEIVED for _, code in rows) or any(state in _VERDICTS for state, _ in rows):
        return PartState.SENT
    unclear = [code for state, code in rows if state is RowState.NOT_KNOWN]
    return PartState.NOT_KNOWN if any(code.endswith("not_known") for code in unclear) else PartState.SENDING
