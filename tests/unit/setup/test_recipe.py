"""The recipe of the bundled program against what the program imports."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def imported() -> set[str]:
    """Every module that the program names in an import."""
    names: set[str] = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
    return names


def test_nothing_that_is_imported_is_left_out_of_the_bundle() -> None:
    recipe = ast.parse((ROOT / "packaging" / "rowpost.spec").read_text("utf-8"))
    (left_out,) = (
        ast.literal_eval(node.value)
        for node in ast.walk(recipe)
        if isinstance(node, ast.keyword) and node.arg == "excludes"
    )
    assert left_out
    assert not imported() & set(left_out)
