"""Pure rooms take values and give values: no clock, disk, network, threads or logging."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import rooms

PURE = {"model", "catalog", "mapping", "checks", "shown", "identifiers"}
PURE_FILES = {"app/rowpost/sending/decide.py"}
FORBIDDEN_MODULES = {
    *("asyncio", "concurrent", "http", "io", "logging", "mmap", "multiprocessing", "os", "pathlib", "random"),
    *("secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile"),
    *("threading", "time", "urllib"),
}
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval"}
CLOCKS = {"now", "utcnow", "today"}


def pure_files() -> list[Path]:
    return [path for path in rooms.files() if rooms.room(path) in PURE or rooms.place(path) in PURE_FILES]


def impurities(path: Path) -> Iterator[str]:
    for name in rooms.imports(path):
        if name.partition(".")[0] in FORBIDDEN_MODULES:
            yield f"{rooms.place(path)} imports {name}"
    for node in ast.walk(rooms.tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in FORBIDDEN_CALLS:
                yield f"{rooms.place(path)}:{node.lineno} calls {called.id}"
            if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                yield f"{rooms.place(path)}:{node.lineno} reads the clock"


def test_pure_rooms_are_pure() -> None:
    assert pure_files()
    assert not [impurity for path in pure_files() for impurity in impurities(path)]


def test_every_pure_file_is_there() -> None:
    assert {rooms.room(path) for path in pure_files()} >= PURE
    assert {rooms.place(path) for path in rooms.files()} >= PURE_FILES


def test_an_impurity_is_seen() -> None:
    clock = rooms.PACKAGE / "host" / "clock.py"
    assert {found.rpartition(" ")[2] for found in impurities(clock)} == {"time", "clock"}
