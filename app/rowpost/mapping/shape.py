"""The shape of the payload: from values per leaf to nested objects, a block of rows at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
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
        found = self._own(values, count)
        for name, slots in self.lists.items():
            _attach(found, name, [slot.objects(values, count) for _, slot in sorted(slots.items())])
        return self._present(found)

    def _own(self, values: Values, count: int) -> list[dict[str, Any]]:
        if not self.leaves:
            return [{} for _ in range(count)]
        columns = {name: values[place] for name, place in self.leaves.items()}
        gaps = {name: column for name, column in columns.items() if None in column}
        full = [name for name in columns if name not in gaps]
        found: list[dict[str, Any]] = [{} for _ in range(count)]
        if full:
            rows = zip(*(columns[name] for name in full), strict=True)
            found = [dict(zip(full, row, strict=True)) for row in rows]
        for name, column in gaps.items():
            for one, value in zip(found, column, strict=True):
                if value is not None:
                    one[name] = value
        return found

    def _present(self, found: list[dict[str, Any]]) -> Objects:
        fixed = self.fixed
        if self.always:
            return [{**fixed, **one} for one in found] if fixed else list(found)
        if fixed:
            return [{**fixed, **one} if one else None for one in found]
        return [one or None for one in found]


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
