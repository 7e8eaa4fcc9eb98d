"""Reads the source of every room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "app" / "rowpost"


def files() -> list[Path]:
    """Return every Python file of the program."""
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """Name the room that a file stands in: `sheets`, or `wiring` for a file of its own."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@lru_cache(maxsize=1024)
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of every module a file imports, wherever in the file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(path: Path) -> str:
    """Name a file for a message."""
    return path.relative_to(ROOT).as_posix()
