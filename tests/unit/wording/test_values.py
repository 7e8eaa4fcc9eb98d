"""Who names a code gives the values that its sentence has gaps for, as far as the source shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import rooms
from tests.support.codes import STOPS, WINDOW
from tests.support.sentences import gaps, listed, sentences

BY_MAPPING = {"Trouble", "Cause", "Problem", "Flaw", "fails", "warns", "notes", "say", "aside", "confirm"}
BY_NAME = {"refuse", "words", "_words"}
GIVEN_ANYWAY = {"field"}  # the converters and the schema's judge add it


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def names_in(mapping: ast.expr, function: ast.AST) -> set[str] | None:
    """The keys of a mapping written out here or just above; None where they cannot be seen."""
    if isinstance(mapping, ast.Name):
        made = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, (ast.Assign, ast.AnnAssign))
            and isinstance(node.value, ast.Dict)
            and ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target) == mapping.id
        ]
        return names_in(made[0], function) if len(made) == 1 else None
    if not isinstance(mapping, ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in mapping.keys]
    return None if None in keys else {str(key) for key in keys}


def given(node: ast.Call, function: ast.AST) -> set[str] | None:
    """The names of the values that a call gives; None where they cannot be seen."""
    if any(keyword.arg is None for keyword in node.keywords):
        return None
    named = {str(keyword.arg) for keyword in node.keywords}
    if called(node) in BY_NAME:
        return named if len(node.args) == 1 else None
    place = {"say": 1, "aside": 1, "confirm": 1, "fails": 1, "Problem": 3, "Flaw": 3}.get(called(node), 2)
    mapping = next((k.value for k in node.keywords if k.arg == "values"), None)
    if mapping is None and len(node.args) > place:
        mapping = node.args[place]
    if mapping is None:
        return named
    found = names_in(mapping, function)
    return None if found is None else found | named


def calls(path: Path) -> Iterator[tuple[str, ast.Call, ast.AST]]:
    """Code, call and function of everything in a file that names a code outright."""
    for function in ast.walk(rooms.tree(path)):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and called(node) in BY_MAPPING | BY_NAME and node.args):
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value, node, function


def unfilled() -> Iterator[str]:
    known = sentences("en")
    for path in rooms.files():
        for code, node, function in calls(path):
            full = WINDOW + code if called(node) in BY_NAME and WINDOW + code in known else code
            names = given(node, function)
            if full not in known or names is None:
                continue
            told = (full, f"{full}.cure") if called(node) in STOPS else (full,)
            wanted = {name for one in told for name, _ in gaps(known.get(one, ""))}
            for name in sorted(wanted - names - GIVEN_ANYWAY):
                yield f"{rooms.place(path)}:{node.lineno} {full} lacks {{{name}}}, gives {sorted(names)}"


def test_every_gap_is_filled_where_the_code_is_named() -> None:
    found = sorted(set(unfilled()))
    assert not found, listed(found)


def test_calls_are_seen() -> None:
    seen = {code for path in rooms.files() for code, node, function in calls(path) if given(node, function)}
    assert {"cli.constant_form", "target.unknown", "host.unwritable_folder"} <= seen
