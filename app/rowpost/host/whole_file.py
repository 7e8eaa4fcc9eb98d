"""Replaces a file as a whole: a reader, or a machine that loses power, sees the old one or the new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rowpost.model.trouble import Remedy, Trouble

OWNER_ALONE = 0o600
AS_THE_SYSTEM_SAYS = 0o666  # minus the umask


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to; it stands at `path` once the block has ended well, else nothing is left.

    For files that a person has asked for. Trouble (FIX_SETTINGS) where it cannot be written.
    """
    try:
        with _new_file(path, AS_THE_SYSTEM_SAYS) as file:
            yield file
    except OSError as error:
        raise Trouble("host.unwritable_file", Remedy.FIX_SETTINGS, {"file": str(path)}) from error


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by this person alone. OSError where that cannot be done."""
    with _new_file(path, OWNER_ALONE) as file:
        file.write(content)


@contextmanager
def _new_file(path: Path, mode: int) -> Iterator[BinaryIO]:
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows does that alone."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
