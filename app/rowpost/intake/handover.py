"""An Assessment as bytes of a fixed layout, and back: how it travels out of the child process.

A short head (JSON of fixed shape) says what there is; the stores' arrays follow, each at a
multiple of 8 bytes. The side that reads copies nothing and decodes an item when it is looked at.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import cast

import msgspec

from rowpost.intake.flaws import FlawRecord, flaw_of, record_of
from rowpost.intake.stores import ProblemStore, ReadyStore, StayingStore
from rowpost.model.assessment import Assessment, Outline
from rowpost.model.books import Books
from rowpost.model.cells import CellRef
from rowpost.model.drafts import Flaw
from rowpost.model.lazy import Lazy, Records
from rowpost.sheets.sections import Buffer, Form, lay_out, lengths, size_of, views

__all__ = ["give", "lay_out", "pick_up", "size_of"]  # how the arrays lie in memory is the same everywhere

_FORMATS: tuple[Form, ...] = (
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
    arrays = list(_sections(ready, staying, problems))
    head = Head(
        assessment.sheet,
        assessment.header_row,
        assessment.books,
        assessment.fingerprint,
        ready.outline,
        staying.left_out,
        ready.more,
        {place: [(cell.row, cell.column) for cell in cells] for place, cells in problems.also.items()},
        lengths(arrays),
    )
    return msgspec.json.encode(head), arrays


def pick_up(head_bytes: bytes, memory: memoryview) -> Assessment:
    """Make the Assessment whose arrays lie in memory."""
    head = msgspec.json.decode(head_bytes, type=Head)
    found = views(head.lengths, _FORMATS, memory)
    ready, staying, problems = ReadyStore(), StayingStore(), ProblemStore(head.sheet)
    ready.payloads = _records(found)
    ready.first, ready.marks.dues, ready.marks.debtors = _numbers(found), _numbers(found), _numbers(found)
    ready.order, ready.more, ready.outline = _numbers(found), head.more, head.outline
    ready.handed = head_bytes, memory
    staying.left_out.update(head.left_out)
    staying.records, staying.order = _records(found), _numbers(found)
    problems.flaws = cast("list[Flaw]", _PackedFlaws(_records(found)))  # read only, as all of this is
    problems.which, problems.rows, problems.columns = _numbers(found), _numbers(found), _numbers(found)
    problems.order = _numbers(found)
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
    return Records.of(next(views), next(views))


def _numbers(views: Iterator[memoryview]) -> array[int]:
    return cast("array[int]", next(views))  # a view of the same numbers, never added to
