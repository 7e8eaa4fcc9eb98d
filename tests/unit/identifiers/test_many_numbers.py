"""Check digits against python-stdnum on many random numbers, wherever stdnum has the rule."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from stdnum import iso11649, luhn
from stdnum.dk import cvr
from stdnum.fi import hetu, ytunnus
from stdnum.no import fodselsnummer
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish
from stdnum.se import personnummer

from rowpost.identifiers import denmark, finland, norway, sweden
from rowpost.identifiers import digits as own
from rowpost.identifiers.references import is_rf

Test = Callable[[str], bool]
Draw = Callable[[random.Random], str]
FEW, MANY = 3_000, 100_000
SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def digits(length: int) -> Draw:
    return lambda chance: f"{chance.randrange(10**length):0{length}}"


def born(form: str) -> Draw:
    """A day of birth long past (stdnum takes none to come), then what `form` says."""

    def draw(chance: random.Random) -> str:
        return form.format(
            day=chance.randint(1, 31),
            month=chance.randint(1, 12),
            year=chance.randint(0, 20),
            own=chance.randint(0, 999),
            finnish=chance.randint(0, 899),  # from 900 on they are test persons, unknown to stdnum
            one=chance.randint(0, 9),
            two=chance.randint(0, 99),
            check=chance.choice(SIGNS),
        )

    return draw


def reference(chance: random.Random) -> str:
    body = "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 21)))
    return f"RF{chance.randint(0, 99):02}{body}"


RULES: dict[str, tuple[Test, Test, Draw]] = {
    "no.person": (
        norway.is_person,
        fodselsnummer.is_valid,
        born("{day:02}{month:02}{year:02}{own:03}{two:02}"),
    ),
    "no.organization": (norway.is_organization, norwegian.is_valid, digits(9)),
    "se.person": (sweden.is_person, personnummer.is_valid, born("{year:02}{month:02}{day:02}{own:03}{one}")),
    "se.organization": (
        sweden.is_organization,
        lambda text: swedish.is_valid(text) and text[2] >= "2",  # else it is a person's
        digits(10),
    ),
    "dk.organization": (denmark.is_organization, cvr.is_valid, digits(8)),
    "fi.person": (finland.is_person, hetu.is_valid, born("{day:02}{month:02}{year:02}A{finnish:03}{check}")),
    "fi.organization": (finland.is_organization, ytunnus.is_valid, digits(8)),
    "luhn": (own.luhn, luhn.is_valid, digits(12)),
    "rf": (is_rf, iso11649.is_valid, reference),
}


def differing(rule: str, count: int) -> Iterator[str]:
    """The numbers on which the two do not agree; both must have said yes and no to some."""
    ours, theirs, draw = RULES[rule]
    chance = random.Random(20261121)
    said: set[bool] = set()
    for _ in range(count):
        number = draw(chance)
        verdict = ours(number)
        said.add(verdict)
        if verdict != theirs(number):
            yield number
    assert said == {True, False}


@pytest.mark.parametrize("rule", RULES)
def test_some_random_numbers(rule: str) -> None:
    assert list(differing(rule, FEW)) == []


@pytest.mark.long
@pytest.mark.parametrize("rule", RULES)
def test_many_random_numbers(rule: str) -> None:
    assert list(differing(rule, MANY)) == []
