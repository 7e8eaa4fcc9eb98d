"""Saved mappings: JSON files in one folder, found again by their name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import count, islice
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


def put(folder: Path, name: str, mapping: ColumnMapping | None) -> None:
    """Keep a mapping exactly as it is; None: forget what is kept under that name."""
    if mapping is not None:
        save(folder, name, mapping)
        return
    try:
        (folder / f"{name}.json").unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(folder) from error


def rename(folder: Path, name: str, new: str) -> None:
    """Keep a mapping under another name. Trouble where that name is taken, or cannot be one."""
    mapping = load(folder, name)
    _refuse_taken(folder, name, new)
    save(folder, new, replace(mapping, name=new))
    old = folder / f"{name}.json"
    if not old.samefile(folder / f"{new}.json"):  # a disk that takes A and a for one keeps one file
        put(folder, name, None)


def _refuse_taken(folder: Path, name: str, new: str) -> None:
    others = {known.casefold() for known in names(folder)} - {name.casefold()}
    if new.casefold() in others:
        raise Trouble("mapping.name_taken", Remedy.FIX_SETTINGS, {"mapping": new})


def take_in(folder: Path, file: Path) -> str:
    """Keep the mapping of a file; return the name it has now, which no other mapping had."""
    mapping = load(folder, str(file))
    wanted = next((name for name in (mapping.name, file.stem) if _NAME.fullmatch(name)), "mapping")
    known = {name.casefold() for name in names(folder)}
    numbered = (f"{wanted[:50]} {number}" for number in count(2))
    name = next(one for one in (wanted, *islice(numbered, len(known) + 1)) if one.casefold() not in known)
    save(folder, name, replace(mapping, name=name))
    return name


def write(mapping: ColumnMapping, file: Path) -> None:
    """Write a mapping to a file of a person's choice. Trouble where that cannot be written."""
    try:
        replace_file(file, _text(mapping).encode())
    except OSError as error:
        raise unwritable(file.parent) from error


def save(folder: Path, name: str, mapping: ColumnMapping) -> None:
    """Keep a mapping under a name. Trouble where the name or the folder cannot be used."""
    if not _NAME.fullmatch(name):
        raise Trouble("mapping.name_form", Remedy.FIX_SETTINGS, {"mapping": name})
    try:
        replace_file(folder / f"{name}.json", _text(mapping).encode())
    except OSError as error:
        raise unwritable(folder) from error


def _text(mapping: ColumnMapping) -> str:
    from rowpost.mapping import to_document

    return json.dumps(to_document(mapping), ensure_ascii=False, indent=2)


def _find(folder: Path, name_or_file: str) -> Path:
    saved = folder / f"{name_or_file}.json"
    if _NAME.fullmatch(name_or_file) and saved.is_file():
        return saved
    path = Path(name_or_file)
    if not path.is_file():
        values = {"mapping": name_or_file, "names": ", ".join(names(folder)) or "-"}
        raise Trouble("mapping.no_file", Remedy.FIX_FILE, values)
    return path
