"""What has been seen of a run while it is sent: events go in, a small frozen value comes out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nsmallest
from typing import TYPE_CHECKING

from rowpost.model.answers import Cause
from rowpost.model.attempts import RowChange
from rowpost.model.books import RowState

if TYPE_CHECKING:
    from rowpost.sending.events import Event

_SENDING = "row.sending"  # the ledger's word for "may be on its way"; told before its part is
_RECEIVED = "row.received"  # its word for "the agency gave a batch id"
_ROW, _SENT, _DECIDED, _UNCLEAR = "row", "sent", "decided", "not_known"
_VERDICTS = frozenset({RowState.ACCEPTED, RowState.REJECTED})
WRITING = "wait.writing_down"
_NEWEST = 12  # parts that are told one by one


class PartState(StrEnum):
    """How a part is."""

    WAITING = "waiting"
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
    """The run as it is now; counts are invoices.

    `parts` are the newest ones, and those of which nothing is known; `earlier` counts the others,
    `earlier_open` those among them that are not decided. `before` is how many were sent, received
    and decided before this sitting; `seconds` is how long this sitting has taken so far; `written` is how
    many were written down while nothing is sent yet.
    """

    total: int = 0
    sent: int = 0
    received: int = 0
    decided: int = 0
    parts: tuple[Part, ...] = ()
    wait: Wait | None = None
    trouble: Cause | None = None
    before: tuple[int, int, int] = (0, 0, 0)
    seconds: float = 0
    earlier: int = 0
    earlier_open: int = 0
    written: int = 0


class Watcher:
    """Adds up events; one thread at a time. An event costs what it changes, no more."""

    def __init__(self, total: int, before: int = 0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._before = before
        self._monotonic = monotonic
        self._began = monotonic()
        self._parts: list[Part] = []
        self._part_of: dict[int, int] = {}  # place of a row in the run -> its part, from 0
        self._last: dict[int, tuple[RowState, str]] = {}
        self._all: Counter[str] = Counter()
        self._of_part: list[Counter[str]] = []
        self._undecided: set[int] = set()  # parts, from 0
        self._unclear: set[int] = set()
        self._wait: Wait | None = None
        self._trouble: Cause | None = None
        self._is_new = False  # the trouble: nothing has been waited for since
        self._next: set[int] = set()  # rows of the part that is told next
        self._place: dict[int, int] = {}  # a part's number -> its place among the parts
        self._under_way = (0, 0)  # sent and received by an earlier sitting, but not decided

    def begin(self, changes: Sequence[RowChange]) -> None:
        """Take the rows into account that an earlier sitting has left open."""
        for change in changes:
            self._change(change.positions, change.state, change.code)
        self._next.clear()
        self._under_way = self._all[_SENT], self._all[_RECEIVED]

    @property
    def parts(self) -> Sequence[Part]:
        """Every part of this sitting."""
        return self._parts

    def see(self, event: Event) -> None:
        """Take one event into account."""
        from rowpost.sending.events import PartStarted, RowsChanged, RunEnded, TroubleSeen, Waiting

        self._wait = None
        match event:
            case PartStarted(number, rows):
                self._start(number, rows)
                self._trouble = None
            case RowsChanged(changes):
                for change in changes:
                    self._change(change.positions, change.state, change.code)
            case Waiting(seconds, code):
                self._wait = Wait(code, seconds)
                if not self._is_new:  # the question before this wait was answered
                    self._trouble = None
                self._is_new = False
            case TroubleSeen(cause) | RunEnded(_, cause):
                self._trouble, self._is_new = cause, True

    def _start(self, number: int, rows: int) -> None:
        """A part goes out, for the first time or once more; its rows were told just before."""
        at = self._place.setdefault(number, len(self._parts))
        if at == len(self._parts):
            self._parts.append(Part(number, rows))
            self._of_part.append(Counter())
        changed = {at}
        for position in self._next:
            before, said = self._part_of.get(position), _said(*self._last[position])
            if before is not None:
                self._of_part[before].subtract(said)
                changed.add(before)
            self._part_of[position] = at
            self._of_part[at].update(said)
        self._next.clear()
        self._parts[at] = Part(number, rows)
        self._judge(changed)

    def _change(self, positions: tuple[int, ...], state: RowState, code: str) -> None:
        touched: set[int] = set()
        for position in positions:
            part = self._part_of.get(position)
            if position in self._last:
                self._count(self._last[position], part, -1)
            self._last[position] = (state, code)
            self._count((state, code), part, 1)
            if part is not None:
                touched.add(part)
        if code == _SENDING:
            self._next.update(positions)
        self._judge(touched)

    def _judge(self, parts: set[int]) -> None:
        for number in parts:
            now = _state(self._of_part[number])
            self._parts[number] = replace(self._parts[number], state=now)
            _put(self._undecided, number, wanted=now is not PartState.DECIDED)
            _put(self._unclear, number, wanted=now is PartState.NOT_KNOWN)

    def _count(self, row: tuple[RowState, str], part: int | None, sign: int) -> None:
        for said in _said(*row):
            self._all[said] += sign
            if part is not None:
                self._of_part[part][said] += sign

    def now(self) -> Watch:
        """Return how the run is now."""
        counts, before, shown = self._all, self._before, self._shown()
        return Watch(
            max(self._total, before + counts[_SENT]),
            before + counts[_SENT],
            before + counts[_DECIDED] + counts[_RECEIVED],
            before + counts[_DECIDED],
            tuple(map(self._parts.__getitem__, shown)),
            self._wait,
            self._trouble,
            (before + self._under_way[0], before + self._under_way[1], before),
            self._monotonic() - self._began,
            len(self._parts) - len(shown),
            len(self._undecided.difference(shown)),
        )

    def _shown(self) -> list[int]:
        """The parts that a person wants to see: what goes on now, and what is not known."""
        newest = range(max(0, len(self._parts) - _NEWEST), len(self._parts))
        return sorted({*nsmallest(_NEWEST, self._unclear), *newest})


def _put(numbers: set[int], number: int, *, wanted: bool) -> None:
    if wanted:
        numbers.add(number)
    else:
        numbers.discard(number)


def _said(state: RowState, code: str) -> tuple[str, ...]:
    """What is counted of a row."""
    said = [_ROW]
    if state is not RowState.WAITING:
        said.append(_SENT)
    if state in _VERDICTS:
        said.append(_DECIDED)
    if code == _RECEIVED:
        said.append(_RECEIVED)
    if state is RowState.NOT_KNOWN and code not in (_SENDING, _RECEIVED):
        said.append(_UNCLEAR)
    return tuple(said)


def _state(counts: Counter[str]) -> PartState:
    if counts[_ROW] and counts[_DECIDED] == counts[_ROW]:
        return PartState.DECIDED
    if counts[_RECEIVED] or counts[_DECIDED]:
        return PartState.SENT
    if counts[_UNCLEAR]:
        return PartState.NOT_KNOWN
    return PartState.WAITING if counts[_ROW] and not counts[_SENT] else PartState.SENDING
