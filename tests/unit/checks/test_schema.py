"""The schema's judgement in our own words, and two validators that must agree."""

from __future__ import annotations

import random
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rowpost.checks import SchemaCheck
from rowpost.checks.schema import _dotted
from tests.support.catalogs import invoice_catalog
from tests.unit.checks.test_rules import GOOD

CHECK = SchemaCheck(invoice_catalog())
ORACLE = Draft202012Validator(dict(invoice_catalog().item_schema))
MUTATIONS = 5000
# Where the two differ, and why it cannot matter: none are known with this schema, in which every
# pattern that ends in $ stands beside a limit that refuses the newline.
KNOWN_DIFFERENCES: frozenset[str] = frozenset()


def told(**changes: Any) -> list[tuple[str, str]]:
    payload = deepcopy(GOOD)
    payload.update(changes)
    return [
        (flaw.path, flaw.code) for flaw in CHECK.flaws({k: v for k, v in payload.items() if v is not None})
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dueDate": None}, [("dueDate", "value.missing")]),
        ({"invoiceNumber": ""}, [("invoiceNumber", "value.missing")]),
        ({"invoiceNumber": "1" * 65}, [("invoiceNumber", "value.too_long")]),
        ({"currency": "USD"}, [("currency", "enum.not_one_of")]),
        ({"claims": [{"type": "PRINCIPAL"}]}, [("claims[0].remainingAmount", "value.missing")]),
        (
            {"claims": [{"type": "PRINCIPAL", "remainingAmount": Decimal(0)}]},
            [("claims[0].remainingAmount", "amount.not_positive")],
        ),
        ({"originalInvoiceAmount": Decimal(10) ** 12}, [("originalInvoiceAmount", "amount.too_large")]),
        ({"debtors": [{"type": "PRIVATE"}]}, [("debtors[0].name", "debtor.no_name")]),
        ({"nonsense": "1"}, [("nonsense", "value.unexpected")]),
        (
            {"debtors": [{"type": "PRIVATE", "name": "K", "emails": [{"value": "kari"}]}]},
            [("debtors[0].emails[0].value", "email.not_an_address")],
        ),
        (
            {
                "debtors": [
                    {"type": "PRIVATE", "name": "K", "addresses": [{"countryCode": "NO", "zipCode": "15"}]}
                ]
            },
            [("debtors[0].addresses[0].zipCode", "zip_code.wrong_form")],
        ),
    ],
)
def test_errors_at_their_leaves(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(**changes) == expected


def test_all_errors_are_told_not_the_first() -> None:
    found = told(dueDate=None, currency="USD", invoiceNumber="", type="X")
    assert {path for path, _ in found} == {"dueDate", "currency", "invoiceNumber", "type"}


def test_no_validator_text_in_any_value() -> None:
    for flaw in CHECK.flaws({"type": "X", "debtors": [{}], "claims": [{"remainingAmount": Decimal(-1)}]}):
        assert set(flaw.values) <= {"field", "value", "options", "limit", "example"}


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [path, *(found for name, one in value.items() for found in _leaves(one, (*path, name)))]
    if isinstance(value, list):
        return [path, *(found for place, one in enumerate(value) for found in _leaves(one, (*path, place)))]
    return [path]


STRANGE: tuple[Any, ...] = (
    *("", " ", "x", "x" * 300, "\n", "a\nb", "2026-01-01T00:00:00Z\n", "2026-01-01", "NO", "no", "0150\n"),
    *(
        0,
        -1,
        1,
        10**13,
        Decimal("0.01"),
        Decimal("1999.99"),
        Decimal("-0.01"),
        True,
        False,
        None,
        [],
        {},
        [{}],
    ),
    *("\u0661\u0662", "\u200b", "\x00", "12345678901", "a@b.no", "a@b", "PRIVATE", "NOK"),
)


def _mutated(chance: random.Random) -> Any:
    payload: Any = deepcopy(GOOD)
    for _ in range(chance.randint(1, 3)):
        paths = [path for path in _leaves(payload) if path]
        if not paths:
            break
        *parents, last = chance.choice(paths)
        place = payload
        for step in parents:
            place = place[step]
        if chance.random() < 0.25:
            del place[last]
        elif chance.random() < 0.1 and isinstance(place, dict):
            place[chance.choice(("extra", "type", "zipCode"))] = chance.choice(STRANGE)
        else:
            place[last] = chance.choice(STRANGE)
    return payload


def _with_floats(value: Any) -> Any:
    """The oracle cannot compare a Decimal with a float; none of these values loses anything."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _with_floats(one) for name, one in value.items()}
    return [_with_floats(one) for one in value] if isinstance(value, list) else value


def test_two_validators_agree_on_verdict_and_failing_paths() -> None:
    chance = random.Random(20261121)
    seen: dict[bool, int] = {True: 0, False: 0}
    for _ in range(MUTATIONS):
        payload = _mutated(chance)
        theirs = {_dotted(list(error.absolute_path)) for error in ORACLE.iter_errors(_with_floats(payload))}
        ours = {_dotted(error.instance_path) for error in CHECK._validator.iter_errors(payload)}
        assert ours - KNOWN_DIFFERENCES == theirs - KNOWN_DIFFERENCES, payload
        assert CHECK.fits(payload) == (not theirs)
        seen[not theirs] += 1
    assert min(seen.values()) > MUTATIONS // 50
