"""Memory that two processes share and that leaves no trace: nothing on disk, no name that stays.

On Linux it is an anonymous file (memfd) whose descriptor travels over the connection; elsewhere
named shared memory whose name is removed as soon as both sides hold it.
"""

from __future__ import annotations

import _thread
import mmap
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import reduction
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory

_PIECE = 8 << 20  # bytes that are copied at once
_LARGE = 16 << 20  # bytes that are not given back in passing


class _Segment(SharedMemory):
    """Shared memory whose mapping lives exactly as long as the views on it."""

    def close(self) -> None:
        try:
            super().close()
        except BufferError:  # views are still out; the mapping goes with the last of them
            descriptor = getattr(self, "_fd", -1)
            if descriptor >= 0:
                os.close(descriptor)
                self._fd = -1


class _Mapped(mmap.mmap):
    """An anonymous file in memory that can be passed on as long as somebody looks at it."""

    descriptor = -1

    @classmethod
    def of(cls, descriptor: int, size: int) -> _Mapped:
        """Map the file, which is the mapping's own from now on."""
        mapped = cls(descriptor, size)
        mapped.descriptor = descriptor
        return mapped

    def __del__(
        self,
        close: Callable[[int], None] = os.close,
        start: Callable[..., int] = _thread.start_new_thread,
        large: int = _LARGE,
    ) -> None:
        # at the very end of the program there are no modules any more, hence the defaults
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor < 0:
            return
        close(descriptor)
        if len(self) > large:
            with suppress(RuntimeError):  # no new thread at the very end: it goes with the process
                start(self._give_back, ())

    def _give_back(self) -> None:
        """Let the system take much memory back while all other threads go on: 0.15 s for half a gigabyte.

        Closing, unlike being deleted, holds up nobody; the last who looked may have been the window's thread.
        """
        with suppress(BufferError):  # somebody looks again; then it goes with the last of them
            self.close()


def offer(connection: Connection, size: int, process_id: int) -> memoryview:
    """Make `size` bytes, pass them to the process at the other end, and return a view on them."""
    if sys.platform == "linux":
        descriptor = os.memfd_create("rowpost", os.MFD_CLOEXEC)
        os.ftruncate(descriptor, size)
        view = memoryview(_Mapped.of(descriptor, size))
        reduction.send_handle(connection, descriptor, process_id)
        return view
    segment = _Segment(create=True, size=size)
    connection.send_bytes(segment.name.encode())
    connection.recv_bytes(16)  # the other side holds it too
    segment.unlink()
    return segment.buf[:size]


def accept(connection: Connection, size: int) -> memoryview:
    """Return a view on the memory that the other end offers."""
    if sys.platform == "linux":
        return memoryview(_Mapped.of(reduction.recv_handle(connection), size))
    segment = _Segment(name=connection.recv_bytes(256).decode())
    connection.send_bytes(b"held")
    return segment.buf[:size]


def pass_on(connection: Connection, view: memoryview, process_id: int) -> None:
    """Pass all of the memory behind `view` to one more process; a copy where that cannot be."""
    owner = view.obj
    if isinstance(owner, _Mapped):
        reduction.send_handle(connection, owner.descriptor, process_id)
    else:
        copied = offer(connection, len(view), process_id)
        for start in range(0, len(view), _PIECE):  # between two pieces other threads have their turn
            copied[start : start + _PIECE] = view[start : start + _PIECE]
