"""Writes a file as a whole or not at all, and says in a person's words why it could not."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rowpost.model.trouble import Remedy, Trouble

_CODES = {
    errno.ENOSPC: "reports.disk_full",
    errno.EDQUOT: "reports.disk_full",
    errno.EFBIG: "reports.disk_full",
    errno.ENOENT: "reports.no_folder",
    errno.ENOTDIR: "reports.no_folder",
    errno.EISDIR: "reports.is_a_folder",
    errno.EACCES: "reports.not_writable",
    errno.EPERM: "reports.not_writable",
    errno.EROFS: "reports.not_writable",
}


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the place of `path` when the block ends well.

    Whatever happens inside, `path` holds either what it held before or the whole new file.
    Trouble(FIX_SETTINGS) `reports.disk_full`, `.no_folder`, `.is_a_folder`, `.not_writable`,
    `.file_open` (another program holds the file) or `.not_written`.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        yield new
        _to_disk(new)
        _take_place(new, path)
    except OSError as error:
        code = _CODES.get(error.errno or 0, "reports.not_written")
        raise Trouble(code, Remedy.FIX_SETTINGS, {"file": str(path), "folder": str(path.parent)}) from error
    finally:
        with suppress(OSError):  # usually it is no longer there
            new.unlink()


def try_place(path: Path) -> None:
    """See whether a file can be saved as `path`, and leave nothing behind; the Trouble of `whole_file`."""
    with suppress(_Tried), whole_file(path) as new:
        new.touch()
        raise _Tried


class _Tried(Exception):  # noqa: N818 - no error: it keeps the trial from taking the file's place
    pass


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` as a whole; the same Trouble as `whole_file`."""
    with whole_file(path) as new:
        new.write_bytes(content)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _take_place(new: Path, path: Path) -> None:
    try:
        new.replace(path)
    except PermissionError as error:  # Windows: the old file is open in another program
        raise Trouble("reports.file_open", Remedy.FIX_SETTINGS, {"file": str(path)}) from error
