"""A SQLite VFS that writes down every write, truncation, sync and deletion, and then lets it happen.

It is made with ctypes over the very library that Python's sqlite3 uses, and passes everything on
to the default VFS. While `recording()` is open it is the default for new connections.
"""

from __future__ import annotations

import _sqlite3  # names the library: the one that Python's sqlite3 itself uses
import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p, cast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

HEAD = 16  # bytes before the real file in ours: the pointer to our methods, kept aligned

Kind = Literal["create", "write", "truncate", "sync", "delete", "mark"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that was done to a file; `durable` says that a deletion synced its folder as well."""

    kind: Kind
    file: str = ""
    offset: int = 0
    data: bytes = b""
    durable: bool = False
    mark: object = None


@dataclass(slots=True)
class Recording:
    """All that was done, in order."""

    operations: list[Operation] = field(default_factory=list)

    def mark(self, value: object) -> None:
        """Note that something was promised at this point."""
        self.operations.append(Operation("mark", mark=value))


FILE_METHODS = (
    ("xClose", CFUNCTYPE(c_int, c_void_p)),
    ("xRead", CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)),
    ("xWrite", CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)),
    ("xTruncate", CFUNCTYPE(c_int, c_void_p, c_int64)),
    ("xSync", CFUNCTYPE(c_int, c_void_p, c_int)),
    ("xFileSize", CFUNCTYPE(c_int, c_void_p, c_void_p)),
    ("xLock", CFUNCTYPE(c_int, c_void_p, c_int)),
    ("xUnlock", CFUNCTYPE(c_int, c_void_p, c_int)),
    ("xCheckReservedLock", CFUNCTYPE(c_int, c_void_p, c_void_p)),
    ("xFileControl", CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)),
    ("xSectorSize", CFUNCTYPE(c_int, c_void_p)),
    ("xDeviceCharacteristics", CFUNCTYPE(c_int, c_void_p)),
)
# the path is passed on as the pointer that it is: SQLite keeps it
OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class FileMethods(ctypes.Structure):
    """sqlite3_io_methods, version 1: no shared memory, no memory mapping."""

    _fields_: ClassVar[Any] = [("iVersion", c_int), *FILE_METHODS]


class Vfs(ctypes.Structure):
    """sqlite3_vfs; the methods that are only passed on stay plain pointers."""

    _fields_: ClassVar[Any] = [
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        ("xOpen", OPEN),
        ("xDelete", DELETE),
        ("others", c_void_p * 14),
    ]


class _Shim:
    """Our VFS: the default one's methods, with our own in front of those that change files."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(_sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = POINTER(Vfs)
        self._library.sqlite3_vfs_find.argtypes = [c_char_p]
        self._library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        self._library.sqlite3_vfs_unregister.argtypes = [c_void_p]
        self._real = self._library.sqlite3_vfs_find(None)
        self._names: dict[int, str] = {}
        self._recording = Recording()
        self._vfs = Vfs.from_buffer_copy(self._real.contents)
        self._vfs.zName = b"recording"
        self._vfs.szOsFile += HEAD
        self._vfs.pNext = None
        self._vfs.xOpen = OPEN(self._open)
        self._vfs.xDelete = DELETE(self._delete)
        self._methods = FileMethods(1, *[kind(self._passed_on(name)) for name, kind in FILE_METHODS])
        for name in ("xWrite", "xTruncate", "xSync", "xClose"):
            kind = dict(FILE_METHODS)[name]
            setattr(self._methods, name, kind(getattr(self, f"_{name[1:].lower()}")))

    def start(self, recording: Recording) -> None:
        """Become the default, and record."""
        self._recording = recording
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)

    def stop(self) -> None:
        """Let the real one be the default again."""
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._library.sqlite3_vfs_register(self._real, 1)

    def _note(self, kind: Kind, name: str, **more: Any) -> None:
        if name:
            self._recording.operations.append(Operation(kind, name, **more))

    def _real_methods(self, file: int) -> FileMethods:
        methods: FileMethods = cast(file + HEAD, POINTER(POINTER(FileMethods)))[0][0]
        return methods

    def _passed_on(self, name: str) -> Callable[..., int]:
        def method(file: int, *rest: Any) -> int:
            return int(getattr(self._real_methods(file), name)(file + HEAD, *rest))

        return method

    def _open(self, vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
        name = ctypes.string_at(path).decode() if path else ""  # without one it is a temporary file
        existed = Path(name).exists()
        result = self._real.contents.xOpen(vfs, path, file + HEAD, flags, out)
        opened = bool(cast(file + HEAD, POINTER(c_void_p))[0])
        cast(file, POINTER(c_void_p))[0] = ctypes.addressof(self._methods) if opened else None
        if result == 0 and name:
            self._names[file] = Path(name).name
            if not existed:
                self._note("create", self._names[file])
        return int(result)

    def _delete(self, vfs: int, path: bytes, sync_folder: int) -> int:
        result = self._real.contents.xDelete(vfs, path, sync_folder)
        if result == 0:
            self._note("delete", Path(path.decode()).name, durable=bool(sync_folder))
        return int(result)

    def _write(self, file: int, data: int, size: int, offset: int) -> int:
        self._note("write", self._names.get(file, ""), offset=offset, data=ctypes.string_at(data, size))
        return int(self._real_methods(file).xWrite(file + HEAD, data, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        self._note("truncate", self._names.get(file, ""), offset=size)
        return int(self._real_methods(file).xTruncate(file + HEAD, size))

    def _sync(self, file: int, flags: int) -> int:
        result = int(self._real_methods(file).xSync(file + HEAD, flags))
        self._note("sync", self._names.get(file, ""))
        return result

    def _close(self, file: int) -> int:
        self._names.pop(file, None)
        return int(self._real_methods(file).xClose(file + HEAD))


@contextmanager
def recording() -> Iterator[Recording]:
    """Record all that SQLite does to files, on connections opened meanwhile."""
    made = Recording()
    shim = _Shim()
    shim.start(made)
    try:
        yield made
    finally:
        shim.stop()
