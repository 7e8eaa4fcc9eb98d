"""Every sentence of the program as it lies on disk, for tests that compare or judge them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from string import Formatter

from rowpost.wording import LANGUAGES, texts

SUFFIXES = ("cure", "title", "help")  # what a code may have beside its sentence


@cache
def sentences(language: str) -> Mapping[str, texts.Sentence]:
    """The sentences of a language, by code."""
    return {
        code: sentence
        for name in texts.topics(language)
        for code, sentence in texts.topic(language, name).items()
    }


def forms(sentence: texts.Sentence) -> tuple[str, ...]:
    """The sentence as it can be said: one form, or one for each number."""
    return (sentence,) if isinstance(sentence, str) else tuple(sentence.values())


def placeholders(text: str) -> list[tuple[str, str]]:
    """Name and form of every gap in a sentence."""
    return [(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None]


def gaps(sentence: texts.Sentence) -> set[tuple[str, str]]:
    """The gaps of all forms of a sentence."""
    return {gap for form in forms(sentence) for gap in placeholders(form)}


def every_form() -> Iterator[tuple[str, str, str]]:
    """Language, code and text of everything that can be said."""
    for language in LANGUAGES:
        for code, sentence in sentences(language).items():
            for form in forms(sentence):
                yield language, code, form


def listed(found: Iterable[object]) -> str:
    """What a test found, one a line, for its message."""
    return "\n".join(map(str, found))


def stem(code: str) -> str:
    """The code that a title, a cure or a help text belongs to."""
    start, _, end = code.rpartition(".")
    return start if end in SUFFIXES else code
