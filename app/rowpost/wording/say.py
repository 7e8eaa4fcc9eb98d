"""From a code and its values to a sentence."""

from __future__ import annotations

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


class Wording(Formatter):
    """The sentences of one language.

    A sentence may hold `{name}` (written in the language's own form: Decimal as an amount, int
    grouped by thousands, date) or `{name:plain}` (as it is). A value named `field` is a catalog
    key and is written as the field's label. A sentence with two forms is chosen by `count`.
    """

    def __init__(self, language: str, catalog: Catalog | None = None) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._labels = _labels(catalog, self.language) if catalog else {}

    def say(self, code: str, values: Values = NO_VALUES, /, **more: Value) -> str:
        """Return the sentence of `code`; the code itself where no language has one."""
        named = {**values, **more}
        sentence = self._find(code)
        if sentence is None:
            return code
        if isinstance(sentence, Mapping):
            sentence = sentence["one" if named.get("count") == 1 else "other"]
        return self.vformat(sentence, (), named)

    def knows(self, code: str) -> bool:
        """Whether there is a sentence for `code` in this language or in English."""
        return self._find(code) is not None

    def label(self, field: str) -> str:
        """What people call a field; its key where the catalog does not know it."""
        return self._labels.get(field, field)

    def _find(self, code: str) -> texts.Sentence | None:
        likely = code.partition(".")[0]
        for language in (self.language, DEFAULT_LANGUAGE):
            # the topic that the code names first: `--help` then reads one file of many
            for name in sorted(texts.topics(language), key=lambda name: name != likely):
                sentence = texts.topic(language, name).get(code)
                if sentence is not None:
                    return sentence
        return None

    def get_value(self, key: int | str, _: object, kwargs: Mapping[str, object]) -> object:
        """Return the value of that name; a gap stays visible as an ellipsis rather than end the program."""
        value = kwargs.get(str(key), "…")
        return self.label(str(value)) if key == "field" else _Named(str(key), value)

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one value in the language's own form."""
        if not isinstance(value, _Named):
            return str(value)
        if format_spec == "plain" or value.is_place:
            return _short(str(value.value))
        return _short(self.write(value.value))

    def amounts(self, totals: Mapping[str, Decimal]) -> str:
        """Write totals of several currencies in one line: 1 234,50 NOK, 20,00 SEK."""
        return ", ".join(f"{self.write(total)} {currency}" for currency, total in sorted(totals.items()))

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


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _labels(catalog: Catalog, language: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    for field in catalog.fields:
        label = field.labels.get(language) or field.labels.get(DEFAULT_LANGUAGE, field.key)
        labels[field.key] = labels[field.path] = label
    return labels
