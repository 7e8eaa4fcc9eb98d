"""Saved mappings: JSON files in one folder, found again by their name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.host import resources
from rowpost.host.folders import unwritable
from rowpost.host.whole_file import replace_file
from rowpost.model.problems import Problem, Severity
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from rowpost.mapping import Mapping as ColumnMapping

_NAME = re.compile(r"[\w][\w .-]{0,59}")


def names(folder: Path) -> tuple[str, ...]:
    """Return the names of the saved mappings."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def load(folder: Path, name_or_file: str) -> ColumnMapping:
    """Return the mapping saved under that name, else the one in that file. Trouble where neither is there."""
    from rowpost.mapping import from_document

    path = _find(folder, name_or_file)
    try:
        document = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        raise Trouble("mapping.not_json", Remedy.FIX_FILE, {"file": str(path)}) from None
    return from_document(document, resources.schema("mapping"))


def load_all(folder: Path) -> tuple[list[ColumnMapping], list[Problem]]:
    """Return all saved mappings, and a word about each file that cannot be read."""
    found: list[ColumnMapping] = []
    unreadable: list[Problem] = []
    for name in names(folder):
        try:
            found.append(load(folder, name))
        except Trouble:
            values = {"mapping": name}
            unreadable.append(Problem("mapping.saved_unreadable", Severity.WARNING, values=values))
    return found, unreadable


def save(folder: Path, name: str, mapping: ColumnMapping) -> None:
    """Keep a mapping under a name. Trouble where the name or the folder cannot be used."""
    from rowpost.mapping import to_document

    if not _NAME.fullmatch(name):
        raise Trouble("mapping.name_form", Remedy.FIX_SETTINGS, {"mapping": name})
    text = json.dumps(to_document(mapping), ensure_ascii=False, indent=2)
    try:
        replace_file(folder / f"{name}.json", text.encode())
    except OSError as error:
        raise unwritable(folder) from error


def _find(folder: Path, name_or_file: str) -> Path:
    saved = folder / f"{name_or_file}.json"
    if _NAME.fullmatch(name_or_file) and saved.is_file():
        return saved
    path = Path(name_or_file)
    if not path.is_file():
        values = {"mapping": name_or_file, "names": ", ".join(names(folder)) or "-"}
        raise Trouble("mapping.no_file", Remedy.FIX_FILE, values)
    return path
