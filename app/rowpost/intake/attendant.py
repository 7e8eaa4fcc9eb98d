"""A child process that keeps a sheet in mind and judges edited rows at once, so that a window stays alive."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterable, Mapping
from multiprocessing.connection import Connection
from typing import Final

import msgspec

from rowpost.catalog import Catalog
from rowpost.intake import verdicts
from rowpost.intake.job import Job
from rowpost.intake.recheck import Rechecker, RowVerdict
from rowpost.intake.rules import IntakeRules
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.outside import StopToken
from rowpost.model.table import Table
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.model.workbook import Layout
from rowpost.sheets import passing

Edits = Mapping[tuple[int, int], str]
_LOOK_EVERY = 0.02  # seconds between looks at the stop token
_LONGEST: Final = 64 << 20  # bytes of one message


class _Asked(msgspec.Struct, array_like=True):
    """What has changed since the last question, and which rows to judge."""

    edits: list[tuple[int, int, str | None]]  # row, column, new text; None: as in the workbook
    out: list[int]  # rows that are left out now
    back: list[int]  # rows that no longer are
    rows: list[int]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Asked).decode


class Attendant:
    """Sits beside one sheet under one mapping. Used by one thread at a time; `close` ends the child.

    `edits` of the table and `left_out` of the rules are where it begins.
    """

    def __init__(
        self, table: Table, layout: Layout, mapping: ColumnMapping, catalog: Catalog, rules: IntakeRules
    ) -> None:
        self._sheet = table.sheet
        self._edits: Edits = table.edits
        self._left_out = rules.left_out
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        job = Job(mapping, catalog, rules, dict(table.edits))
        self._process = context.Process(target=main, args=(theirs, job), daemon=True)
        self._process.start()
        theirs.close()
        try:
            passing.send(self._connection, table, layout, self._process.pid or 0)
        except (EOFError, OSError):
            self.close()
            raise Trouble("intake.child_ended", Remedy.TRY_LATER) from None

    def recheck(
        self, edits: Edits, left_out: frozenset[int], *, stop: StopToken | None = None
    ) -> tuple[RowVerdict, ...]:
        """Judge every row that these edits change, with those it disturbs. Waits until the child is ready.

        Stopped once `stop` is set; what was asked is then forgotten with the child.
        """
        asked = self._question(edits, left_out)
        self._edits, self._left_out = edits, left_out
        try:
            self._connection.send_bytes(_encode(asked))
            while not self._connection.poll(_LOOK_EVERY):
                if stop is not None and stop.is_set():
                    self.close()
                    raise Stopped
            return verdicts.unpack(self._connection.recv_bytes(_LONGEST), self._sheet)
        except (EOFError, OSError):
            self.close()
            raise Trouble("intake.child_ended", Remedy.TRY_LATER) from None

    def _question(self, edits: Edits, left_out: frozenset[int]) -> _Asked:
        cells = changed_cells(self._edits, edits)
        rows = {row for row, _ in cells} | (left_out ^ self._left_out)
        return _Asked(
            [(row, column, edits.get((row, column))) for row, column in cells],
            sorted(left_out - self._left_out),
            sorted(self._left_out - left_out),
            sorted(rows),
        )

    def close(self) -> None:
        """End the child."""
        self._process.kill()
        self._connection.close()


def changed_cells(before: Edits, after: Edits) -> set[tuple[int, int]]:
    """The cells that two sets of edits show differently."""
    return {cell for cell, _ in before.items() ^ after.items()}


def changed_rows(
    before: Edits, after: Edits, out_before: Iterable[int], out_after: Iterable[int]
) -> set[int]:
    """The rows that are to be judged again."""
    return {row for row, _ in changed_cells(before, after)} | (set(out_before) ^ set(out_after))


def main(connection: Connection, job: Job) -> None:
    """Run in the child: learn the sheet, then answer until nobody asks any more."""
    gc.disable()  # the work makes no cycles worth a collection
    try:
        table, layout = passing.receive(connection)
        checker = Rechecker(table.with_edits(job.edits), layout, job.mapping, job.catalog, job.rules)
        edits, left_out = dict(job.edits), set(job.rules.left_out)
        while True:
            asked = _decode(connection.recv_bytes(_LONGEST))
            _take_note(asked, edits, left_out)
            checker.leave_out(frozenset(left_out))
            connection.send_bytes(verdicts.pack(checker.recheck(edits, asked.rows)))
    except (BrokenPipeError, ConnectionResetError, EOFError):
        return


def _take_note(asked: _Asked, edits: dict[tuple[int, int], str], left_out: set[int]) -> None:
    for row, column, text in asked.edits:
        if text is None:
            edits.pop((row, column), None)
        else:
            edits[row, column] = text
    left_out |= set(asked.out)
    left_out -= set(asked.back)
