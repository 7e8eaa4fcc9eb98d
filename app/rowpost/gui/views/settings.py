"""The Settings page as a value."""

from __future__ import annotations

from dataclasses import dataclass

from rowpost.gui.look.tokens import Appearance
from rowpost.gui.words import Words
from rowpost.model.targets import Target

LANGUAGE_NAMES = {"en": "English", "nb": "Norsk (bokmål)", "sv": "Svenska", "da": "Dansk", "fi": "Suomi"}
TEXT_SIZES = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose: language, colours, text size in percent."""

    language: str
    appearance: Appearance
    text_percent: int


def appearance_words(words: Words) -> tuple[tuple[str, str], ...]:
    """Return every appearance with its word."""
    return tuple((one.value, words(f"appearance.{one}")) for one in Appearance)


def target_lines(targets: tuple[Target, ...], words: Words) -> tuple[tuple[str, str, str], ...]:
    """Return every target: its name, how much in earnest it is, where it is."""
    return tuple(
        (
            target.organization_name or target.name,
            words(f"badge.{target.environment}"),
            target.api_url or words(f"target.{target.environment}"),
        )
        for target in targets
    )
