"""Several rows, one invoice: further claims, or further debtors, with everything else in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rowpost.mapping.document import GroupKind
from rowpost.mapping.plan import Plan
from rowpost.mapping.results import plain
from rowpost.mapping.source_id import normalized_number
from rowpost.mapping.targets import find
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Draft, Flaw, PlacedFlaw
from rowpost.model.problems import Severity, Value
from rowpost.model.workbook import Layout

_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")
_COPIES = {
    GroupKind.CLAIMS: ("group.same_row", "claims[0].remainingAmount"),
    GroupKind.DEBTORS: ("group.same_debtor", "debtors[0].name"),
}
_OF_EACH_CLAIM = "description"  # lines of an invoice say what each of them is for


def grouped(single: Iterable[Draft], plan: Plan, layout: Layout) -> Iterator[Draft]:
    """Yield the drafts of single rows merged by the mapping's key; each group where its last row stands."""
    path = find(plan.catalog, plan.mapping.grouping.by)[1].path
    waiting: dict[str, list[Draft]] = {}
    expected = _rows_per_key(plan, path, layout)
    for draft in single:
        key = _key(draft.payload.get(path))
        if draft.left_out or key is None or expected[key] == 1:
            expected[key] -= 1
            yield draft
        else:
            members = waiting.setdefault(key, [])
            members.append(draft)
            if len(members) == expected[key]:
                yield merged(waiting.pop(key), plan)
    for members in waiting.values():
        yield merged(members, plan)


def merged(members: Sequence[Draft], plan: Plan) -> Draft:
    """Return one draft of several; where they do not agree it carries a flaw that names both cells."""
    if len(members) == 1:
        return members[0]
    kind = plan.mapping.grouping.kind
    payload = dict(members[0].payload)
    flaws = [flaw for member in members for flaw in member.flaws]
    made = dict.fromkeys(payload, members[0])
    for member in members[1:]:
        for name, value in member.payload.items():
            if name in payload and payload[name] != value and _is_shared(name, kind):
                flaws.append(_differs(name, made[name], member))
            elif name not in payload:
                payload[name], made[name] = value, member
    payload[kind.value] = _entries(members, kind)
    differing = {placed.row for placed in flaws if placed.flaw.code.startswith("group.")}
    flaws += (copy for copy in _copies(members, kind) if copy.row not in differing)
    rows = tuple(row for member in members for row in member.rows)
    return Draft(rows, payload, _GroupOrigins(plan, tuple(members), kind, made), flaws)


@dataclass(frozen=True, slots=True)
class _GroupOrigins:
    """Sends every question to the row that made the value; it knows the rows better than who asks."""

    plan: Plan
    members: tuple[Draft, ...]
    kind: GroupKind
    made: dict[str, Draft]

    def cells(self, _: Sequence[int], path: str) -> tuple[CellRef, ...]:
        """Return the cells behind a leaf, of whichever row of the group it came from."""
        member, own_path = self._member(path)
        return member.origins.cells(member.rows, own_path)

    def place(self, _: Sequence[int], path: str) -> tuple[int, int]:
        """Return row and column of the first of those cells."""
        member, own_path = self._member(path)
        return member.origins.place(member.rows, own_path)

    def _member(self, path: str) -> tuple[Draft, str]:
        """The row of the group that made a leaf, and the leaf's path within that row."""
        name, bracket, rest = path.partition("[")
        if not bracket or name != self.kind:
            return self.made.get(name.partition(".")[0], self.members[0]), path
        number, _, leaf = rest.partition("]")
        entry = int(number)
        for member in self.members:
            own = len(member.payload.get(name, ()))
            if entry < own:
                return member, f"{name}[{entry}]{leaf}"
            entry -= own
        return self.members[0], path


def own_of(member: Draft, kind: GroupKind) -> object:
    """What a row of a group says that the others do not: its claims and what they are for, or its debtors."""
    entries = member.payload.get(kind.value)
    return (entries, member.payload.get(_OF_EACH_CLAIM)) if kind is GroupKind.CLAIMS else entries


def _copies(members: Sequence[Draft], kind: GroupKind) -> Iterator[PlacedFlaw]:
    """Name every row that says the same as one before it: together they would claim the amount twice."""
    code, path = _COPIES[kind]
    seen: dict[str, Draft] = {}
    for member in members:
        first = seen.setdefault(repr(own_of(member, kind)), member)
        if first is not member:
            column = member.origins.place(member.rows, path)[1]
            values: dict[str, Value] = {"field": path.rpartition(".")[2], "row": first.rows[0]}
            flaw = Flaw(code, Severity.ERROR, path, values)
            yield PlacedFlaw(member.rows[0], column, flaw, first.origin(path))


def _entries(members: Sequence[Draft], kind: GroupKind) -> list[Any]:
    if kind is GroupKind.DEBTORS:
        return [entry for member in members for entry in member.payload.get(kind.value, ())]
    return [_described(entry, member) for member in members for entry in member.payload.get(kind.value, ())]


def _described(claim: dict[str, Any], member: Draft) -> dict[str, Any]:
    text = member.payload.get(_OF_EACH_CLAIM)
    return {**claim, _OF_EACH_CLAIM: text} if text and _OF_EACH_CLAIM not in claim else claim


def _is_shared(name: str, kind: GroupKind) -> bool:
    return name != kind.value and not (kind is GroupKind.CLAIMS and name == _OF_EACH_CLAIM)


def _differs(name: str, first: Draft, other: Draft) -> PlacedFlaw:
    path = f"{name}[0]" if isinstance(first.payload[name], list) else name
    here, there = _where(other, path), _where(first, path)
    values: dict[str, Value] = {"field": name, "row": first.rows[0]}
    if path == name:
        values |= {"value": told(other.payload[name]), "other": told(first.payload[name])}
        code = "group.differs"
    else:
        code = f"group.{name}_differ"
    flaw = Flaw(code, Severity.ERROR, path, values)
    return PlacedFlaw(other.rows[0], here[0].column if here else 0, flaw, there)


def told(value: object) -> Value:
    """Turn a value as it is sent into one that a sentence can write: dates and amounts in their own form."""
    if isinstance(value, Decimal):
        return value
    text = str(value)
    return date.fromisoformat(text[:10]) if _MIDNIGHT.fullmatch(text) else text


def _where(draft: Draft, path: str) -> tuple[CellRef, ...]:
    return draft.origin(path) or draft.origin(f"{path}.name") or draft.origin(f"{path}.remainingAmount")


def _rows_per_key(plan: Plan, path: str, layout: Layout) -> Counter[str | None]:
    leaf = plan.leaves.get(path)
    if leaf is None:
        return Counter()
    found = leaf.block(layout.first_row, layout.last_row)
    return Counter(_key(plain(value)) for value in found)


def _key(value: object) -> str | None:
    return normalized_number(value) if isinstance(value, str) else None
