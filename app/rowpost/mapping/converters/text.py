"""Names, streets, descriptions: what a person reads."""

from __future__ import annotations

from unicodedata import is_normalized

from rowpost.mapping.converters.base import Converter, shown, truth
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.results import Converted, Target
from rowpost.model.cells import Kind


def text_converter(target: Target, epoch_1904: bool) -> Converter:
    """Text as it stands, trimmed; numbers and dates as Excel shows them."""

    def from_text(text: str) -> Converted:
        if text.isprintable() and is_normalized("NFC", text):
            return text.strip() or None
        found = tidy(text)
        if found.invisible and found.text:
            return target.warns(found.text, "text.invisible", {"value": found.text, "signs": found.invisible})
        if found.broken and found.text:
            return target.notes(found.text, "text.line_break", {"value": found.text})
        return found.text or None

    def from_number(stored: str, number_format: str) -> Converted:
        return from_text(shown(Kind.NUMBER, stored, number_format, epoch_1904))

    def from_date(stored: str, number_format: str) -> Converted:
        return from_text(shown(Kind.DATE, stored, number_format, epoch_1904))

    def from_boolean(stored: str) -> Converted:
        return truth(stored)

    return Converter(target, from_text, from_number, from_date, from_boolean)
