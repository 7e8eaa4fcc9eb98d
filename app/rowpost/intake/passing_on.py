"""An Assessment that came from one child process, passed on to another: its memory itself, no copy."""

from __future__ import annotations

from multiprocessing.connection import Connection

from rowpost.intake import handover
from rowpost.intake.stores import ReadyStore
from rowpost.model.assessment import Assessment
from rowpost.sheets import memory

_LONGEST = 256 << 20  # bytes of a head
_LAID = b"laid"


def send(connection: Connection, assessment: Assessment, process_id: int) -> None:
    """Pass it on. TypeError where its rows were not all judged together: such are never sent."""
    ready = assessment.ready
    if not isinstance(ready, ReadyStore):
        raise TypeError("rows that were judged one by one are no whole assessment")
    if ready.handed is not None:
        head, shared = ready.handed
        _announce(connection, head, len(shared))
        memory.pass_on(connection, shared, process_id)
    else:
        head, arrays = handover.give(assessment)
        size = handover.size_of(arrays)
        _announce(connection, head, size)
        handover.lay_out(arrays, memory.offer(connection, size, process_id))
    connection.send_bytes(_LAID)


def _announce(connection: Connection, head: bytes, size: int) -> None:
    connection.send_bytes(head)
    connection.send(size)


def receive(connection: Connection) -> Assessment:
    """Take over what `send` passes on."""
    head = connection.recv_bytes(_LONGEST)
    shared = memory.accept(connection, int(connection.recv()))
    connection.recv_bytes(len(_LAID))  # the arrays lie there now
    return handover.pick_up(head, shared)
