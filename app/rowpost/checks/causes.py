"""Problems grouped by cause: a thousand cells, three things to do."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as made_by

from rowpost.model.problems import Problem, Severity, Value

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong, wherever it is: code and field, how many problems, in how many rows.

    `example` is the first of them; `places` are the indexes of all of them in the list they came from.
    """

    code: str
    field: str
    severity: Severity
    count: int
    rows: int
    example: Problem
    places: tuple[int, ...]


def group_by_cause(problems: Iterable[Problem]) -> list[Cause]:
    """Return the causes, errors first, the most frequent first.

    Numbers that fit different other countries have different causes: each has a cure of its own.
    """
    found: dict[tuple[str, str, Severity, Value], _Members] = {}
    for place, problem in enumerate(problems):
        get = problem.values.get
        key = (problem.code, str(get("field", "")), problem.severity, get("iso", ""))
        members = found.get(key)
        if members is None:
            members = found[key] = _Members(problem)
        members.places.append(place)
        members.rows.add(problem.row)
    causes = [members.cause() for members in found.values()]
    return sorted(causes, key=lambda cause: (_ORDER[cause.severity], -cause.count, cause.code, cause.field))


@dataclass(slots=True)
class _Members:
    """The problems of one cause: of all but the first only where they are."""

    first: Problem
    places: array[int] = made_by(default_factory=lambda: array("I"))
    rows: set[int] = made_by(default_factory=set)

    def cause(self) -> Cause:
        one = self.first
        field = str(one.values.get("field", ""))
        return Cause(one.code, field, one.severity, len(self.places), len(self.rows), one, tuple(self.places))


def alike(problems: Iterable[Problem], wanted: Problem) -> list[Problem]:
    """Return the problems with the same cause and the same value: 'apply to the other 7'."""
    return [problem for problem in problems if _identity(problem) == _identity(wanted)]


def _identity(problem: Problem) -> tuple[str, Value | None, Value | None]:
    return problem.code, problem.values.get("field"), problem.values.get("value")
