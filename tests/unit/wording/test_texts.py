"""The five languages hold the same sentences, with the same gaps, in good shape."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from rowpost.wording import LANGUAGES, texts
from tests.support.sentences import every_form, forms, gaps, listed, placeholders, sentences, stem

LONGEST = 220  # characters: two lines of a panel
LONGEST_HELP = 400
OTHERS = tuple(language for language in LANGUAGES if language != "en")
FORM_NAMES = {"", "plain", "spoken", "whole"}


def test_every_language_has_the_same_topics() -> None:
    assert {language: texts.topics(language) for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, texts.topics("en")
    )


@pytest.mark.parametrize("language", OTHERS)
def test_every_code_is_there(language: str) -> None:
    found = sorted(sentences("en").keys() ^ sentences(language).keys())
    assert not found, listed(found)


@pytest.mark.parametrize("language", OTHERS)
def test_a_code_stands_in_the_same_topic(language: str) -> None:
    for name in texts.topics("en"):
        assert texts.topic(language, name).keys() == texts.topic("en", name).keys(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stands_in_two_topics(language: str) -> None:
    codes = Counter(code for name in texts.topics(language) for code in texts.topic(language, name))
    found = [code for code, times in codes.items() if times > 1]
    assert not found, listed(found)


@pytest.mark.parametrize("language", OTHERS)
def test_the_gaps_are_the_same(language: str) -> None:
    both = sentences("en").keys() & sentences(language).keys()
    found = {
        code: (gaps(sentences("en")[code]), gaps(sentences(language)[code]))
        for code in both
        if gaps(sentences("en")[code]) != gaps(sentences(language)[code])
    }
    assert not found, listed(found.items())


# What is typed, pressed or set is the same in every language.
NAMES = re.compile(
    r"--[a-z][a-z-]*|\bROWPOST_[A-Z_]+|\browpost [a-z]+|https?://[\w./-]+|\b(?:schemas|templates)/[\w.-]+\w"
    r"|\bCtrl\+\w+|\bF[1-9]\b|(?<![\w*])\.[a-z]{3,4}\b|\b(?:sending|network|checks|targets)\.[a-z_]+"
)


def named(sentence: texts.Sentence) -> set[str]:
    return {name for form in forms(sentence) for name in NAMES.findall(form)}


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_typed_is_never_translated(language: str) -> None:
    both = sentences("en").keys() & sentences(language).keys()
    found = {
        code: (named(sentences("en")[code]), named(sentences(language)[code]))
        for code in both
        if named(sentences("en")[code]) != named(sentences(language)[code])
    }
    assert not found, listed(found.items())


def test_what_is_typed_is_seen() -> None:
    text = (
        "rowpost send a.xlsx --yes, .xlsx or .csv; ROWPOST_HOME, Ctrl+C, F8, https://a.no/x. sending.canary"
    )
    seen = {
        "rowpost send",
        "--yes",
        ".xlsx",
        ".csv",
        "ROWPOST_HOME",
        "Ctrl+C",
        "F8",
        "https://a.no/x.",
        "sending.canary",
    }
    assert named(text) == seen


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_counted_in_one_language_is_counted_in_all(language: str) -> None:
    both = sentences("en").keys() & sentences(language).keys()
    found = [
        code
        for code in both
        if isinstance(sentences("en")[code], str) != isinstance(sentences(language)[code], str)
    ]
    assert not found, listed(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_one_and_other(language: str) -> None:
    counted = {code: found for code, found in sentences(language).items() if not isinstance(found, str)}
    assert counted
    odd = [code for code, found in counted.items() if set(found) != {"one", "other"}]
    assert not odd, listed(odd)
    odd = [code for code, found in counted.items() if ("count", "") not in gaps(found["other"])]
    assert not odd, listed(odd)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cure_belongs_to_a_sentence(language: str) -> None:
    known = sentences(language)
    cures = [code for code in known if code.endswith(".cure") and ".column." not in code]
    found = [code for code in cures if stem(code) not in known]
    assert not found, listed(found)


def test_every_gap_can_be_filled() -> None:
    odd = [
        (language, code, name)
        for language, code, text in every_form()
        for name, form in placeholders(text)
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or form not in FORM_NAMES
    ]
    assert not odd, listed(odd)


def test_no_gap_is_converted() -> None:
    found = [(language, code) for language, code, text in every_form() if re.search(r"\{\w+![rsa]", text)]
    assert not found, listed(found)


def test_no_sentence_is_long() -> None:
    found = [
        (language, code, len(text))
        for language, code, text in every_form()
        if len(text) > (LONGEST_HELP if code.endswith(".help") else LONGEST)
    ]
    assert not found, listed(found)


# The window sets a word apart from its number with two blanks.
APART = re.compile(r"(?<=\S)  (?=[{·])|^\N{EN DASH}  ")
UNTIDY = re.compile(r"^\s|\s$|^$|  | [.,;:!?](?![\w.])|\t|\n")


def test_sentences_are_tidy() -> None:
    found = [(at, code) for at, code, text in every_form() if UNTIDY.search(APART.sub("", text))]
    assert not found, listed(found)


# "…" begins and ends in the same form in Swedish, Danish and Finnish; Norwegian has « and ».
# What is typed in a terminal keeps the terminal's own.
TYPED = re.compile(r'--[a-z]+ "[^"]*"')
QUOTES = {"en": '"', "nb": "«»", "sv": "”", "da": "”", "fi": "”"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quotation_marks_are_those_of_the_language(language: str) -> None:
    foreign = set('"«»”“„') - set(QUOTES[language])
    spoken = [(code, TYPED.sub("", text)) for at, code, text in every_form() if at == language]
    found = [code for code, text in spoken if foreign & set(text)]
    assert not found, listed(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_close(language: str) -> None:
    marks = QUOTES[language]
    odd = [
        code
        for at, code, text in every_form()
        if at == language
        and (text.count(marks[0]) != text.count(marks[1]) if len(marks) > 1 else text.count(marks) % 2)
    ]
    assert not odd, listed(odd)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_of_the_command_line_holds_no_percent_sign(language: str) -> None:
    # argparse reads one as the beginning of a format and ends the program
    spoken = {code: text for code, text in sentences(language).items() if code.startswith("cli.")}
    helps = [code for code in spoken if code.startswith("cli.arg.") or code.endswith(".about")]
    assert helps
    found = [code for code in helps if any("%" in form for form in forms(spoken[code]))]
    assert not found, listed(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_can_say_yes(language: str) -> None:
    words = str(sentences(language)["cli.yes_words"]).split()
    assert {"y", "yes"} <= set(words)
    assert words == [word.casefold() for word in words]
    question = forms(sentences(language)["cli.send.ask"])[0]
    assert question.rpartition("[")[2].partition("/")[0] in words
