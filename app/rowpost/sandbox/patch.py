"""JSON Patch (RFC 6902) without `test`: how a scenario changes a real answer."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any


def patched(document: Any, changes: Iterable[Mapping[str, Any]]) -> Any:
    """Return a changed copy of the document, or an unchanged one if any change does not fit it."""
    changed = {"": copy.deepcopy(document)}
    try:
        for change in changes:
            _apply(changed, change)
    except (LookupError, ValueError, TypeError):
        return document
    return changed[""]


def _apply(root: dict[str, Any], change: Mapping[str, Any]) -> None:
    path = _steps(change["path"])
    match change["op"]:
        case "remove":
            _take(root, path)
        case "move":
            _put(root, path, _take(root, _steps(change["from"])))
        case "copy":
            _put(root, path, copy.deepcopy(_look(root, _steps(change["from"]))))
        case "replace":
            _take(root, path)
            _put(root, path, change["value"])
        case _:
            _put(root, path, change["value"])


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")]


def _look(root: Any, steps: list[str]) -> Any:
    for step in steps:
        root = root[int(step)] if isinstance(root, list) else root[step]
    return root


def _take(root: Any, steps: list[str]) -> Any:
    parent = _look(root, steps[:-1])
    return parent.pop(int(steps[-1]) if isinstance(parent, list) else steps[-1])


def _put(root: Any, steps: list[str], value: Any) -> None:
    parent = _look(root, steps[:-1])
    if not isinstance(parent, list):
        parent[steps[-1]] = value
    elif steps[-1] == "-":
        parent.append(value)
    else:
        parent.insert(int(steps[-1]), value)
