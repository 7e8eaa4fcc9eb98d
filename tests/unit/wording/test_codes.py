"""Every code that the program names has a sentence, and no sentence is there for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pytest

from rowpost.cli.parser import COMMANDS
from rowpost.model.books import RowState
from rowpost.model.problems import Severity
from rowpost.model.results import RunStatus
from tests.support.catalogs import invoice_catalog
from tests.support.codes import WINDOW, composed, named, troubles, window_words
from tests.support.sentences import sentences, stem

# Codes that are put together when the program runs, with all that can stand in the gap; where the
# list is the source's own and long, the pattern alone (no members).
COMPOSED: Mapping[str, Iterable[str]] = {
    "cli.{}.about": COMMANDS,
    "severity.{}": tuple(Severity),
    "state.{}": tuple(RowState),
    "status.{}": tuple(RunStatus),
}
# Texts that look like codes and are none: names of files, modules, file systems, number formats.
NOT_CODES = re.compile(
    r".+\.(json|jsonl|toml|sqlite|log|bin|xml|rels|xlsx|lock)|(fuse|rowpost)\..+|dd\.mm\.yyyy|.+\{\}_command"
)


def is_field(text: str) -> bool:
    return any(text in (field.key, field.path) for field in invoice_catalog().fields)


def has_sentence(code: str, file: str) -> bool:
    known = sentences("en")
    return code in known or ("/gui/" in file and WINDOW + code in known)


def test_every_code_has_a_sentence() -> None:
    assert not {
        code: file
        for code, file in named().items()
        if not NOT_CODES.fullmatch(code) and not is_field(code) and not has_sentence(code, file)
    }


def test_every_trouble_has_a_cure() -> None:
    assert troubles()
    assert not {code: file for code, file in troubles().items() if f"{code}.cure" not in sentences("en")}


@pytest.mark.parametrize("pattern", sorted(COMPOSED))
def test_every_composed_code_has_a_sentence(pattern: str) -> None:
    codes = [pattern.replace("{}", member) for member in COMPOSED[pattern]]
    assert not [code for code in codes if code not in sentences("en")]


def test_composed_codes_are_listed_here() -> None:
    found = {pattern: file for pattern, file in composed().items() if not NOT_CODES.fullmatch(pattern)}
    assert not {pattern: file for pattern, file in found.items() if pattern not in COMPOSED}
    assert not COMPOSED.keys() - found.keys()


def test_no_sentence_is_unused() -> None:
    patterns = [re.compile(re.escape(pattern).replace(r"\{\}", "[a-z0-9_]+")) for pattern in COMPOSED]
    assert not [
        code
        for code in sentences("en")
        if not {code, stem(code)} & named().keys()
        and not {code.removeprefix(WINDOW), stem(code).removeprefix(WINDOW)} & window_words()
        and not any(pattern.fullmatch(one) for pattern in patterns for one in (code, stem(code)))
    ]
