"""Problems grouped by cause: a thousand cells, three things to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    """Return the causes, errors first, the most frequent first."""
    groups: dict[tuple[str, str, Severity], list[tuple[int, Problem]]] = {}
    for place, problem in enumerate(problems):
        key = (problem.code, str(problem.values.get("field", "")), problem.severity)
        groups.setdefault(key, []).append((place, problem))
    causes = [_cause(*key, members) for key, members in groups.items()]
    return sorted(causes, key=lambda cause: (_ORDER[cause.severity], -cause.count, cause.code, cause.field))


def _cause(code: str, field: str, severity: Severity, members: list[tuple[int, Problem]]) -> Cause:
    rows = {problem.row for _, problem in members}
    places = tuple(place for place, _ in members)
    return Cause(code, field, severity, len(members), len(rows), members[0][1], places)


def alike(problems: Iterable[Problem], wanted: Problem) -> list[Problem]:
    """Return the problems with the same cause and the same value: 'apply to the other 7'."""
    return [problem for problem in problems if _identity(problem) == _identity(wanted)]


def _identity(problem: Problem) -> tuple[str, Value | None, Value | None]:
    return problem.code, problem.values.get("field"), problem.values.get("value")
