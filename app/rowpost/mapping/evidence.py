"""Day or month first, decimal comma or point: decided per column from all its values, or asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from rowpost.mapping.columns import distinct_texts
from rowpost.mapping.converters import amount, dates
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.document import DateOrder, NumberStyle
from rowpost.model.table import Table

Style = TypeVar("Style", DateOrder, NumberStyle)


@dataclass(frozen=True, slots=True)
class Evidence(Generic[Style]):
    """How many written values of a column fit only one reading, only the other, or both differently.

    `decided` is None while the column is ambiguous (`both` > 0), or where it needs no decision.
    `examples` are values as written: (reading they fit, text). `borrowed_from` is the column that
    decided for this one, 0 where its own values did.
    """

    column: int
    decided: Style | None = None
    only: Mapping[Style, int] | None = None
    both: int = 0
    same: int = 0
    examples: tuple[str, ...] = ()
    borrowed_from: int = 0

    @property
    def total(self) -> int:
        """How many written values can be read at all."""
        return sum((self.only or {}).values()) + self.both + self.same

    @property
    def ambiguous(self) -> bool:
        """Whether a person must choose before some values can be read."""
        return self.decided is None and self.both > 0


def date_evidence(table: Table, column: int, first: int, last: int) -> Evidence[DateOrder]:
    """Look at every date that is written as text in the column."""
    return _weigh(table, column, (first, last), lambda text: dates.readings(tidy(text).text))


def number_evidence(table: Table, column: int, first: int, last: int) -> Evidence[NumberStyle]:
    """Look at every amount that is written as text in the column."""
    return _weigh(table, column, (first, last), amount.readings)


def _weigh(
    table: Table, column: int, rows: tuple[int, int], read: Callable[[str], Mapping[Style, object]]
) -> Evidence[Style]:
    only: dict[Style, int] = {}
    both = same = 0
    examples: list[str] = []
    for text, count in distinct_texts(table, column, *rows).items():
        found = read(text)
        if len(found) == 1:
            style = next(iter(found))
            only[style] = only.get(style, 0) + count
            examples.append(text)
        elif len(set(found.values())) > 1:
            both += count
            examples.append(text)
        else:
            same += count if found else 0
    decided = next(iter(only)) if len(only) == 1 else None
    return Evidence(column, decided, only, both, same, tuple(examples[:3]))


def lend(found: Iterable[Evidence[Style]]) -> dict[int, Evidence[Style]]:
    """Let columns that decided, and agree, decide for ambiguous ones without a witness of their own."""
    by_column = {evidence.column: evidence for evidence in found}
    deciders = [evidence for evidence in by_column.values() if evidence.decided]
    conflict = any(evidence.only and len(evidence.only) > 1 for evidence in by_column.values())
    if conflict or len({evidence.decided for evidence in deciders}) != 1:
        return by_column
    lender = deciders[0]
    return {
        column: replace(evidence, decided=lender.decided, borrowed_from=lender.column)
        if evidence.ambiguous
        else evidence
        for column, evidence in by_column.items()
    }
