"""The child process that has checked a sheet stays, and judges edited rows at once: a window stays alive."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final, TypeVar

import msgspec

from rowpost.intake import verdicts
from rowpost.intake.recheck import Rechecker, RowVerdict
from rowpost.model.outside import StopToken
from rowpost.model.trouble import Remedy, Stopped, Trouble

Edits = Mapping[tuple[int, int], str]
Item = TypeVar("Item")
_LOOK_EVERY = 0.02  # seconds between looks at the stop token
_LONGEST: Final = 64 << 20  # bytes of one message
_BITE = 64  # edits compared between two breaths


class _Asked(msgspec.Struct, array_like=True):
    """What has changed since the last question, and which rows to judge."""

    edits: list[tuple[int, int, str | None]]  # row, column, new text; None: as in the workbook
    out: list[int]  # rows that are left out now
    back: list[int]  # rows that no longer are
    rows: list[int]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Asked).decode


class Attendant:
    """The process at the other end of a connection, which sits beside one sheet under one mapping.

    Used by one thread at a time; `close` ends the child. It begins where the check was made: with
    these `edits` of the table, and these rows left out.
    """

    def __init__(
        self,
        connection: Connection,
        process: SpawnProcess,
        sheet: str,
        edits: Edits,
        left_out: frozenset[int],
    ) -> None:
        self._connection, self._process = connection, process
        self._sheet = sheet
        self._edits, self._left_out = edits, left_out

    def recheck(
        self, edits: Edits, left_out: frozenset[int], *, stop: StopToken | None = None
    ) -> tuple[RowVerdict, ...]:
        """Judge every row that these edits change, with those it disturbs.

        Stopped once `stop` is set; what was asked is then forgotten with the child.
        """
        asked = self._question(edits, left_out)
        self._edits, self._left_out = edits, left_out
        try:
            self._connection.send_bytes(_encode(asked))
            while stop is None or not stop.is_set():
                if self._connection.poll(_LOOK_EVERY):
                    return verdicts.unpack(self._connection.recv_bytes(_LONGEST), self._sheet)
        except (EOFError, OSError):
            self.close()
            raise Trouble("intake.child_ended", Remedy.TRY_LATER) from None
        self.close()
        raise Stopped

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
        end(self._connection, self._process)


def end(connection: Connection, process: SpawnProcess) -> None:
    """End a child for good."""
    process.kill()
    process.join()
    process.close()
    connection.close()


def changed_cells(before: Edits, after: Edits) -> set[tuple[int, int]]:
    """The cells that two sets of edits show differently."""
    changed = {cell for cell, text in _calmly(after.items()) if before.get(cell) != text}
    changed.update(cell for cell in _calmly(before) if cell not in after)
    return changed


def changed_rows(
    before: Edits, after: Edits, out_before: Iterable[int], out_after: Iterable[int]
) -> set[int]:
    """The rows that are to be judged again."""
    rows = {row for row, _ in _calmly(changed_cells(before, after))}
    return rows | (set(out_before) ^ set(out_after))


def _calmly(items: Iterable[Item]) -> Iterator[Item]:
    """Go through what may be a hundred thousand edits, and let other threads have their turn again and again.

    Else the window's thread waits for its turn after each call of a paint.
    """
    for number, item in enumerate(items):
        if number % _BITE == 0:
            time.sleep(0)
        yield item


def attend(connection: Connection, checker: Rechecker, edits: Edits, left_out: frozenset[int]) -> None:
    """Run in the child after its check: answer until nobody asks any more (EOFError, OSError)."""
    known, out = dict(edits), set(left_out)
    while True:
        asked = _decode(connection.recv_bytes(_LONGEST))
        _take_note(asked, known, out)
        checker.leave_out(frozenset(out))
        connection.send_bytes(verdicts.pack(checker.recheck(known, asked.rows)))


def _take_note(asked: _Asked, edits: dict[tuple[int, int], str], left_out: set[int]) -> None:
    for row, column, text in asked.edits:
        if text is None:
            edits.pop((row, column), None)
        else:
            edits[row, column] = text
    left_out |= set(asked.out)
    left_out -= set(asked.back)
