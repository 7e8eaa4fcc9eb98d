"""A job on its way to another process: in pieces, so that no other thread waits for long."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from rowpost.intake.job import Job

_LONGEST = 256 << 20  # bytes of one message
_PIECE = 2000  # entries written at a time
_NUMBER = 4  # bytes of a count


def send(connection: Connection, job: Job) -> None:
    """Pass a job on. What a value of it gives as buffers (PEP 574) is sent as it is, without a copy."""
    buffers: list[pickle.PickleBuffer] = []
    again = job.rules.again
    bare = replace(again, stays={}) if again else None
    small = replace(job, edits={}, rules=replace(job.rules, rejected={}, again=bare))
    head = pickle.dumps(small, pickle.HIGHEST_PROTOCOL, buffer_callback=buffers.append)
    connection.send_bytes(len(buffers).to_bytes(_NUMBER, "little"))
    for buffer in buffers:
        connection.send_bytes(buffer.raw())
    connection.send_bytes(head)
    for many in (job.edits, job.rules.rejected, again.stays if again else {}):
        for piece in _pieces(many):
            connection.send_bytes(piece)


def receive(connection: Connection) -> Job:
    """Take over what `send` passes on."""
    count = int.from_bytes(connection.recv_bytes(_NUMBER), "little")
    buffers = [connection.recv_bytes(_LONGEST) for _ in range(count)]
    job: Job = pickle.loads(connection.recv_bytes(_LONGEST), buffers=buffers)  # noqa: S301 - our own process
    edits, rejected, stays = (_put_together(connection) for _ in range(3))
    again = replace(job.rules.again, stays=stays) if job.rules.again else None
    return replace(job, edits=edits, rules=replace(job.rules, rejected=rejected, again=again))


def _pieces(many: Mapping[Any, Any]) -> Iterator[bytes]:
    """Many entries in messages of a bearable size; an empty one is the last."""
    items = iter(many.items())
    while piece := list(islice(items, _PIECE)):
        yield pickle.dumps(piece, pickle.HIGHEST_PROTOCOL)
    yield pickle.dumps([])


def _put_together(connection: Connection) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    while piece := pickle.loads(connection.recv_bytes(_LONGEST)):  # noqa: S301 - our own process
        found.update(piece)
    return found
