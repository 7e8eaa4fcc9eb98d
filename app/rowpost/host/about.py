"""What the program is made of, as the installed packages say it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True, slots=True)
class Library:
    """A package that the program ships with."""

    name: str
    version: str
    licence: str


def libraries() -> tuple[Library, ...]:
    """Return the packages that the program depends on by name; those that are not there are left out."""
    return tuple(_libraries())


def _libraries() -> Iterator[Library]:
    for name in _needed():
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield Library(about["Name"], about["Version"], _licence(about))


def _needed() -> list[str]:
    try:
        lines = metadata.requires("rowpost") or []
    except metadata.PackageNotFoundError:  # a folder of sources that was never installed
        return []
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines if "extra ==" not in line}
    return sorted(names, key=str.lower)


def _licence(about: metadata.PackageMetadata) -> str:
    """Return the name of the licence, from the newest to the oldest way of saying it."""
    said = (line for key in ("License-Expression", "License") for line in about.get_all(key) or ())
    named = next(filter(None, said), "")
    classified = (line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or ())
    return named.partition("\n")[0] or next((line for line in classified if "Licen" in line), "")
