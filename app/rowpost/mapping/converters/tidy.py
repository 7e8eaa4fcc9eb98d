"""Blanks and characters that cannot be seen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_BLANKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u00a0\u2007\u2009\u200a\u202f\u2028\u2029\u3000"), " ")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text in NFC with plain blanks, trimmed, and what was hidden in it ('U+200B U+0007')."""

    text: str
    invisible: str = ""
    broken: bool = False  # it had line breaks or tabs


def tidy(text: str) -> Tidied:
    """Trim, turn every kind of blank into a plain one, find what cannot be seen."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return Tidied(text.strip())
    plain = unicodedata.normalize("NFC", text.translate(_BLANKS))
    hidden = [letter for letter in plain if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}]
    seen = "".join(letter for letter in plain if letter not in hidden) if hidden else plain
    broken = any(letter in text.strip() for letter in "\t\n\r")
    return Tidied(" ".join(seen.split()) if broken else seen.strip(), code_points(hidden), broken)


def code_points(letters: list[str]) -> str:
    """Name letters as Unicode does: U+200B, each once."""
    return " ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in letters))
