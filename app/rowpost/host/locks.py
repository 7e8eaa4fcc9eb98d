"""One at a time: a lock that ends with the process, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from rowpost.host.folders import unwritable
from rowpost.model.trouble import Remedy, Trouble


class InstanceLock:
    """Held by the one program that works with a ledger. Use it as a context manager.

    The lock lies in a file of its own beside the ledger, because SQLite locks the ledger itself;
    the file stays, for removing it would let two hold "the" lock.
    """

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(f"{ledger.name}.lock")
        self._handle = -1

    def acquire(self) -> None:
        """Take the lock. Trouble if another program holds it, or the folder cannot be written to."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unwritable(self._path.parent) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise Trouble(
                "host.already_running", Remedy.FIX_SETTINGS, {"folder": str(self._path.parent)}
            ) from error
        self._handle = handle

    def release(self) -> None:
        """Let the next one in; nothing happens if the lock is not held."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        # Not lockf: flock belongs to this handle, so a second session in the same process is refused too.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
