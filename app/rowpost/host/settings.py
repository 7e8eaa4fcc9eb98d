"""Reads and writes the settings: defaults, then the person's file, then `--option`, then what IT has set."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rowpost.host.folders import Folders, unwritable
from rowpost.host.settings_rules import Document, defaults, in_type, rule, verify
from rowpost.host.toml_change import changed
from rowpost.host.whole_file import replace_file
from rowpost.model.settings import (
    AppearanceSettings,
    CheckSettings,
    NetworkSettings,
    PrivacySettings,
    ReadingSettings,
    SendingSettings,
    Settings,
)
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble


def load(folders: Folders, overrides: Sequence[str] = ()) -> Settings:
    """Return the settings in force. `overrides` are `SECTION.NAME=VALUE` texts for this call alone.

    Trouble (FIX_SETTINGS) where a file cannot be read, a setting is not known or its value not
    taken, or an override wants what IT has locked.
    """
    person = read(folders.settings_file)
    machine = read(folders.machine_settings_file)
    locked = frozenset(names(machine))
    call = _from_overrides(overrides, locked)
    return _settings(_merged(_merged(_merged(defaults(), person), call), machine), locked)


def default_settings() -> Settings:
    """Return the settings of a machine on which nobody has set anything."""
    return _settings(defaults(), frozenset())


def read(path: Path) -> Document:
    """Return what one file sets, {} if there is no file."""
    try:
        text = path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble("settings.unreadable", Remedy.FIX_SETTINGS, {"source": str(path)}) from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Trouble("settings.not_toml", Remedy.FIX_SETTINGS, {"source": str(path)}) from error
    verify(document, str(path))
    return document


def save(folders: Folders, changes: Mapping[str, Any]) -> None:
    """Change the person's file: `changes` maps `section.name` to a value, None takes the setting out.

    `targets.NAME` with None takes a whole target out. Comments, and what is not named, stay.

    Trouble where a value is not taken, is locked, or the file cannot be written; the file is then as before.
    """
    document = read(folders.settings_file)
    locked = set(names(read(folders.machine_settings_file)))
    paths: dict[tuple[str, ...], Any] = {}
    for name, value in changes.items():
        _refuse_locked(name, locked)
        if not _takes_out_target(name, value):
            rule(name)
        steps = tuple(name.split(".", 2))
        _put(document, steps, value)
        paths[steps] = value
    verify(document, str(folders.settings_file))
    text = folders.settings_file.read_text("utf-8-sig") if folders.settings_file.is_file() else ""
    try:
        folders.config.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(folders.settings_file, changed(text, paths, document).encode())
    except OSError as error:
        raise unwritable(folders.config) from error


def _takes_out_target(name: str, value: object) -> bool:
    return value is None and name.startswith("targets.") and name.count(".") == 1


def names(document: Document, prefix: str = "") -> Iterator[str]:
    """Yield the dotted name of every value in a document."""
    for key, value in document.items():
        if isinstance(value, dict):
            yield from names(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def parse_override(text: str) -> tuple[str, Any]:
    """Split `SECTION.NAME=VALUE` and read the value as the schema wants it."""
    name, equals, value = text.partition("=")
    if not equals or "." not in name:
        raise Trouble("settings.option_form", Remedy.FIX_SETTINGS, {"value": text})
    name = name.strip()
    return name, _read_value(value.strip(), rule(name))


def _read_value(text: str, limits: Mapping[str, Any]) -> Any:
    if limits.get("type") == "string":
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text  # whatever it is: `verify` says what it should have been


def _from_overrides(overrides: Sequence[str], locked: frozenset[str]) -> Document:
    document: Document = {}
    for text in overrides:
        name, value = parse_override(text)
        _refuse_locked(name, locked)
        _put(document, name.split(".", 2), value)
    verify(_without_partial_targets(document), "--option")
    return document


def _without_partial_targets(document: Document) -> Document:
    """An override may name one line of a target whose other lines stand in the file."""
    return {name: section for name, section in document.items() if name != "targets"}


def _refuse_locked(name: str, locked: frozenset[str] | set[str]) -> None:
    if name in locked:
        raise Trouble("settings.locked", Remedy.FIX_SETTINGS, {"name": name})


def _put(document: Document, steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        document = document.setdefault(step, {})
    if value is None:
        document.pop(steps[-1], None)
    else:
        document[steps[-1]] = value


def _merged(below: Document, above: Document) -> Document:
    merged = dict(below)
    for key, value in above.items():
        lower = merged.get(key)
        merged[key] = _merged(lower, value) if isinstance(lower, dict) and isinstance(value, dict) else value
    return merged


def _settings(document: Document, locked: frozenset[str]) -> Settings:
    if document["targets"] != defaults()["targets"]:  # may be merged from several incomplete ones
        verify({"targets": document["targets"]}, "targets")
    values = {name: in_type(name, section) for name, section in document.items() if name != "targets"}
    checks = values["checks"]
    checks["options"] = {field: tuple(words) for field, words in checks["options"].items()}
    return Settings(
        ReadingSettings(**values["reading"]),
        SendingSettings(**values["sending"]),
        CheckSettings(**checks),
        PrivacySettings(**values["privacy"]),
        NetworkSettings(**values["network"]),
        AppearanceSettings(**values["appearance"]),
        {name: _target(name, lines) for name, lines in document["targets"].items()},
        locked,
    )


def _target(name: str, lines: Mapping[str, str]) -> Target:
    texts = {key: lines.get(key, "") for key in ("api_url", "token_url", "organization_id", "client_id")}
    environment = Environment(lines["environment"])
    return Target(name, environment, organization_name=lines.get("organization_name", ""), **texts)
