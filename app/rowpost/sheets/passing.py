"""A Table that is here already, passed on to one more process."""

from __future__ import annotations

import mmap
from multiprocessing.connection import Connection

from rowpost.model.table import Table
from rowpost.model.workbook import Layout, Opened
from rowpost.sheets import handover, memory

_LONGEST = 256 << 20  # bytes of a head
_LAID = b"laid"


def send(connection: Connection, table: Table, layout: Layout, process_id: int = 0) -> None:
    """Pass the table on: its memory itself where it lies in shared memory as a whole, else a copy.

    Edits are not passed on.
    """
    head = handover.head_of(Opened("", "", 0, "", (), table, layout))
    connection.send_bytes(handover.encode(head))
    whole = _whole(table, handover.size_of(head))
    if whole is not None:
        memory.pass_on(connection, whole, process_id)
    else:
        handover.lay_out(table, memory.offer(connection, handover.size_of(head), process_id))
    connection.send_bytes(_LAID)


def receive(connection: Connection) -> tuple[Table, Layout]:
    """Take over what `send` passes on."""
    head = handover.decode(connection.recv_bytes(_LONGEST))
    shared = memory.accept(connection, handover.size_of(head))
    connection.recv_bytes(len(_LAID))  # the table lies there now
    opened = handover.pick_up(head, shared)
    return opened.table, opened.layout


def _whole(table: Table, size: int) -> memoryview | None:
    """The one memory that holds just this table, as `handover.pick_up` leaves it."""
    blob = table.pool.blob
    owner = blob.obj if isinstance(blob, memoryview) else None
    if not isinstance(owner, mmap.mmap):
        return None
    arrays = (table.pool.offsets, *(a for one in table.columns for a in (one.kinds, one.refs, one.formats)))
    if any(not isinstance(one, memoryview) or one.obj is not owner for one in arrays):
        return None
    held = memoryview(owner)
    return held[:size] if len(held) >= size else None
