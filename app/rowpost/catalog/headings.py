"""Headings of columns: folded for comparison, and looked up in five languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rowpost.catalog.fields import Catalog, Field

_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "ae", "ü": "u", "é": "e"})


@lru_cache(maxsize=8192)
def fold(heading: str) -> str:
    """Return what is left of a heading when spelling does not count: 'Fakt.nr ' -> 'faktnr'.

    NFKC, casefold, Nordic letters as plain ones, and nothing but letters and digits.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", heading).casefold())
    return "".join(letter for letter in plain.translate(_LETTERS) if letter.isalnum())


@dataclass(frozen=True, slots=True)
class KnownHeading:
    """A heading that names a field: in which languages, and in which spellings.

    `is_label`: it is what the program itself calls the field; `is_vague`: it may name something
    else as well, and gives way to any other name.
    """

    key: str
    languages: tuple[str, ...]
    spellings: tuple[str, ...]
    is_label: bool = False
    is_vague: bool = False


def known_headings(catalog: Catalog) -> Mapping[str, KnownHeading]:
    """Return every folded heading that names one field: its labels and its aliases."""
    known: dict[str, KnownHeading] = {}
    for field in catalog.fields:
        labels, vague = (frozenset(map(fold, names)) for names in (field.labels.values(), field.vague))
        for language, spelling in _spoken(field):
            folded = fold(spelling)
            before = known.get(folded, KnownHeading(field.key, (), ()))
            known[folded] = KnownHeading(
                before.key,
                tuple(dict.fromkeys((*before.languages, language))),
                tuple(dict.fromkeys((*before.spellings, spelling))),
                folded in labels,
                folded in vague,
            )
    return known


def _spoken(field: Field) -> list[tuple[str, str]]:
    words = [(language, alias) for language, aliases in field.spoken.items() for alias in aliases]
    return [*field.labels.items(), *words]
