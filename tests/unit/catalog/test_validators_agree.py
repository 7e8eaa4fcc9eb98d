"""The quick validator and the reference one give the same verdict at the same places."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import reduce
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.catalogs import invoice_catalog, schema_documents

SCHEMA = dict(invoice_catalog().item_schema)
ORACLE, QUICK = jsonschema.Draft202012Validator(SCHEMA), jsonschema_rs.Draft202012Validator(SCHEMA)
INVOICE: dict[str, Any] = schema_documents()["create-invoices"]["examples"][0]["invoices"][0]
Path = tuple[str | int, ...]


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """Every place in a JSON value, the value itself first."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


WORDS = st.sampled_from(
    ["", " ", "NOK", "nok", "COMPANY", "0150", "150", "0150\n", "\u0660\u0661\u0665\u0660", "a@b.no", "a@b",
     "2026-02-31T00:00:00Z", "2026-09-01T00:00:00Z\n", "2026-09-01", "\x00", "\x7f", "NO", "SE", "DK", "FI",
     "123 45", "47", "\U0001f600" * 65, "x" * 1001]
)  # fmt: skip
NUMBERS = st.one_of(
    st.sampled_from([0, -1, 0.0, -0.0, 1e-320, 1e300, 999999999999.99, 1e12, True, False]),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
)
LEAVES = st.one_of(st.none(), NUMBERS, WORDS, st.text(max_size=70))
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=4,
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """An invoice with one to three things wrong, or right in another way."""
    invoice = copy.deepcopy(INVOICE)
    for _ in range(draw(st.integers(1, 3))):
        found = [path for path in places(invoice) if path]
        if found:
            _mutate(invoice, draw(st.sampled_from(found)), draw)
    return invoice


def _mutate(invoice: dict[str, Any], path: Path, draw: st.DrawFn) -> None:
    place: Any = reduce(lambda outer, step: outer[step], path[:-1], invoice)
    match draw(st.sampled_from(["replace", "replace", "replace", "delete", "add"])):
        case "delete":
            del place[path[-1]]
        case "add" if isinstance(place, dict):
            place[draw(st.sampled_from(["name", "zipCode", "countryCode", "vat", "extra"]))] = draw(LEAVES)
        case _:
            place[path[-1]] = draw(JSON)


def _said(invoice: object) -> tuple[set[Path], set[Path]]:
    oracle = {tuple(error.absolute_path) for error in ORACLE.iter_errors(invoice)}
    quick = {tuple(error.instance_path) for error in QUICK.iter_errors(invoice)}
    return oracle, quick


def _agree(invoice: dict[str, Any]) -> None:
    oracle, quick = _said(invoice)
    assert oracle == quick, json.dumps(invoice)
    assert QUICK.is_valid(invoice) == (not oracle)


@settings(max_examples=300)
@given(mutated())
def test_both_find_the_same_places(invoice: dict[str, Any]) -> None:
    _agree(invoice)


@pytest.mark.long
@settings(max_examples=5000)
@given(mutated())
def test_both_find_the_same_places_in_thousands(invoice: dict[str, Any]) -> None:
    _agree(invoice)


def test_the_example_itself_is_valid_and_one_wrong_thing_has_one_place() -> None:
    assert _said(INVOICE) == (set(), set())
    wrong = copy.deepcopy(INVOICE)
    wrong["debtors"][0]["addresses"][0]["zipCode"] = "150"
    expected = {("debtors", 0, "addresses", 0, "zipCode")}
    assert _said(wrong) == (expected, expected)
