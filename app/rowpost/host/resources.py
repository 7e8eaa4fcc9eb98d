"""Finds `schemas/` and `templates/`, alike in a checkout, an editable install, a wheel and a frozen bundle.

A wheel and a frozen bundle carry them in `rowpost/_data`; in a checkout, also when it is installed
as editable, they stand at the top beside `app`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent


def find_root(package: Path) -> Path:
    """Return the folder that holds `schemas` and `templates`, for a package in `package`."""
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parent.parent


def folder(name: str) -> Path:
    """Return the folder `schemas` or `templates`. FileNotFoundError if the installation lacks it."""
    found = find_root(PACKAGE) / name
    if not found.is_dir():
        raise FileNotFoundError(name)
    return found


def template(name: str) -> Path:
    """Return the path of a file in `templates/`."""
    return folder("templates") / name


@lru_cache
def schema(name: str) -> dict[str, Any]:
    """Return the document `schemas/<name>.schema.json`; it is shared, do not change it."""
    text = (folder("schemas") / f"{name}.schema.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def schemas() -> dict[str, dict[str, Any]]:
    """Return all schema documents by name (`settings`, `mapping`, ...)."""
    ending = ".schema.json"
    names = sorted(path.name.removesuffix(ending) for path in folder("schemas").glob(f"*{ending}"))
    return {name: schema(name) for name in names}
