"""The sentences as they lie on disk: one folder a language, one flat TOML file a topic."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
Sentence = str | Mapping[str, str]  # plain, or by plural form: one, other


@lru_cache(maxsize=128)
def topic(language: str, name: str) -> Mapping[str, Sentence]:
    """Return the sentences of one topic, by code."""
    return tomllib.loads((FOLDER / language / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def topics(language: str) -> tuple[str, ...]:
    """Return the names of the topics that a language has."""
    return tuple(sorted(path.stem for path in (FOLDER / language).glob("*.toml")))


@lru_cache(maxsize=8192)
def find(language: str, code: str) -> Sentence | None:
    """Return the sentence of `code` in that language, None where it has none."""
    likely = code.partition(".")[0]
    # the topic that the code names first: `--help` then reads one file of many
    for name in sorted(topics(language), key=lambda name: name != likely):
        sentence = topic(language, name).get(code)
        if sentence is not None:
            return sentence
    return None
