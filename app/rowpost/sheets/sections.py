"""Arrays laid one after the other in memory that two processes share, each at a multiple of 8 bytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Literal

Buffer = bytearray | memoryview | array  # type: ignore[type-arg]  # arrays of any number
Form = Literal["B", "H", "I", "Q"]
_ALIGN = 8


def lengths(arrays: Sequence[Buffer]) -> list[int]:
    """How many bytes each array has."""
    return [memoryview(one).nbytes for one in arrays]


def size_of(arrays: Sequence[Buffer]) -> int:
    """How many bytes the arrays take, at least 1."""
    return room_for(lengths(arrays))


def room_for(lengths: Sequence[int]) -> int:
    """How many bytes arrays of these lengths take, at least 1."""
    return max(1, sum(map(_aligned, lengths)))


def lay_out(arrays: Sequence[Buffer], memory: memoryview) -> None:
    """Copy the arrays into memory of `size_of` bytes."""
    at = 0
    for one in arrays:
        data = memoryview(one).cast("B")
        memory[at : at + len(data)] = data
        at += _aligned(len(data))


def views(lengths: Sequence[int], forms: Sequence[Form], memory: memoryview) -> Iterator[memoryview]:
    """The arrays that lie in memory, each a view of its own numbers."""
    at = 0
    for length, form in zip(lengths, forms, strict=True):
        yield memory[at : at + length].cast(form)
        at += _aligned(length)


def _aligned(length: int) -> int:
    return -(-length // _ALIGN) * _ALIGN
