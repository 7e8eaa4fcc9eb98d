"""From a code and its values to a sentence: nothing a cell holds can break, hide or end it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.problems import Value
from rowpost.wording import LANGUAGES, Wording
from rowpost.wording.forms import NO_BREAK_SPACE
from tests.support.catalogs import invoice_catalog
from tests.support.sentences import gaps, sentences

CODES = st.sampled_from(sorted(sentences("en")))
LANGUAGE = st.sampled_from(LANGUAGES)
SURROGATES = st.characters(categories=["Cs", "Cc", "Cf", "Zl", "Zp"])
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=300),
    st.text(SURROGATES, max_size=20),
    st.integers(),
    st.booleans(),
    st.decimals(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, UTC])),
)


@given(LANGUAGE, CODES, st.data())
def test_every_sentence_takes_any_values(language: str, code: str, data: st.DataObject) -> None:
    names = {name for name, _ in gaps(sentences(language).get(code, ""))}
    values = {name: data.draw(VALUES, name) for name in sorted(names)}
    said = Wording(language).say(code, values)
    assert said
    assert not [sign for sign in said if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f") & set(said)


@given(LANGUAGE, CODES)
def test_a_missing_value_leaves_a_gap_that_can_be_seen(language: str, code: str) -> None:
    said = Wording(language).say(code)
    assert ("…" in said) >= bool(gaps(sentences("en")[code]))


@given(st.text())
def test_a_code_without_a_sentence_is_said_itself(code: str) -> None:
    assert Wording("nb").say(f"no.such.{code}") == f"no.such.{code}"
    assert not Wording("nb").knows(f"no.such.{code}")


@pytest.mark.parametrize("language", ["", "nn", "de", "EN"])
def test_an_unknown_language_is_english(language: str) -> None:
    assert Wording(language).language == "en"


@given(LANGUAGE, st.integers(1, 1_048_576))
def test_row_numbers_are_never_grouped(language: str, row: int) -> None:
    said = Wording(language).say(
        "cli.inspect.sheet", {"sheet": "A", "row": row, "first_row": row, "last_row": row}
    )
    assert said.count(str(row)) == 3


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "12,345 invoices may be sent again."),
        ("nb", f"12{NO_BREAK_SPACE}345 fakturaer kan sendes på nytt."),
        ("sv", f"12{NO_BREAK_SPACE}345 fakturor får skickas igen."),
        ("da", "12.345 fakturaer må sendes igen."),
        ("fi", f"12{NO_BREAK_SPACE}345 laskua saadaan lähettää uudelleen."),
    ],
)
def test_counts_are_grouped_and_many(language: str, said: str) -> None:
    assert Wording(language).say("cli.release.done", count=12345, run="x").startswith(said)


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "invoice "), ("nb", "faktura "), ("sv", "faktura "), ("da", "faktura "), ("fi", "lasku ")],
)
def test_one_is_one(language: str, word: str) -> None:
    assert f"1 {word}" in Wording(language).say("cli.release.done", count=1, run="x")
    assert f"0 {word}" not in Wording(language).say("cli.release.done", count=0, run="x")


@given(LANGUAGE, st.text("abc", min_size=121, max_size=500))
def test_a_long_cell_is_cut(language: str, value: str) -> None:
    said = Wording(language).say("cli.constant_form", {"value": value})
    assert value[:119] + "…" in said
    assert value[:120] not in said


@given(LANGUAGE, st.text("abc", max_size=120))
def test_a_short_cell_is_quoted_whole(language: str, value: str) -> None:
    assert value in Wording(language).say("cli.constant_form", {"value": value})


@given(LANGUAGE, st.text("abc/", min_size=121, max_size=500))
def test_a_path_is_never_cut(language: str, path: str) -> None:
    assert path in Wording(language).say("cli.wrote", {"file": path})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\nb", "a␊b"),
        ("a\tb", "a␉b"),
        ("\x1b[2J", "␛[2J"),
        ("\x9b2J", "�2J"),
        ("\x7f", "�"),
        ("a\u202eb", "a�b"),
        ("\ud800", "�"),
        ("{count}", "{count}"),
        ("%s", "%s"),
        ("Ærø 🙂", "Ærø 🙂"),
    ],
)
def test_signs_that_command_are_shown(value: str, shown: str) -> None:
    assert f"«{shown}»" in Wording("nb").say("cli.constant_form", {"value": value})


def test_a_value_may_be_given_by_name() -> None:
    assert Wording("en").say("cli.send.run", run="r1") == "Run r1"
    assert Wording("en").say("cli.send.run", {"run": "r1"}, run="r2") == "Run r2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_is_called_by_its_label(language: str) -> None:
    wording = Wording(language, invoice_catalog())
    field = invoice_catalog().field("zipCode")
    label = field.labels[language]
    assert wording.label("zipCode") == wording.label(field.path) == label
    assert wording.label(field.path.replace("[0]", "[2]")) == label
    assert wording.label("nobody.knows") == "nobody.knows"


def test_the_language_decides_the_label() -> None:
    due = [Wording(language, invoice_catalog()).label("dueDate") for language in LANGUAGES]
    assert len(set(due)) == len(LANGUAGES)


def test_totals_are_written_in_one_line() -> None:
    totals = {"SEK": Decimal(20), "NOK": Decimal("1234.5")}
    assert Wording("da").amounts(totals) == "1.234,50 NOK, 20,00 SEK"
    assert Wording("da").amounts({}) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234, "1.234"),
        (Decimal("1234.5"), "1.234,50"),
        (date(2026, 12, 1), "01.12.2026"),
        (datetime(2026, 12, 1, 8, 30, tzinfo=UTC), "01.12.2026 08:30"),
        ("1234", "1234"),
    ],
)
def test_a_value_is_written_in_its_own_form(value: Value, written: str) -> None:
    assert Wording("da").write(value) == written


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", 'Not taken. "Bankrupt"'),
        ("nb", "Not taken. «Bankrupt»"),
        ("sv", "Not taken. ”Bankrupt”"),
        ("da", "Not taken. ”Bankrupt”"),
        ("fi", "Not taken. ”Bankrupt”"),
    ],
)
def test_the_agencys_own_words_stand_beside_ours(language: str, said: str) -> None:
    assert Wording(language).beside("Not taken.", "Bankrupt") == said


def test_the_agencys_own_words_are_said_once_and_command_nothing() -> None:
    wording = Wording("en")
    assert wording.beside("Not taken: Bankrupt.", "Bankrupt") == "Not taken: Bankrupt."
    assert wording.beside("Not taken.", "") == "Not taken."
    assert wording.beside("", "Bankrupt") == '"Bankrupt"'
    assert wording.beside("", "\x1b[2J") == '"␛[2J"'
