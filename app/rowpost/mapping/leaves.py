"""Leaves of the payload: each knows its columns and reads its values block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rowpost.mapping.columns import ColumnReader
from rowpost.mapping.results import Converted, Flawed, Target


class Leaf(Protocol):
    """One value of the payload, for every row."""

    @property
    def target(self) -> Target:
        """The leaf's field and path."""
        ...

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns it is made from, () for a constant."""
        ...

    @property
    def odd(self) -> bool:
        """Whether values met so far may be flawed or unproved."""
        ...

    def block(self, first: int, last: int) -> list[Converted]:
        """Return the values of these rows."""
        ...


@dataclass(frozen=True, slots=True)
class ColumnLeaf:
    """A leaf made from one column."""

    target: Target
    reader: ColumnReader
    column: int

    @property
    def columns(self) -> tuple[int, ...]:
        """The one column."""
        return (self.column,)

    @property
    def odd(self) -> bool:
        """Whether the column is odd."""
        return self.reader.odd

    def block(self, first: int, last: int) -> list[Converted]:
        """Return the values of these rows."""
        return self.reader.block(first, last)


@dataclass(frozen=True, slots=True)
class ConstantLeaf:
    """A leaf that is the same in every row."""

    target: Target
    value: Converted
    columns: tuple[int, ...] = ()
    odd: bool = False

    def block(self, first: int, last: int) -> list[Converted]:
        """Return the value once for every row."""
        return [self.value] * (last - first + 1)


@dataclass(frozen=True, slots=True)
class JoinedLeaf:
    """A leaf made from several others, joined where they are filled; the first flaw of them is its own."""

    target: Target
    parts: Sequence[Leaf]
    joiner: str

    @property
    def columns(self) -> tuple[int, ...]:
        """All columns of its parts."""
        return tuple(column for part in self.parts for column in part.columns)

    @property
    def odd(self) -> bool:
        """Whether a part is odd."""
        return any(part.odd for part in self.parts)

    def block(self, first: int, last: int) -> list[Converted]:
        """Return the joined values of these rows."""
        return [self._joined(values) for values in zip(*(part.block(first, last) for part in self.parts))]  # noqa: B905 - the parts read the same rows

    def _joined(self, values: tuple[Converted, ...]) -> Converted:
        flawed = next((value for value in values if isinstance(value, Flawed)), None)
        if flawed is not None and flawed.value is None:
            return flawed
        plain = [value.value if isinstance(value, Flawed) else value for value in values]
        text = self.joiner.join(str(value) for value in plain if value is not None) or None
        return Flawed(text, flawed.flaw) if flawed else text
