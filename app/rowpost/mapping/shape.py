"""The shape of the payload: from values per leaf to nested objects, a block of rows at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

_STEP = re.compile(r"([A-Za-z]+)(?:\[([0-9]+)\])?")
Values = Sequence[Sequence[Any]]
Objects = list[dict[str, Any] | None]


@dataclass(slots=True)
class Node:
    """One object of the payload.

    `leaves` name the values it holds (name -> place in the block of values), `fixed` what it
    holds whenever it is there, `lists` its lists of objects (name -> slots). A slot that holds
    nothing but `fixed` values is not there, unless it is `always` there. `whole` is the place of
    a value that is the object itself, -1 for none.
    """

    always: bool = False
    whole: int = -1
    leaves: dict[str, int] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, dict[int, Node]] = field(default_factory=dict)

    def reach(self, path: str) -> tuple[Node, str]:
        """Return the node that holds the leaf at `path`, made if need be, and the leaf's name."""
        node = self
        *lists, last = _STEP.findall(path)
        for name, slot in lists:
            node = node.lists.setdefault(name, {}).setdefault(int(slot), Node())
        if last[1]:
            return node.lists.setdefault(last[0], {}).setdefault(int(last[1]), Node()), ""
        return node, last[0]

    def objects(self, values: Values, count: int) -> Objects:
        """Return the object of every row of the block; None where it is not there."""
        if self.whole >= 0:
            return list(values[self.whole])
        if len(self.leaves) == 1 and not self.lists and not self.always:
            return self._single(values)
        placed = ((name, values[place]) for name, place in self.leaves.items())
        columns = {name: column for name, column in placed if column.count(None) < count}
        gaps = {name: column for name, column in columns.items() if None in column}
        is_sure = self.always or len(gaps) < len(columns)
        found = _filled(self.fixed if is_sure else {}, columns, count)
        for name, column in gaps.items():  # taken out again, so that the order never depends on the block
            for one, value in zip(found, column, strict=True):
                if value is None:
                    del one[name]
        for name, slots in self.lists.items():
            _attach(found, name, [slot.objects(values, count) for _, slot in sorted(slots.items())])
        if is_sure:
            return list(found)
        return [{**self.fixed, **one} if one else None for one in found]

    def _single(self, values: Values) -> Objects:
        ((name, place),) = self.leaves.items()
        fixed = self.fixed
        return [None if value is None else {**fixed, name: value} for value in values[place]]


def _filled(
    fixed: Mapping[str, Any], columns: Mapping[str, Sequence[Any]], count: int
) -> list[dict[str, Any]]:
    """Make one dict a row, with all columns in their order."""
    if not columns:
        return [dict(fixed) for _ in range(count)]
    names = (*fixed, *columns)
    rows = zip(*(repeat(value, count) for value in fixed.values()), *columns.values(), strict=True)
    return list(map(dict, map(zip, repeat(names), rows)))


def _attach(found: list[dict[str, Any]], name: str, slots: list[Objects]) -> None:
    if len(slots) == 1:
        for one, entry in zip(found, slots[0], strict=True):
            if entry is not None:
                one[name] = [entry]
        return
    for one, *entries in zip(found, *slots, strict=True):
        there = [entry for entry in entries if entry is not None]
        if there:
            one[name] = there
