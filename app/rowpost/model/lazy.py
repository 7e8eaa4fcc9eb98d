"""Sequences at scale: a few arrays, made into objects only when one is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, cast, overload

Item = TypeVar("Item")


class Lazy(Sequence[Item], Generic[Item]):
    """A sequence that makes its items one by one."""

    def _make(self, index: int) -> Item:
        raise IndexError(index)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self._make(at) for at in range(*index.indices(len(self)))]
        return self._make(range(len(self))[index])

    def __iter__(self) -> Iterator[Item]:
        return map(self._make, range(len(self)))


class Records:
    """Byte strings laid end to end."""

    __slots__ = ("blob", "ends")

    def __init__(self) -> None:
        self.blob: bytearray = bytearray()
        self.ends: array[int] = array("Q", (0,))

    @classmethod
    def of(cls, blob: memoryview, ends: memoryview) -> Records:
        """Records that lie in somebody else's memory; they are read, never added to."""
        made = cls()
        made.blob, made.ends = cast("bytearray", blob), cast("array[int]", ends)
        return made

    def add(self, record: bytes) -> None:
        """Append a record."""
        self.blob += record
        self.ends.append(len(self.blob))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, at: int) -> bytes:
        return bytes(self.blob[self.ends[at] : self.ends[at + 1]])
