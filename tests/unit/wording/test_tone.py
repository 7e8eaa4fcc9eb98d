"""No sentence scolds, grovels, or speaks the programmer's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from rowpost.wording import LANGUAGES
from tests.support.sentences import every_form, listed

EVERYWHERE = (
    "schema",
    "payload",
    r"error \d{3}",
    "http error",
    "exception",
    "traceback",
    "422",
)
# What blames the reader or the data, what begs, and words of the programmer. Where a language uses the
# same word for something a clerk knows (Norwegian "null", "skjema", "streng"), it may stand.
BANNED = {
    "en": (
        *("invalid", "illegal", "please", "sorry", "unfortunately", "null", "string", "oops"),
        *("failed to", "malformed", "unexpected error", "abort", "parse", "boolean", "integer"),
    ),
    "nb": (
        *("ugyldig", "ulovlig", "vennligst", "beklager", "dessverre", "tekststreng", "nyttelast", "unnskyld"),
        *("vær så snill", "uventet feil", "feilkode", "boolsk", "heltall"),
    ),
    "sv": (
        *(
            "ogiltig",
            "olaglig",
            "vänligen",
            "tyvärr",
            "beklag",
            "ursäkta",
            "teckensträng",
            "strängen",
            "nyttolast",
        ),
        *("var god", "var vänlig", "oväntat fel", "felkod", "boolesk", "heltal", "null"),
    ),
    "da": (
        *("ugyldig", "ulovlig", "venligst", "beklager", "desværre", "undskyld", "tekststreng", "nyttelast"),
        *("vær venlig", "uventet fejl", "fejlkode", "boolesk", "heltal"),
    ),
    "fi": (
        *(
            "virheelli",
            "laiton",
            "laittom",
            "kelpaam",
            "kelvoton",
            "valitettavasti",
            "pahoittelemme",
            "anteeksi",
        ),
        *("ole hyvä", "olkaa hyvä", "ystävällisesti", "merkkijono", "skeema", "hyötykuorma", "virhekoodi"),
        *("odottamaton virhe", "totuusarvo", "kokonaisluku", "null"),
    ),
}
# A file's own name is what a person types.
NAMES = re.compile(r"schemas/[\w.]+\.json")


def banned(language: str, text: str) -> Iterator[str]:
    """The words in a text that should not be there; a word counts from its beginning."""
    spoken = NAMES.sub("", text)
    for word in (*EVERYWHERE, *BANNED[language]):
        if re.search(rf"\b{word}", spoken, re.IGNORECASE):
            yield word


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_banned_word(language: str) -> None:
    found = {
        code: words
        for at, code, text in every_form()
        if at == language and (words := list(banned(language, text)))
    }
    assert not found, listed(found.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language: str) -> None:
    found = [code for at, code, text in every_form() if at == language and "!" in text]
    assert not found, listed(found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Invalid date."),
        ("nb", "Vennligst oppgi en dato."),
        ("sv", "Datumet är ogiltigt."),
        ("da", "Beklager, datoen mangler."),
        ("fi", "Päivämäärä on virheellinen."),
        ("en", "The payload has error 422."),
        ("da", "Se schemaet."),
    ],
)
def test_a_banned_word_is_seen(language: str, text: str) -> None:
    assert list(banned(language, text))


@pytest.mark.parametrize("text", ["A date like 01.12.2026.", "See schemas/settings.schema.json.", "Fristing"])
def test_other_words_may_stand(text: str) -> None:
    assert not list(banned("en", text))
