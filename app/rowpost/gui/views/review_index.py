"""Which rows and cells have something to say: arrays made once per check, corrected edit by edit."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from enum import StrEnum
from itertools import compress
from typing import cast

from rowpost.gui.look.tokens import Tone
from rowpost.gui.views.places import SENT_BEFORE, Kind, Kinds, Mark, Places
from rowpost.intake import Revision, RowVerdict
from rowpost.intake.stores import ReadyStore
from rowpost.model.assessment import Assessment
from rowpost.model.books import RowState
from rowpost.model.cells import Kind as CellKind
from rowpost.model.invoices import ReadyInvoice
from rowpost.model.problems import Problem
from rowpost.model.table import Table
from rowpost.model.workbook import Opened

Edits = Mapping[tuple[int, int], str]
_READY, _CHECK, _MUST_FIX, _LEFT_OUT, _SENT, _NO_DATA = range(6)
_NOT_FIT, _LOOK = 2, 1  # weights of marks
_TONE_OF_WEIGHT = (None, Tone.CHECK, Tone.MUST_FIX)  # what is only worth knowing leaves no mark


class Chip(StrEnum):
    """The filters above the table; the last one is shown only where there is something in it."""

    ALL = "all"
    MUST_FIX = "must_fix"
    CHECK = "check"
    READY = "ready"
    CHANGED = "changed"
    LEFT_OUT = "left_out"
    SENT = "sent"


_STATES = {
    Chip.ALL: (_READY, _CHECK, _MUST_FIX, _LEFT_OUT, _SENT),
    Chip.MUST_FIX: (_MUST_FIX,),
    Chip.CHECK: (_CHECK,),
    Chip.READY: (_READY, _CHECK),
    Chip.LEFT_OUT: (_LEFT_OUT,),
    Chip.SENT: (_SENT,),
}
_CHIPS = (Chip.READY, Chip.CHECK, Chip.MUST_FIX, Chip.LEFT_OUT, Chip.SENT, None)  # by state
_MEMBERS = {chip: bytes(state in states for state in range(256)) for chip, states in _STATES.items()}


class ReviewIndex:
    """Answers for every row and cell of a sheet in the time of a look-up. Never changed once made."""

    def __init__(self, opened: Opened, revision: Revision, edits: Edits, left_out: frozenset[int]) -> None:
        layout = self._layout = opened.layout
        self._opened = opened
        self._kinds = Kinds()
        self._places = Places(revision.base.problems, self._kinds)
        self._by_kind, self._by_column = self._places.counts()
        self._overlay: dict[int, tuple[tuple[Mark, Problem], ...]] = {}
        self._states = bytearray([_NO_DATA]) * (layout.last_row + 2)
        self._codes: dict[str, int] = {"": 0}  # why rows stay; only ever grows
        self._reasons = array("H", bytes(2 * (layout.last_row + 2)))  # row -> number of its code
        self._marked = bytearray(layout.last_row + 2)  # rows with a cell that is marked
        self.revision = Revision(revision.base)
        self._mark_rows(revision.base)
        self._mark_problems()
        self.follow(revision, edits, left_out)

    def revised(self, revision: Revision, edits: Edits, left_out: frozenset[int]) -> ReviewIndex:
        """Return the index of a later revision; only rows that were judged since are looked at."""
        if revision.base is not self.revision.base:
            return ReviewIndex(self._opened, revision, edits, left_out)
        made = copy(self)
        made.follow(revision, edits, left_out)
        return made

    # -- Making ------------------------------------------------------------------------------

    def _mark_rows(self, base: Assessment) -> None:
        layout, states, reasons, codes = self._layout, self._states, self._reasons, self._codes
        data = range(layout.first_row, layout.last_row + 1)
        states[data.start : data.stop] = bytes([_READY]) * len(data)
        for row, _ in layout.left_out:
            states[row] = _NO_DATA
        for entry in base.staying:
            state, code = _state_of(entry.state, entry.code), codes.setdefault(entry.code, len(codes))
            for row in entry.rows:
                states[row], reasons[row] = state, code

    def _mark_problems(self) -> None:
        weights, states, marked = self._kinds.weights, self._states, self._marked
        for block in self._places.blocks():
            for row, _, kind in block:
                if weights[kind]:
                    marked[row] = 1
                    if weights[kind] == _LOOK and states[row] == _READY:
                        states[row] = _CHECK
        marked[0] = 0

    def follow(self, revision: Revision, edits: Edits, left_out: frozenset[int]) -> None:
        """Enter what was judged since, into arrays of its own. Only for an index that nobody has yet."""
        self._by_kind, self._by_column = self._by_kind.copy(), self._by_column.copy()
        self._overlay, self._reasons = dict(self._overlay), self._reasons[:]
        self._states, self._marked = self._states[:], self._marked[:]
        earlier = self.revision.verdicts
        self.revision = revision
        self.assessment = revision.assessment
        self._judged = edits, left_out
        self._edited = frozenset(row for row, _ in edits) | left_out
        self.emptied = _emptied(self._opened.table, edits)
        for row, verdict in revision.verdicts.items():
            if earlier.get(row) is not verdict:
                self._enter(row, verdict)

    def _enter(self, row: int, verdict: RowVerdict) -> None:
        for mark in self.marks(row):
            self._by_kind[mark.kind] -= 1
            self._by_column[mark.column, mark.kind] -= 1
        found = tuple(self._mark_of(one) for one in verdict.problems if one.row == row)
        self._overlay[row] = found
        for mark, _ in found:
            self._by_kind[mark.kind] += 1
            self._by_column[mark.column, mark.kind] += 1
        weights = [self._kinds.weights[mark.kind] for mark, _ in found]
        state = _state_of(verdict.state, verdict.code)
        self._states[row] = _CHECK if state == _READY and _LOOK in weights else state
        self._marked[row] = any(weights)
        self._reasons[row] = self._codes.setdefault(verdict.code, len(self._codes))

    def _mark_of(self, problem: Problem) -> tuple[Mark, Problem]:
        return Mark(self._kinds.number_of(problem), problem.where[0].column), problem

    def follows(self, edits: Edits, left_out: frozenset[int]) -> bool:
        """Whether these edits are the ones that were judged."""
        return self._judged[0] is edits and self._judged[1] == left_out

    def is_whole(self, edits: Edits, left_out: frozenset[int]) -> bool:
        """Whether all rows were judged together, under these edits."""
        return not self.revision.verdicts and self.follows(edits, left_out)

    # -- Cells -------------------------------------------------------------------------------

    def marks(self, row: int) -> Iterable[Mark]:
        """Every problem of a row, without its words."""
        newer = self._overlay.get(row)
        return self._places.marks(row) if newer is None else (mark for mark, _ in newer)

    def problems_of(self, row: int) -> Sequence[Problem]:
        """Every problem of a row."""
        newer = self._overlay.get(row)
        if newer is None:
            return [self._places.problems[at] for at in self._places.in_row(row)]
        return [problem for _, problem in newer]

    def problems_at(self, row: int, column: int) -> Sequence[Problem]:
        """Return what is wrong with a cell (column 0: with the row as a whole), the worst first."""
        if not any(mark.column == column for mark in self.marks(row)):
            return []
        weights, number = self._kinds.weights, self._kinds.number_of
        found = [one for one in self.problems_of(row) if (one.where[0].column if one.where else 0) == column]
        return sorted(found, key=lambda problem: -weights[number(problem)])

    def tone_at(self, row: int, column: int) -> Tone | None:
        """Return the worst that is to be said of a cell; what is only worth knowing leaves no mark."""
        if not self._marked[row]:
            return None
        weights = (self._kinds.weights[mark.kind] for mark in self.marks(row) if mark.column == column)
        return _TONE_OF_WEIGHT[max(weights, default=0)]

    def marked_columns(self, row: int) -> set[int]:
        """Return the columns of a row's marked cells; 0: the row as a whole."""
        weights = self._kinds.weights
        return {mark.column for mark in self.marks(row) if weights[mark.kind]}

    def quality_of(self, column: int) -> tuple[int, int]:
        """Return how many problems of a column are to be looked at, and to be fixed."""
        look = bad = 0
        for (at, kind), count in self._by_column.items():
            if at == column:
                look += count * (self._kinds.weights[kind] == _LOOK)
                bad += count * (self._kinds.weights[kind] == _NOT_FIT)
        return look, bad

    # -- Rows --------------------------------------------------------------------------------

    def chip_of(self, row: int) -> Chip | None:
        """Return in which group a row is, None for rows that are no data."""
        return _CHIPS[self._states[row]]

    def is_open(self, row: int) -> bool:
        """Whether a row can still be sent or left out."""
        return self._states[row] in (_READY, _CHECK, _MUST_FIX)

    def invoice_at(self, row: int) -> ReadyInvoice | None:
        """Return the invoice that a row is part of, None where it is not sent."""
        if self._states[row] not in (_READY, _CHECK):
            return None
        verdict = self.revision.verdicts.get(row)
        if verdict is not None:
            return verdict.entry if isinstance(verdict.entry, ReadyInvoice) else None
        ready = cast("ReadyStore", self.revision.base.ready)
        place = ready.place_of(row)
        return None if place is None else ready[place]

    def reason_at(self, row: int) -> str:
        """Return the wording code of why a row stays, '' where it is sent."""
        return list(self._codes)[self._reasons[row]]

    def staying(self, rows: Iterable[int], code: str) -> list[int]:
        """Return those of some rows that stay for one reason."""
        number, reasons = self._codes.get(code), self._reasons
        return [] if number is None else [row for row in rows if reasons[row] == number]

    def rows(self, chip: Chip, kind: Kind | None = None) -> array[int]:
        """Return the Excel rows of a group, those with a problem of that kind if one is named."""
        if kind is not None:
            return array("I", (row for row in self._rows_of_kind(kind) if self.is_in(row, chip)))
        if chip is Chip.CHANGED:
            return array("I", sorted(self._edited))
        first, last = self._layout.first_row, self._layout.last_row + 1
        wanted = self._states[first:last].translate(_MEMBERS[chip])
        return array("I", compress(range(first, last), wanted))

    def _rows_of_kind(self, kind: Kind) -> list[int]:
        number, places = self._kinds.number(kind), self._places
        rows = set(compress(places.rows, map(number.__eq__, places.kinds))).difference(self._overlay)
        rows.update(
            row for row, found in self._overlay.items() if any(mark.kind == number for mark, _ in found)
        )
        return sorted(rows)

    def is_in(self, row: int, chip: Chip) -> bool:
        """Whether a row is in a group."""
        return row in self._edited if chip is Chip.CHANGED else bool(_MEMBERS[chip][self._states[row]])

    def count(self, chip: Chip) -> int:
        """Return how many rows a group has."""
        if chip is Chip.CHANGED:
            return len(self._edited)
        return sum(map(self._states.count, _STATES[chip]))

    def next_marked(self, rows: Sequence[int], at: int, *, backwards: bool = False) -> int | None:
        """Return the place in `rows` of the next row with a mark after (before) place `at`, if any."""
        if backwards:
            places: Sequence[int] = range(at - 1, -1, -1)
            some: Iterable[int] = map(rows.__getitem__, places)
        else:
            places, some = range(at + 1, len(rows)), memoryview(cast("array[int]", rows))[at + 1 :]
        return next(compress(places, map(self._marked.__getitem__, some)), None)

    # -- Kinds -------------------------------------------------------------------------------

    def kinds(self) -> Iterator[tuple[Kind, int]]:
        """Every kind of problem there is now, with how many."""
        return ((self._kinds.kinds[number], count) for number, count in self._by_kind.items() if count > 0)

    def problems_of_kind(self, kind: Kind) -> Iterator[Problem]:
        """Every problem of a kind, in the order of the rows."""
        for row in self._rows_of_kind(kind):
            for problem in self.problems_of(row):
                if Kind.of(problem) == kind:
                    yield problem

    def example_of(self, kind: Kind) -> Problem | None:
        """The first problem of a kind, None where there is none any more."""
        number, places = self._kinds.number(kind), self._places
        at = places.kinds.index(number) if number in places.kinds else -1
        if at >= 0 and places.rows[at] not in self._overlay:
            return places.problems[at]
        return next(self.problems_of_kind(kind), None)


def _emptied(table: Table, edits: Edits) -> Counter[int]:
    """By column: how many cells more are empty under these edits than in the workbook."""
    found: Counter[int] = Counter()
    for (row, number), text in edits.items():
        cells = table.columns[number - 1] if number <= table.column_count else None
        at = -1 if cells is None else cells.index(row)
        was_empty = cells is None or at < 0 or cells.kinds[at] == CellKind.EMPTY
        found[number] += (not text) - was_empty
    return found


def _state_of(state: RowState, code: str) -> int:
    if state is RowState.WAITING:
        return _READY
    if code == SENT_BEFORE:
        return _SENT
    return _LEFT_OUT if state is RowState.LEFT_OUT else _MUST_FIX


def row_of(rows: Sequence[int], row: int) -> int | None:
    """Return the place of a row in an ascending sequence of rows, None where it is not there."""
    at = bisect_right(rows, row) - 1
    return at if at >= 0 and rows[at] == row else None
