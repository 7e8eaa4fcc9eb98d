"""Finds the guide for users, alike in a checkout, an editable install, a wheel and a frozen bundle.

In a checkout it is `app/guide`, with its pictures beside it in `app/pictures`; a wheel and a frozen bundle
carry both in `rowpost/_data`.
"""

from __future__ import annotations

from pathlib import Path

from rowpost.host.resources import PACKAGE

FALLBACK = "en"


def find_guide(package: Path) -> Path:
    """Return the folder that holds one folder a language, for a package in `package`."""
    packaged = package / "_data" / "guide"
    return packaged if packaged.is_dir() else package.parent / "guide"


def chapters(language: str, package: Path = PACKAGE) -> tuple[Path, ...]:
    """Return the chapters in their order: Markdown in UTF-8, the first line is the title.

    In English where the language has none; empty if the installation carries no guide.
    """
    guide = find_guide(package)
    return tuple(sorted((guide / language).glob("*.md")) or sorted((guide / FALLBACK).glob("*.md")))


def chapter_key(path: Path) -> str:
    """Return the name of a chapter, the same in every language: `1-first-run.md` is `first-run`."""
    return path.stem.partition("-")[2]
