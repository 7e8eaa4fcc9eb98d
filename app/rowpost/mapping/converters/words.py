"""Words that stand for something: enums and yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

from rowpost.catalog import Field, fold
from rowpost.mapping.converters.base import Converter, shown, truth
from rowpost.mapping.converters.tidy import tidy
from rowpost.mapping.results import Converted, FromText, Target
from rowpost.model.cells import Kind

_CLOSE, _NEARLY = 0.75, 0.05  # of 1: a slip of the finger, and as close as another word
_LOOKED_AT = 8  # words that may be as close as the closest


def enum_converter(
    target: Target, field: Field, chosen: Mapping[str, str], special: Mapping[str, str], epoch_1904: bool
) -> Converter:
    """Words through the person's own value table first, then what the catalog knows.

    `special` are folded words that are no option but say something else: word -> problem code.
    """
    known = {**known_words(field), **{fold(word): value for word, value in chosen.items()}}
    options = ", ".join(option.value for option in field.options)

    def from_text(text: str) -> Converted:
        plain = tidy(text).text
        if not plain:
            return None
        value = known.get(fold(plain))
        if value is not None:
            return value
        if fold(plain) in special:
            return target.fails(special[fold(plain)], {"value": text})
        if field.open_options and _is_code(plain):
            return plain.upper()
        meant = _meant(fold(plain), known)
        if meant:
            return target.fails("enum.did_you_mean", {"value": text, "options": options, "suggestion": meant})
        code = "country.not_a_code" if field.open_options else "enum.not_one_of"
        return target.fails(code, {"value": text, "options": options})

    return _by_shown(target, from_text, epoch_1904)


def _meant(word: str, known: Mapping[str, str]) -> str:
    """The one value whose words are closest to this one; '' for none: "kr" is as close to NOK as to SEK."""
    close = get_close_matches(word, list(known), _LOOKED_AT, _CLOSE)
    best = {known[one] for one in close if _likeness(word, one) >= _likeness(word, close[0]) - _NEARLY}
    return best.pop() if len(best) == 1 else ""


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, other, word).ratio()


def boolean_converter(target: Target, markers: Mapping[str, Iterable[str]], epoch_1904: bool) -> Converter:
    """Yes and no in five languages."""
    known = {fold(word): answer for answer in (True, False) for word in markers.get(str(answer).lower(), ())}

    def from_text(text: str) -> Converted:
        plain = tidy(text).text
        if not plain:
            return None
        answer = known.get(fold(plain))
        return target.fails("boolean.not_yes_or_no", {"value": text}) if answer is None else answer

    return _by_shown(target, from_text, epoch_1904, lambda stored: stored == "1")


def _by_shown(
    target: Target, from_text: FromText, epoch_1904: bool, from_boolean: FromText | None = None
) -> Converter:
    def from_number(stored: str, number_format: str) -> Converted:
        return from_text(shown(Kind.NUMBER, stored, number_format, epoch_1904))

    def from_date(stored: str, number_format: str) -> Converted:
        return from_text(shown(Kind.DATE, stored, number_format, epoch_1904))

    def from_word(stored: str) -> Converted:
        return from_text(truth(stored))

    return Converter(target, from_text, from_number, from_date, from_boolean or from_word)


def known_words(field: Field) -> dict[str, str]:
    """Return what every folded word of the options stands for; a word of two options means neither."""
    found: dict[str, set[str]] = {}
    for option in field.options:
        for word in (*option.aliases, *option.labels.values(), option.value):
            found.setdefault(fold(word), set()).add(option.value)
    exact = {fold(option.value): option.value for option in field.options}
    return {word: next(iter(values)) for word, values in found.items() if len(values) == 1} | exact


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()
