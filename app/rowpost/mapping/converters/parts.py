"""Columns that hold two things: which part of the text belongs to this field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from rowpost.identifiers import Bearer, bearer, looks_like
from rowpost.mapping.converters.base import Converter
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.document import Part
from rowpost.mapping.results import Converted

_ZIP_AND_CITY = re.compile(r"(?:[A-Za-z]{1,2}[- ])?([0-9]{3} [0-9]{2}|[0-9]{4,5})[ ,]+(\S.*)")
_ZIP_ALONE = re.compile(r"(?:[A-Za-z]{1,2}-)?([0-9]{3} ?[0-9]{2}|[0-9]{3,5})")


# Each takes a tidied text; '' where only the other part stands there, None where it is neither.


def _zip(text: str) -> str | None:
    found = _ZIP_AND_CITY.fullmatch(text) or _ZIP_ALONE.fullmatch(text)
    return found[1] if found else ""


def _city(text: str) -> str | None:
    found = _ZIP_AND_CITY.fullmatch(text)
    if found:
        return found[2]
    return "" if _ZIP_ALONE.fullmatch(text) else text


def _organization(text: str) -> str | None:
    match _bearer(text):
        case Bearer.ORGANIZATION:
            return text
        case Bearer.PERSON:
            return ""
    return None


def _person(text: str) -> str | None:
    return text if _bearer(text) is Bearer.PERSON else ""


def _bearer(text: str) -> Bearer | None:
    """Whose number it is; of one that does not add up, whose it was meant to be."""
    return bearer(text) or looks_like(text)


def _first_name(text: str) -> str | None:
    if "," in text:
        return text.partition(",")[2].strip()
    return text.rpartition(" ")[0].strip()


def _last_name(text: str) -> str | None:
    if "," in text:
        return text.partition(",")[0].strip()
    return text.rpartition(" ")[2]


_SPLITTERS: Mapping[Part, Callable[[str], str | None]] = MappingProxyType(
    {
        Part.ZIP_CODE: _zip,
        Part.CITY: _city,
        Part.ORGANIZATION: _organization,
        Part.PERSON: _person,
        Part.FIRST_NAME: _first_name,
        Part.LAST_NAME: _last_name,
    }
)


def with_part(converter: Converter, part: Part) -> Converter:
    """Let a converter see only its part of each cell."""
    split = _SPLITTERS[part]

    def from_text(text: str) -> Converted:
        piece = split(tidy(text).text)
        if piece is None:
            return converter.target.fails("part.not_told_apart", {"value": text})
        return converter.text(piece) if piece else None

    def from_number(stored: str, number_format: str) -> Converted:
        found = converter.number(stored, number_format)
        return from_text(found) if isinstance(found, str) else found

    return replace(converter, text=from_text, number=from_number)


def without_prefix(converter: Converter, prefix: str) -> Converter:
    """Take a fixed beginning off every text ('INV-')."""
    return replace(converter, text=lambda text: converter.text(text.strip().removeprefix(prefix)))
