"""From a code and its values to a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from string import Formatter

from rowpost.catalog.fields import Catalog
from rowpost.model.problems import NO_VALUES, Value, Values
from rowpost.wording import forms, texts

LANGUAGES = ("en", "nb", "sv", "da", "fi")
DEFAULT_LANGUAGE = "en"
_LONGEST_QUOTE = 120  # characters of a cell that a sentence quotes
_ANY_PLACE = re.compile(r"\[[0-9]+]")  # the second debtor's name is called as the first's
# What would break a line, command a terminal or turn the reading direction is shown, not obeyed.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_TRANSLATED = frozenset({"field", "fields", "options", "suggestion", "country", "other_country"})
_BETWEEN = ", "
_ISO_CODE = 3  # letters: codes of currencies and countries are what people write themselves
_FIRST_PICTURE = 0x2400  # Unicode's pictures of the control characters, in their order


class Wording(Formatter):
    """The sentences of one language.

    A sentence may hold `{name}` (written in the language's own form: Decimal as an amount, int
    grouped by thousands, date; long texts are cut), `{name:plain}` (as it is, cut), `{name:whole}`
    (our own lists, paths and sentences: never cut) or `{name:spoken}` (a date, the month by name).
    A value named `field` is a catalog key or path and is written as the field's label, one named
    `fields` as theirs; countries and the options of a list by their names. A sentence with two
    forms is chosen by `count`.
    """

    def __init__(self, language: str, catalog: Catalog | None = None) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._labels = _labels(catalog, self.language) if catalog else {}
        self._options = _options(catalog, self.language) if catalog else {}

    def say(self, code: str, values: Values = NO_VALUES, /, **more: Value) -> str:
        """Return the sentence of `code`; the code itself where no language has one."""
        named = {**values, **more}
        sentence = self._find(code)
        if sentence is None:
            return code
        if isinstance(sentence, Mapping):
            count = named.get("count")
            sentence = sentence["one" if isinstance(count, int) and count == 1 else "other"]
        return self.vformat(sentence, (), named)

    def knows(self, code: str) -> bool:
        """Whether there is a sentence for `code` in this language or in English."""
        return self._find(code) is not None

    def label(self, field: str) -> str:
        """What people call a field, by its key or its path; the key where the catalog does not know it."""
        return self._labels.get(field) or self._labels.get(_ANY_PLACE.sub("[0]", field), field)

    def _find(self, code: str) -> texts.Sentence | None:
        found = texts.find(self.language, code)
        return texts.find(DEFAULT_LANGUAGE, code) if found is None else found

    def option(self, field: str, word: str) -> str:
        """What people call a word of a list; the word itself where it is one that they write (NOK, SE)."""
        return word if len(word) <= _ISO_CODE else self._options.get((field, word), word)

    def get_value(self, key: int | str, _: object, kwargs: Mapping[str, object]) -> object:
        """Return the value of that name; a gap stays visible as an ellipsis rather than end the program."""
        name, value = str(key), kwargs.get(str(key), "…")
        if name in _TRANSLATED:
            value = self._translated(name, str(value), str(kwargs.get("field", "")))
        return _Named(name, value)

    def _translated(self, name: str, value: str, field: str) -> str:
        match name:
            case "field":
                return self.label(value)
            case "fields":
                return _BETWEEN.join(map(self.label, value.split(_BETWEEN)))
            case "options" | "suggestion":
                return _BETWEEN.join(self.option(field, word) for word in value.split(_BETWEEN))
        return self._options.get(("countryCode", value), value)

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one value in the language's own form."""
        if not isinstance(value, _Named):
            return str(value)
        if format_spec == "spoken" and isinstance(value.value, date):
            return forms.spoken_day(value.value, self.language)
        plain = format_spec == "plain" or value.is_place
        text = _visible(str(value.value) if plain else self.write(value.value))
        return text if format_spec == "whole" else _short(text)

    def amounts(self, totals: Mapping[str, Decimal]) -> str:
        """Write totals of several currencies in one line: 1 234,50 NOK, 20,00 SEK."""
        return ", ".join(f"{self.write(total)} {currency}" for currency, total in sorted(totals.items()))

    def beside(self, ours: str, theirs: str) -> str:
        """Set the agency's own text beside our sentence, in quotation marks, unless it is in there."""
        shown = _visible(theirs)
        return ours if not theirs or shown in ours else f"{ours} {forms.quoted(shown, self.language)}".strip()

    def write(self, value: object) -> str:
        """Write a number, an amount, a date or a text the way this language does."""
        match value:
            case Decimal():
                return forms.amount(value, self.language)
            case datetime():
                return forms.moment(value, self.language)
            case date():
                return forms.day(value, self.language)
            case int():
                return forms.whole_number(value, self.language)
        return str(value)


class _Named:
    """A value together with its name; the name tells a row number from a count."""

    __slots__ = ("is_place", "value")

    def __init__(self, name: str, value: object) -> None:
        self.value = value
        self.is_place = name == "row" or name.endswith("_row")


def _visible(text: str) -> str:
    return _UNSEEN.sub(_picture, text)


def _picture(sign: re.Match[str]) -> str:
    code = ord(sign[0])
    return chr(_FIRST_PICTURE + code) if code < ord(" ") else "\N{REPLACEMENT CHARACTER}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _labels(catalog: Catalog, language: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    for field in catalog.fields:
        label = field.labels.get(language) or field.labels.get(DEFAULT_LANGUAGE, field.key)
        labels[field.key] = labels[field.path] = label
    return labels


def _options(catalog: Catalog, language: str) -> dict[tuple[str, str], str]:
    return {
        (field.key, option.value): option.labels.get(language, option.value)
        for field in catalog.fields
        for option in field.options
    }
