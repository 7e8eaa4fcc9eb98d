"""An Assessment as bytes of a fixed layout, and back: how it travels out of the child process.

A short head (JSON of fixed shape) says what there is; the stores' arrays follow, each at a
multiple of 8 bytes. The side that reads copies nothing and decodes an item when it is looked at.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Literal, cast

import msgspec

from rowpost.intake.flaws import FlawRecord, flaw_of, record_of
from rowpost.intake.stores import Lazy, ProblemStore, ReadyStore, Records, StayingStore
from rowpost.model.assessment import Assessment, Outline
from rowpost.model.books import Books
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Flaw

_ALIGN = 8
_FORMATS: tuple[Literal["B", "H", "I", "Q"], ...] = (
    "B",
    "Q",
    "I",
    "I",
    "Q",
    "I",
    "B",
    "Q",
    "I",
    "B",
    "Q",
    "I",
    "I",
    "H",
    "I",
)  # as `_sections` yields them
Buffer = bytearray | array  # type: ignore[type-arg]  # arrays of any number


class Head(msgspec.Struct, array_like=True):
    """All of an Assessment but its arrays, with the lengths of those in bytes."""

    sheet: str
    header_row: int
    books: Books
    fingerprint: str
    outline: Outline
    left_out: dict[str, int]
    more: dict[int, tuple[int, ...]]
    also: dict[int, list[tuple[int, int]]]
    lengths: list[int]


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(FlawRecord).decode


def give(assessment: Assessment) -> tuple[bytes, list[Buffer]]:
    """Return the head, and the arrays in their order, of what `assess` made."""
    ready = cast("ReadyStore", assessment.ready)
    staying = cast("StayingStore", assessment.staying)
    problems = cast("ProblemStore", assessment.problems)
    sections = list(_sections(ready, staying, problems))
    head = Head(
        assessment.sheet,
        assessment.header_row,
        assessment.books,
        assessment.fingerprint,
        ready.outline,
        staying.left_out,
        ready.more,
        {place: [(cell.row, cell.column) for cell in cells] for place, cells in problems.also.items()},
        [len(section) * _width(section) for section in sections],
    )
    return msgspec.json.encode(head), sections


def size_of(sections: list[Buffer]) -> int:
    """How many bytes the arrays take, at least 1."""
    return max(1, sum(_aligned(len(section) * _width(section)) for section in sections))


def lay_out(sections: list[Buffer], memory: memoryview) -> None:
    """Copy the arrays into memory of `size_of` bytes."""
    at = 0
    for section in sections:
        data = memoryview(section).cast("B")
        memory[at : at + len(data)] = data
        at += _aligned(len(data))


def pick_up(head_bytes: bytes, memory: memoryview) -> Assessment:
    """Make the Assessment whose arrays lie in memory."""
    head = msgspec.json.decode(head_bytes, type=Head)
    views = _views(head.lengths, memory)
    ready, staying, problems = ReadyStore(), StayingStore(), ProblemStore(head.sheet)
    ready.payloads = _records(views)
    ready.first, ready.marks.dues, ready.marks.debtors = _numbers(views), _numbers(views), _numbers(views)
    ready.order, ready.more, ready.outline = _numbers(views), head.more, head.outline
    staying.left_out.update(head.left_out)
    staying.records, staying.order = _records(views), _numbers(views)
    problems.flaws = cast("list[Flaw]", _PackedFlaws(_records(views)))  # read only, as all of this is
    problems.which, problems.rows, problems.columns = _numbers(views), _numbers(views), _numbers(views)
    problems.order = _numbers(views)
    problems.also = {
        place: tuple(CellRef(head.sheet, row, column) for row, column in cells)
        for place, cells in head.also.items()
    }
    return Assessment(head.sheet, head.header_row, head.books, ready, staying, problems, head.fingerprint)


class _PackedFlaws(Lazy[Flaw]):
    """Flaws that are decoded when one is looked at."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    def _make(self, index: int) -> Flaw:
        return flaw_of(_unpack(self._records[index]))


def _sections(ready: ReadyStore, staying: StayingStore, problems: ProblemStore) -> Iterator[Buffer]:
    flaws = Records()
    for flaw in problems.flaws:
        flaws.add(_pack(record_of(flaw)))
    yield from (ready.payloads.blob, ready.payloads.ends, ready.first)
    yield from (ready.marks.dues, ready.marks.debtors, array("I", ready.order))
    yield from (staying.records.blob, staying.records.ends, array("I", staying.order))
    yield from (flaws.blob, flaws.ends)
    yield from (problems.which, problems.rows, problems.columns, array("I", problems.order))


def _records(views: Iterator[memoryview]) -> Records:
    records = Records()
    records.blob = cast("bytearray", next(views))  # a view of the same bytes, never added to
    records.ends = _numbers(views)
    return records


def _numbers(views: Iterator[memoryview]) -> array[int]:
    return cast("array[int]", next(views))  # a view of the same numbers, never added to


def _views(lengths: list[int], memory: memoryview) -> Iterator[memoryview]:
    at = 0
    for length, form in zip(lengths, _FORMATS, strict=True):
        yield memory[at : at + length].cast(form)
        at += _aligned(length)


def _aligned(length: int) -> int:
    return -(-length // _ALIGN) * _ALIGN


def _width(section: Buffer) -> int:
    return memoryview(section).itemsize
