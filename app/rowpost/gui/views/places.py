"""Where the whole pass found something: arrays in the order of the rows, one entry a problem."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rowpost.gui.look.tokens import Tone
from rowpost.intake.stores import ProblemStore
from rowpost.model.problems import Problem, Severity

SENT_BEFORE = "duplicate.sent_before"
_TONES = {Severity.ERROR: Tone.MUST_FIX, Severity.WARNING: Tone.CHECK, Severity.NOTE: Tone.INFO}
_WEIGHTS = {Tone.MUST_FIX: 2, Tone.CHECK: 1, Tone.INFO: 0}
_BLOCK = 1 << 15  # problems handled at a time, so that the window's thread gets its turn in between


class Kind(NamedTuple):
    """One cause: what is wrong, and with which field."""

    code: str
    severity: Severity
    path: str

    @property
    def tone(self) -> Tone:
        """How it is marked; what was accepted before is not wrong, only done."""
        return Tone.INFO if self.code == SENT_BEFORE else _TONES[self.severity]

    @classmethod
    def of(cls, problem: Problem) -> Kind:
        """The kind of a problem."""
        return cls(problem.code, problem.severity, problem.field)


class Kinds:
    """Gives every kind a number; only ever grows, so that all revisions of a review share it."""

    def __init__(self) -> None:
        self._numbers: dict[Kind, int] = {}
        self.kinds: list[Kind] = []
        self.weights = bytearray()  # by number: 2 must fix, 1 check, 0 worth knowing

    def number(self, kind: Kind) -> int:
        """The number of a kind, a new one if it has none."""
        found = self._numbers.get(kind)
        if found is None:
            found = self._numbers[kind] = len(self.kinds)
            self.kinds.append(kind)
            self.weights.append(_WEIGHTS[kind.tone])
        return found

    def number_of(self, problem: Problem) -> int:
        """The number of a problem's kind."""
        return self.number(Kind.of(problem))


@dataclass(frozen=True, slots=True)
class Mark:
    """One problem of a row: the number of its kind, its column (0: the row as a whole)."""

    kind: int
    column: int


class Places:
    """Row, column and kind of every problem; made once, never changed."""

    def __init__(self, problems: Sequence[Problem], kinds: Kinds) -> None:
        self.problems = problems
        self.rows, self.columns, self.kinds = array("I"), array("H"), array("H")
        if isinstance(problems, ProblemStore):
            self._take_over(problems, kinds)
        else:
            for problem in problems:
                self.rows.append(problem.row)
                self.columns.append(problem.where[0].column if problem.where else 0)
                self.kinds.append(kinds.number_of(problem))

    def _take_over(self, problems: ProblemStore, kinds: Kinds) -> None:
        numbers = [kinds.number(Kind(flaw.code, flaw.severity, flaw.path)) for flaw in problems.flaws]
        order = problems.order
        for start in range(0, len(order), _BLOCK):
            block = order[start : start + _BLOCK]
            self.rows.extend(map(problems.rows.__getitem__, block))
            self.columns.extend(map(problems.columns.__getitem__, block))
            which = map(problems.which.__getitem__, block)
            self.kinds.extend(map(numbers.__getitem__, which))

    def in_row(self, row: int) -> range:
        """The places of a row's problems."""
        first = bisect_left(self.rows, row)
        return range(first, bisect_right(self.rows, row, first))

    def marks(self, row: int) -> Iterator[Mark]:
        """The problems of a row."""
        return (Mark(self.kinds[at], self.columns[at]) for at in self.in_row(row))

    def blocks(self) -> Iterator[Iterable[tuple[int, int, int]]]:
        """Row, column and kind of all problems, in blocks."""
        for start in range(0, len(self.rows), _BLOCK):
            part = slice(start, start + _BLOCK)
            yield zip(self.rows[part], self.columns[part], self.kinds[part], strict=True)

    def counts(self) -> tuple[Counter[int], Counter[tuple[int, int]]]:
        """How many problems each kind has, and each pair of column and kind."""
        by_kind: Counter[int] = Counter()
        by_column: Counter[tuple[int, int]] = Counter()
        for start in range(0, len(self.rows), _BLOCK):
            part = slice(start, start + _BLOCK)
            by_kind.update(self.kinds[part])
            by_column.update(zip(self.columns[part], self.kinds[part], strict=True))
        return by_kind, by_column
