"""What Help shows: the fields, the keys, and what support needs to know."""

from __future__ import annotations

import platform
import sys

from rowpost import __version__
from rowpost.catalog import Field
from rowpost.gui.state import State
from rowpost.gui.words import Words

KEYS = (
    ("Ctrl+O", "open"),
    ("Ctrl+1 … Ctrl+5", "steps"),
    ("Alt+←", "back"),
    ("Ctrl+↵", "next"),
    ("F6", "areas"),
    ("F8, Shift+F8", "problems"),
    ("F2", "edit"),
    ("Del", "empty"),
    ("Ctrl+C, Ctrl+V", "copy"),
    ("Ctrl+D", "fill"),
    ("Ctrl+F", "search"),
    ("Ctrl+Z, Ctrl+Y", "undo"),
    ("F1", "help"),
)


def key_lines(words: Words) -> tuple[tuple[str, str], ...]:
    """Return every key with what it does."""
    return tuple((keys, words(f"key.{name}")) for keys, name in KEYS)


def field_lines(words: Words) -> tuple[tuple[str, str, str], ...]:
    """Return every field: its name, what it is, an example."""
    return tuple((_name(field, words), _help(field, words), field.example) for field in words.catalog.fields)


def _name(field: Field, words: Words) -> str:
    label = words.label(field)
    return f"{label} ({words('map.required')})" if field.required else label


def _help(field: Field, words: Words) -> str:
    return field.help.get(words.language) or field.help.get("en", "")


def support_text(state: State) -> str:
    """Return what support needs to know; no person and no content is in it."""
    lines = [
        f"Rowpost {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}",
        f"step {state.step}, target {state.target.environment}",
    ]
    if state.result is not None:
        lines.append(f"run {state.result.summary.run}, {state.result.summary.status}")
    if state.trouble is not None:
        lines.append(f"trouble {state.trouble.code}")
    if state.assessment is not None:
        lines.append(f"{len(state.assessment.ready)} ready, {len(state.assessment.staying)} staying")
    lines.append(f"modules {len(sys.modules)}")
    return "\n".join(lines)
