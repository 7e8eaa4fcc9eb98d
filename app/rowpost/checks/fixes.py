"""Safe fixes as data: which cells, what stands there, what would stand there. Nothing is applied here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: what a person sees now, and the text that would stand there."""

    cell: CellRef
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Everything one kind of safe fix would change; applied and undone as one step.

    `code` names the kind (`fix.spelling`); `leave_out` are rows that would be left out instead
    of changed.
    """

    code: str
    field: str
    changes: tuple[Change, ...] = ()
    leave_out: tuple[int, ...] = ()


def safe_fixes(problems: Iterable[Problem]) -> list[Fix]:
    """Return the fixes that need no judgement, by kind and field.

    Only what the problem itself proves: the spelling of a word in a list, a plain number or a
    time of day that is a date, blanks and lost zeros made lasting, rows of zero or less left out.
    """
    changes: dict[tuple[str, str], dict[CellRef, Change]] = {}
    rows: dict[tuple[str, str], dict[int, None]] = {}
    for problem in problems:
        if not problem.where:
            continue
        field = str(problem.values.get("field", ""))
        if problem.code in _LEAVE_OUT:
            rows.setdefault((_LEAVE_OUT[problem.code], field), {})[problem.row] = None
        elif problem.code in _FIXES:
            code, after = _FIXES[problem.code]
            cell = problem.where[0]
            change = Change(cell, str(problem.values.get("value", "")), after(problem))
            changes.setdefault((code, field), {})[cell] = change
    found = [Fix(code, field, tuple(cells.values())) for (code, field), cells in changes.items()]
    return found + [Fix(code, field, leave_out=tuple(some)) for (code, field), some in rows.items()]


def _named(name: str) -> Callable[[Problem], str]:
    return lambda problem: str(problem.values[name])


def _day(problem: Problem) -> str:
    day = problem.values["date"]
    return day.isoformat() if isinstance(day, date) else str(day)


_FIXES: Mapping[str, tuple[str, Callable[[Problem], str]]] = MappingProxyType(
    {
        "enum.did_you_mean": ("fix.spelling", _named("suggestion")),
        "identifier.invisible": ("fix.invisible", _named("value")),
        "text.invisible": ("fix.invisible", _named("value")),
        "identifier.tidied": ("fix.blanks", _named("result")),
        "identifier.zeros_restored": ("fix.zeros", _named("result")),
        "date.from_number": ("fix.date", _day),
        "date.time_of_day": ("fix.date", _day),
    }
)
_LEAVE_OUT: Mapping[str, str] = MappingProxyType({"amount.not_positive": "fix.leave_out"})
FIXABLE = frozenset({*_FIXES, *_LEAVE_OUT})  # codes of the problems that have a safe fix
