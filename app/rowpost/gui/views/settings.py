"""The Settings page as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from typing import Any

from rowpost.gui.look.tokens import Appearance
from rowpost.gui.words import Words
from rowpost.host.settings_rules import rule
from rowpost.model.settings import Settings
from rowpost.model.trouble import Trouble

LANGUAGE_NAMES = {"en": "English", "nb": "Norsk (bokmål)", "sv": "Svenska", "da": "Dansk", "fi": "Suomi"}
TEXT_SIZES = (100, 125, 150, 175, 200)
COUNTRIES = ("NO", "SE", "DK", "FI")
CURRENCIES = ("NOK", "SEK", "DKK", "EUR")
CARDS: Mapping[str, tuple[str, ...]] = {
    "looks": ("appearance.language", "appearance.color_scheme", "appearance.text_percent"),
    "reading": ("reading.country", "reading.currency", "reading.date_order", "reading.hidden_rows"),
    "sending": ("sending.part_size", "sending.canary", "sending.canary_rows", "sending.type_count_above"),
    "network": ("network.proxy", "network.ca_file"),
    "privacy": ("privacy.forget_after_days", "privacy.remember_recent_files"),
}
_SWITCH = {"": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose: language, colours, text size in percent."""

    language: str
    appearance: Appearance
    text_percent: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The settings in force, and what a person should know beside them.

    `wrong` holds what was not taken by the name of its setting; `secrets` says by target where its
    secret is kept; `practice` is where the practice server listens ('': nowhere).
    """

    settings: Settings
    wrong: Mapping[str, Trouble] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    practice: str = ""
    scenario: str = ""


class Kind(StrEnum):
    """How a setting is edited."""

    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting; `wrong` is the sentence about what was not taken, `locked` that IT has set it."""

    name: str
    label: str
    help: str
    kind: Kind
    value: str
    options: tuple[tuple[str, str], ...] = ()
    locked: bool = False
    wrong: str = ""


def setting_views(card: str, decided: Decided, words: Words) -> tuple[SettingView, ...]:
    """Return the settings of one card."""
    return tuple(_view(name, decided, words) for name in CARDS[card])


def _view(name: str, decided: Decided, words: Words) -> SettingView:
    value = written(reduce(getattr, name.split("."), decided.settings))
    options = _options(name, value, words)
    return SettingView(
        name,
        _label(name, words),
        words(f"settings.help.{_slug(name)}"),
        Kind.CHOICE if options else Kind.TEXT,
        value,
        options,
        name in decided.settings.locked,
        _wrong(name, decided.wrong.get(name), words),
    )


def _label(name: str, words: Words) -> str:
    labels = rule(name)["x-labels"]
    return str(labels.get(words.language, labels["en"]))


def written(value: object) -> str:
    """Write a value as its editor shows it."""
    if value is None or isinstance(value, bool):
        return next(text for text, meant in _SWITCH.items() if meant is value)
    return str(value)


def meant(name: str, text: str) -> Any:
    """Return the value that an editor's text stands for; None means: the default again."""
    limits, text = rule(name), text.strip()
    if "boolean" in limits["type"]:
        return _SWITCH[text]
    if limits["type"] == "integer":
        digits = "".join(text.split())
        return (int(digits) if digits.isascii() and digits.isdigit() else text) if digits else None
    return text


def _options(name: str, value: str, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen; a value that IT or a file has set is among it, whatever it is."""
    if name not in _CHOICES:
        return ()
    options = tuple(_CHOICES[name](words))
    known = {option for option, _ in options}
    return (*options, *(((value, value),) if value not in known else ()))


_CHOICES: Mapping[str, Callable[[Words], Iterable[tuple[str, str]]]] = {
    "appearance.language": lambda words: (("", words("settings.language.system")), *LANGUAGE_NAMES.items()),
    "appearance.color_scheme": lambda words: ((one.value, words(f"appearance.{one}")) for one in Appearance),
    "appearance.text_percent": lambda _: ((str(size), f"{size} %") for size in TEXT_SIZES),
    "reading.country": lambda words: ((code, words(f"country.{code}")) for code in COUNTRIES),
    "reading.currency": lambda words: (("", words("settings.ask")), *((one, one) for one in CURRENCIES)),
    "reading.date_order": lambda words: (
        (one, words(f"settings.date_order.{one or 'auto'}")) for one in ("", "day_month", "month_day")
    ),
    "reading.hidden_rows": lambda words: (
        (one, words(f"settings.hidden_rows.{one or 'auto'}")) for one in ("", "include", "leave_out")
    ),
    "sending.canary": lambda words: ((one, words(f"settings.canary.{one or 'auto'}")) for one in _SWITCH),
    "privacy.remember_recent_files": lambda words: (
        ("true", words("settings.yes")),
        ("false", words("settings.no")),
    ),
}


def _slug(name: str) -> str:
    return name.replace(".", "_")


def _wrong(name: str, trouble: Trouble | None, words: Words) -> str:
    if trouble is None:
        return ""
    return words.wording.say(trouble.code, {**trouble.values, "name": _label(name, words)})
