"""The wording codes that the program's source names, found in its syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture import rooms

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
PATTERN = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_.{}]*")  # a code with gaps: cli.{}.about
WINDOW = "gui."  # the window's own codes are written without it, see gui/words.py
STOPS = frozenset({"Trouble", "Cause", "refuse"})  # what makes a trouble: these have a cure
SPEAKERS = STOPS | {"Problem", "Flaw", "Question", "fails", "warns", "notes", "say", "aside", "confirm"}


def strings(path: Path) -> Iterator[str]:
    """Every text in a file, without docstrings and the pieces of f-strings."""
    tree = rooms.tree(path)
    unsaid = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            unsaid |= {id(piece) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unsaid:
            yield node.value


def f_strings(path: Path) -> Iterator[str]:
    """Every f-string in a file, `{}` in place of what is filled in."""
    for node in ast.walk(rooms.tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)


@cache
def named() -> dict[str, str]:
    """Every text that looks like a code, and the file that holds it."""
    return {
        text: rooms.place(path) for path in rooms.files() for text in strings(path) if CODE.fullmatch(text)
    }


@cache
def words(room: str = "") -> frozenset[str]:
    """Every text in the source of a room, or of all: what a code may be put together from."""
    return frozenset(
        text for path in rooms.files() if room in ("", rooms.room(path)) for text in strings(path)
    )


@cache
def composed() -> dict[str, str]:
    """Every f-string that looks like a code with gaps (the window's with its prefix), and its file."""
    found = {}
    for path in rooms.files():
        prefix = WINDOW if rooms.room(path) == "gui" else ""
        for text in f_strings(path):
            if "{}" in text and PATTERN.fullmatch(text):
                found[text if text.startswith(prefix) else prefix + text] = rooms.place(path)
    return found


@cache
def handed_to(makers: frozenset[str]) -> dict[str, str]:
    """Every text that is the first argument of a call to one of these, and the file that holds it."""
    return {
        str(node.args[0].value): rooms.place(path)
        for path in rooms.files()
        for node in ast.walk(rooms.tree(path))
        if isinstance(node, ast.Call)
        and _name(node.func) in makers
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""
