"""The child process: opens the file, reads it, finds the table, hands all of it over as bytes.

It holds no secrets, has limits on memory, and may die without taking anything along.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from multiprocessing.connection import Connection

from rowpost.host.priority import stand_back
from rowpost.model.trouble import Trouble
from rowpost.sheets import handover, memory, talk
from rowpost.sheets.read import read_file
from rowpost.sheets.refusals import refuse
from rowpost.sheets.request import Request

_TELL_EVERY = 0.05  # seconds


class _Teller:
    """Passes progress on, but not more often than a person can see."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _TELL_EVERY
            self._connection.send_bytes(talk.encode(talk.Told(stage, done, total)))


def main(connection: Connection, request: Request) -> None:
    """Run in the child: answer one request and end."""
    stand_back()
    _be_silent()
    limit_memory(request.limits.memory)
    gc.disable()  # nothing here makes cycles in numbers; a collection costs more than the work
    try:
        _answer(connection, request)
    except Trouble as trouble:
        _refuse(connection, trouble)
    except MemoryError:
        _refuse(connection, refuse("sheets.too_large"))
    except (BrokenPipeError, ConnectionResetError):
        sys.exit(1)  # nobody is waiting any more


def _answer(connection: Connection, request: Request) -> None:
    opened = read_file(request, _Teller(connection))
    head = handover.head_of(opened)
    size = handover.size_of(head)
    connection.send_bytes(talk.encode(talk.Ready(size)))
    shared = memory.accept(connection, size)
    handover.lay_out(opened.table, shared)
    connection.send_bytes(handover.encode(head))


def _refuse(connection: Connection, trouble: Trouble) -> None:
    values = {
        name: value if isinstance(value, int) else str(value)[:1000] for name, value in trouble.values.items()
    }
    connection.send_bytes(talk.encode(talk.Refused(trouble.code, trouble.remedy, values)))


def _be_silent() -> None:
    """Say nothing on stderr: what a library prints when it breaks may quote the file."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def limit_memory(size: int) -> None:
    """Let this process have at most `size` bytes of address space, where the system can say so."""
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
