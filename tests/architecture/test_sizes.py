"""Files and functions stay short enough to be read."""

from __future__ import annotations

import ast
from statistics import median

from tests.architecture import rooms

FILE_LINES = 400
FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def function_lengths() -> dict[str, int]:
    """Return the lines of every function; its docstring does not count."""
    return {
        f"{rooms.place(path)}:{node.lineno} {node.name}": length(node)
        for path in rooms.files()
        for node in ast.walk(rooms.tree(path))
        if isinstance(node, Function)
    }


def length(node: Function) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    docstring = node.body[0] if ast.get_docstring(node, clean=False) else None
    return lines if docstring is None else lines - ((docstring.end_lineno or 0) - docstring.lineno + 1)


def test_files_are_short() -> None:
    long = {
        rooms.place(path): lines
        for path in rooms.files()
        if (lines := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    }
    assert not long


def test_functions_are_short() -> None:
    assert not {name: lines for name, lines in function_lengths().items() if lines > FUNCTION_LINES}


def test_the_median_function_is_very_short() -> None:
    assert median(function_lengths().values()) < MEDIAN_FUNCTION_LINES
