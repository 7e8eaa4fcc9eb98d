"""Refusing a file: one sentence and one cure, by code."""

from __future__ import annotations

from rowpost.model.problems import Value
from rowpost.model.trouble import Remedy, Trouble


def refuse(code: str, **values: Value) -> Trouble:
    """Make the Trouble that says what is wrong with the file; the caller raises it."""
    return Trouble(code, Remedy.FIX_FILE, values)
