"""Verdicts as bytes, and back: how they travel out of the child process."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from rowpost.intake.flaws import told, value_of
from rowpost.intake.recheck import RowVerdict
from rowpost.intake.stores import ready_invoice
from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.invoices import StayingRow
from rowpost.model.problems import Problem, Severity


class _Said(msgspec.Struct, array_like=True):
    """A Problem; values are (name, kind, text)."""

    code: str
    severity: Severity
    cells: list[tuple[int, int]]
    field: str
    values: list[tuple[str, str, str]]


class _Found(msgspec.Struct, array_like=True):
    """A RowVerdict; what the payload says of a row that can be sent is not said twice."""

    rows: tuple[int, ...]
    state: RowState
    code: str
    invoice_number: str
    source_id: str
    currency: str
    amount: Decimal
    payload: bytes
    problems: list[_Said]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[_Found]).decode


def pack(verdicts: Iterable[RowVerdict]) -> bytes:
    """Write verdicts down."""
    return _encode([_found(verdict) for verdict in verdicts])


def unpack(data: bytes, sheet: str) -> tuple[RowVerdict, ...]:
    """Read verdicts on rows of a sheet."""
    return tuple(_verdict(found, sheet) for found in _decode(data))


def _found(verdict: RowVerdict) -> _Found:
    entry = verdict.entry
    return _Found(
        entry.rows,
        verdict.state,
        verdict.code,
        entry.invoice_number,
        entry.source_id,
        entry.currency,
        entry.amount,
        verdict.payload,
        [_said(problem) for problem in verdict.problems],
    )


def _said(problem: Problem) -> _Said:
    cells = [(cell.row, cell.column) for cell in problem.where]
    values = [(name, *told(value)) for name, value in problem.values.items()]
    return _Said(problem.code, problem.severity, cells, problem.field, values)


def _verdict(found: _Found, sheet: str) -> RowVerdict:
    problems = tuple(_problem(said, sheet) for said in found.problems)
    if found.state is RowState.WAITING:
        return RowVerdict(ready_invoice(found.rows, found.payload), problems, found.payload)
    about = (found.invoice_number, found.source_id, found.currency, found.amount)
    return RowVerdict(StayingRow(found.rows, found.state, found.code, *about), problems, found.payload)


def _problem(said: _Said, sheet: str) -> Problem:
    cells = tuple(CellRef(sheet, row, column) for row, column in said.cells)
    values = {name: value_of(kind, text) for name, kind, text in said.values}
    return Problem(said.code, said.severity, cells, said.field, values)
