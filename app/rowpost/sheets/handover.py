"""An opened workbook as bytes of a fixed layout, and back: how it travels between processes.

A short head (JSON of fixed shape) says what there is; the arrays of the Table follow as they
are, each at a multiple of 8 bytes. Reading them back copies nothing. No pickles: a reader that
a hostile file has taken over can say nothing but bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity, Value
from rowpost.model.table import Column, Table, TextPool
from rowpost.model.workbook import Layout, Opened, SheetInfo, TotalRow, Visibility

Range = tuple[int, int, int, int]
_ALIGN = 8


class Fact(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A Problem; values are (name, kind, text)."""

    code: str
    severity: str
    where: list[tuple[int, int]]
    values: list[tuple[str, str, str]]
    sheet: str


class Place(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A Layout."""

    header_rows: list[int]
    first_row: int
    last_row: int
    headings: list[str]
    title_rows: list[int]
    total_rows: list[tuple[int, list[tuple[int, str]]]]
    reasons: list[str]
    left_out: list[tuple[int, int]]
    hidden_rows: list[int]


class Head(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """All of an Opened but its arrays, with the lengths of those."""

    file_name: str
    path: str
    size: int
    sha256: str
    sheets: list[tuple[str, str, int, int]]
    sheet: str
    row_count: int
    columns: list[tuple[int, int]]  # first row, cells
    text: int
    texts: int
    number_formats: list[str]
    epoch_1904: bool
    hidden_rows: list[int]
    filtered_rows: list[int]
    struck_rows: list[int]
    hidden_columns: list[int]
    merged: list[Range]
    carried: list[Range]
    layout: Place
    facts: list[Fact]

    def lengths(self) -> Iterator[int]:
        """The arrays in the order they lie in memory, each in bytes."""
        yield self.text
        yield 4 * (self.texts + 1)
        for _, cells in self.columns:
            yield from (cells, 4 * cells, 2 * cells)


def head_of(opened: Opened) -> Head:
    """Describe everything but the arrays."""
    table = opened.table
    return Head(
        opened.file_name,
        opened.path,
        opened.size,
        opened.sha256,
        [(sheet.name, sheet.visibility.value, sheet.rows, sheet.filled) for sheet in opened.sheets],
        table.sheet,
        table.row_count,
        [(column.first_row, len(column.kinds)) for column in table.columns],
        len(table.pool.blob),
        len(table.pool),
        list(table.number_formats),
        table.epoch_1904,
        sorted(table.hidden_rows),
        sorted(table.filtered_rows),
        sorted(table.struck_rows),
        sorted(table.hidden_columns),
        list(table.merged),
        list(table.carried),
        _place(opened.layout),
        [_fact(fact) for fact in opened.facts],
    )


def encode(head: Head) -> bytes:
    """Return the head as bytes."""
    return msgspec.json.encode(head)


def decode(head: bytes) -> Head:
    """Return the head; msgspec.ValidationError or DecodeError where the bytes are not one."""
    return msgspec.json.decode(head, type=Head)


def size_of(head: Head) -> int:
    """How many bytes the arrays take, at least 1."""
    return max(1, sum(_aligned(length) for length in head.lengths()))


def lay_out(table: Table, memory: memoryview) -> None:
    """Copy the Table's arrays into memory of `size_of` bytes."""
    at = 0
    for array in _arrays(table):
        data = memoryview(array).cast("B")  # type: ignore[arg-type]  # Sequence says less than they are
        memory[at : at + len(data)] = data
        at += _aligned(len(data))


def pick_up(head: Head, memory: memoryview) -> Opened:
    """Make the Opened whose arrays lie in memory; ValueError where they cannot."""
    if len(memory) < size_of(head):
        raise ValueError
    views = _views(head, memory)
    pool = TextPool(next(views), next(views).cast("I"))
    columns = tuple(
        Column(first_row, next(views), next(views).cast("I"), next(views).cast("H"))
        for first_row, _ in head.columns
    )
    table = Table(
        sheet=head.sheet,
        row_count=head.row_count,
        columns=columns,
        pool=pool,
        number_formats=tuple(head.number_formats),
        epoch_1904=head.epoch_1904,
        hidden_rows=frozenset(head.hidden_rows),
        filtered_rows=frozenset(head.filtered_rows),
        struck_rows=frozenset(head.struck_rows),
        hidden_columns=frozenset(head.hidden_columns),
        merged=tuple(head.merged),
        carried=tuple(head.carried),
    )
    return Opened(
        file_name=head.file_name,
        path=head.path,
        size=head.size,
        sha256=head.sha256,
        sheets=tuple(SheetInfo(name, Visibility(seen), *counts) for name, seen, *counts in head.sheets),
        table=table,
        layout=_layout(head.layout),
        facts=tuple(_problem(fact) for fact in head.facts),
    )


def _aligned(length: int) -> int:
    return -(-length // _ALIGN) * _ALIGN


def _arrays(table: Table) -> Iterator[Sequence[int] | bytes | memoryview]:
    yield table.pool.blob
    yield table.pool.offsets
    for column in table.columns:
        yield from (column.kinds, column.refs, column.formats)


def _views(head: Head, memory: memoryview) -> Iterator[memoryview]:
    at = 0
    for length in head.lengths():
        yield memory[at : at + length]
        at += _aligned(length)


def _place(layout: Layout) -> Place:
    reasons = sorted({reason for _, reason in layout.left_out})
    number = {reason: index for index, reason in enumerate(reasons)}
    return Place(
        list(layout.header_rows),
        layout.first_row,
        layout.last_row,
        list(layout.headings),
        list(layout.title_rows),
        [(total.row, list(total.sums)) for total in layout.total_rows],
        reasons,
        [(row, number[reason]) for row, reason in layout.left_out],
        list(layout.hidden_rows),
    )


def _layout(place: Place) -> Layout:
    return Layout(
        header_rows=tuple(place.header_rows),
        first_row=place.first_row,
        last_row=place.last_row,
        headings=tuple(place.headings),
        title_rows=tuple(place.title_rows),
        total_rows=tuple(TotalRow(row, tuple(sums)) for row, sums in place.total_rows),
        left_out=tuple((row, place.reasons[reason]) for row, reason in place.left_out),
        hidden_rows=tuple(place.hidden_rows),
    )


def _fact(problem: Problem) -> Fact:
    values = [(name, type(value).__name__, str(value)) for name, value in problem.values.items()]
    where = [(cell.row, cell.column) for cell in problem.where]
    sheet = problem.where[0].sheet if problem.where else ""
    return Fact(problem.code, problem.severity.value, where, values, sheet)


def _problem(fact: Fact) -> Problem:
    where = tuple(CellRef(fact.sheet, row, column) for row, column in fact.where)
    values = {name: _value(kind, text) for name, kind, text in fact.values}
    return Problem(fact.code, Severity(fact.severity), where, values=values)


def _value(kind: str, text: str) -> Value:
    if kind == "int":
        return int(text)
    return Decimal(text) if kind == "Decimal" else text
