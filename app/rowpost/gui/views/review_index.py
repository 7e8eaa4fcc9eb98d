"""Which rows and cells have something to say: arrays and dictionaries made once per assessment."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import compress

from rowpost.gui.look.tokens import Tone
from rowpost.intake.stores import ProblemStore
from rowpost.model.assessment import Assessment
from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.invoices import ReadyInvoice
from rowpost.model.problems import Problem, Severity
from rowpost.model.table import Table
from rowpost.model.workbook import Layout

TONES = {Severity.ERROR: Tone.MUST_FIX, Severity.WARNING: Tone.CHECK, Severity.NOTE: Tone.INFO}
_WEIGHT = {Tone.MUST_FIX: 3, Tone.CHECK: 2, Tone.INFO: 1}
_READY, _CHECK, _MUST_FIX, _LEFT_OUT, _NO_DATA = range(5)


class Chip(StrEnum):
    """The filters above the table."""

    ALL = "all"
    MUST_FIX = "must_fix"
    CHECK = "check"
    READY = "ready"
    CHANGED = "changed"
    LEFT_OUT = "left_out"


def _members(*states: int) -> bytes:
    """Return the table that turns a row's state into 1 where it is one of these, else 0."""
    return bytes(state in states for state in range(256))


_MEMBERS = {
    Chip.ALL: _members(_READY, _CHECK, _MUST_FIX, _LEFT_OUT),
    Chip.MUST_FIX: _members(_MUST_FIX),
    Chip.CHECK: _members(_CHECK),
    Chip.READY: _members(_READY, _CHECK),
    Chip.LEFT_OUT: _members(_LEFT_OUT),
}


class ReviewIndex:
    """Answers for every row and cell of a sheet in the time of a dictionary look-up."""

    def __init__(self, table: Table, layout: Layout, assessment: Assessment) -> None:
        self._layout = layout
        self._states = bytearray([_NO_DATA]) * (max(table.row_count, layout.last_row) + 2)
        self._edited = frozenset(row for row, _ in table.edits)
        self._assessment = assessment
        self._reasons: dict[int, str] = {}  # row that stays -> wording code
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._codes: dict[str, set[int]] = {}
        self._first_of: dict[str, int] = {}
        self._mark_rows(assessment)
        self._mark_problems()

    def _mark_rows(self, assessment: Assessment) -> None:
        layout = self._layout
        data = range(layout.first_row, layout.last_row + 1)
        self._states[data.start : data.stop] = bytes([_READY]) * len(data)
        for row, _ in layout.left_out:
            self._states[row] = _NO_DATA
        for staying in assessment.staying:
            state = _LEFT_OUT if staying.state is RowState.LEFT_OUT else _MUST_FIX
            for row in staying.rows:
                self._states[row] = state
                self._reasons[row] = staying.code

    def _mark_problems(self) -> None:
        """Enter every problem; works on numbers alone where the assessment keeps them so."""
        warnings, states = Severity.WARNING, self._states
        for number, (code, severity, row, column) in enumerate(_places(self._assessment.problems)):
            self._cells.setdefault((row, column), []).append(number)
            self._first_of.setdefault(code, number)
            self._codes.setdefault(code, set()).add(row)
            if severity is warnings and states[row] == _READY:
                states[row] = _CHECK

    @property
    def assessment(self) -> Assessment:
        """What the answers come from."""
        return self._assessment

    def problems_at(self, row: int, column: int) -> Sequence[Problem]:
        """Return what is wrong with a cell (column 0: with the row as a whole), the worst first."""
        problems = self._assessment.problems
        found = [problems[number] for number in self._cells.get((row, column), ())]
        found.sort(key=lambda problem: -_WEIGHT[TONES[problem.severity]])
        return found

    def tone_at(self, row: int, column: int) -> Tone | None:
        """Return the worst that is to be said of a cell; notes leave no mark."""
        numbers = self._cells.get((row, column))
        if not numbers:
            return None
        problems = self._assessment.problems
        worst = max((TONES[problems[number].severity] for number in numbers), key=_WEIGHT.__getitem__)
        return None if worst is Tone.INFO else worst

    def chip_of(self, row: int) -> Chip | None:
        """Return in which group a row is, None for rows that are no data."""
        return (Chip.READY, Chip.CHECK, Chip.MUST_FIX, Chip.LEFT_OUT, None)[self._states[row]]

    def invoice_at(self, row: int) -> ReadyInvoice | None:
        """Return the invoice that a row is part of, None where it is not sent."""
        if self._states[row] not in (_READY, _CHECK):
            return None
        ready = self._assessment.ready
        at = bisect_right(ready, row, key=lambda invoice: invoice.rows[0]) - 1
        if at >= 0 and row in ready[at].rows:
            return ready[at]
        return next((invoice for invoice in ready if row in invoice.rows), None)

    def reason_at(self, row: int) -> str:
        """Return the wording code of why a row stays, '' where it is sent."""
        return self._reasons.get(row, "")

    def rows(self, chip: Chip, code: str = "") -> Sequence[int]:
        """Return the Excel rows of a group, those with a problem of that kind if one is named."""
        if code:
            return array("I", [row for row in sorted(self._codes.get(code, ())) if self._is_in(row, chip)])
        if chip is Chip.CHANGED:
            return array("I", sorted(self._edited))
        first, last = self._layout.first_row, self._layout.last_row + 1
        wanted = self._states[first:last].translate(_MEMBERS[chip])
        return array("I", compress(range(first, last), wanted))

    def _is_in(self, row: int, chip: Chip) -> bool:
        return row in self._edited if chip is Chip.CHANGED else bool(_MEMBERS[chip][self._states[row]])

    def count(self, chip: Chip) -> int:
        """Return how many rows a group has."""
        if chip is Chip.CHANGED:
            return len(self._edited)
        count = self._states.count
        return {
            Chip.ALL: len(self._states) - count(_NO_DATA),
            Chip.MUST_FIX: count(_MUST_FIX),
            Chip.CHECK: count(_CHECK),
            Chip.READY: count(_READY) + count(_CHECK),
            Chip.LEFT_OUT: count(_LEFT_OUT),
        }[chip]

    def codes(self) -> Mapping[str, int]:
        """Return how many rows have each kind of problem."""
        return {code: len(rows) for code, rows in self._codes.items()}

    def examples(self) -> Mapping[str, Problem]:
        """Return the first problem of each kind."""
        return {code: self._assessment.problems[number] for code, number in self._first_of.items()}

    def marks_in(self, column: int) -> Mapping[Tone, int]:
        """Return how many cells of a column carry each mark."""
        tones = (self.tone_at(row, column) for row, at in self._cells if at == column)
        return Counter(tone for tone in tones if tone is not None)

    def marked_cells(self) -> Iterable[tuple[int, int]]:
        """Return every cell with a mark, row by row."""
        return sorted(cell for cell in self._cells if self.tone_at(*cell) is not None)


def _places(problems: Sequence[Problem]) -> Iterable[tuple[str, Severity, int, int]]:
    """Say code, severity, row and column of each problem without making it, where that is possible."""
    if isinstance(problems, ProblemStore):
        order = range(len(problems)) if problems.order is None else problems.order
        said = [(flaw.code, flaw.severity) for flaw in problems.flaws]
        which, rows, columns = problems.which, problems.rows, problems.columns
        return ((*said[which[at]], rows[at], columns[at]) for at in order)
    cells = ((one, one.where[0] if one.where else CellRef("", 0, 0)) for one in problems)
    return ((one.code, one.severity, cell.row, cell.column) for one, cell in cells)


def rows_with_text(table: Table, columns: Iterable[int], text: str) -> frozenset[int]:
    """Return the Excel rows in which one of the columns holds the text, however it is capitalised."""
    found = _texts_with(table, text)
    rows = {row for (row, _), edited in table.edits.items() if text.casefold() in edited.casefold()}
    for column in columns:
        cells = table.columns[column - 1]
        rows.update(at + cells.first_row for at, ref in enumerate(cells.refs) if ref in found)
    return frozenset(rows)


def _texts_with(table: Table, text: str) -> frozenset[int]:
    letters = (f"(?:{re.escape(low)}|{re.escape(low.upper())})" for low in text.casefold())
    pattern = re.compile("".join(letters).encode())
    pool, found = table.pool, set()
    for match in pattern.finditer(pool.blob):
        found.add(bisect_right(pool.offsets, match.start()) - 1)
    return frozenset(found)
