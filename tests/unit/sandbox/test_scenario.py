"""Scenario files: what they may say, and how mistakes in them are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.trouble import Remedy, Trouble
from rowpost.sandbox import Scenario, parse_scenario, read_scenario
from rowpost.sandbox.patch import patched
from tests.support.catalogs import schema_documents

SCHEMA = schema_documents()["scenario"]
TEMPLATES = Path(__file__).parents[3] / "templates"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_an_empty_document_says_what_the_defaults_say() -> None:
    assert parse_scenario({}, SCHEMA) == Scenario()


def test_defaults_in_the_schema_are_those_of_the_program() -> None:
    stated = {name: rule["default"] for name, rule in SCHEMA["properties"].items() if "default" in rule}
    assert parse_scenario(stated, SCHEMA) == Scenario()
    rules = SCHEMA["$defs"]["fault"]["properties"]
    fault = {name: rule["default"] for name, rule in rules.items() if "default" in rule}
    one, other = (parse_scenario({"faults": [{"at": ["token"], **more}]}, SCHEMA) for more in ({}, fault))
    assert one == other


def test_every_name_of_the_schema_is_understood() -> None:
    assert set(SCHEMA["properties"]) == set(Scenario.__struct_encode_fields__)


def test_the_scenario_that_ships() -> None:
    shipped = read_scenario(TEMPLATES / "practice-scenario.json", SCHEMA)
    assert len(shipped.reject) == 3
    assert not shipped.faults


@pytest.mark.parametrize(
    ("document", "code", "values"),
    [
        ({"rejects": []}, "unknown_name", {"place": "(top)", "name": "rejects"}),
        ({"reject": [{"code": "X", "message": "x"}]}, "missing_name", {"place": "reject[0]"}),
        ({"paging": "none"}, "not_one_of", {"place": "paging", "allowed": "both, cursor, skip"}),
        ({"faults": [{"at": ["post"]}]}, "not_one_of", {"place": "faults[0].at[0]"}),
        ({"faults": [{"at": ["token"], "status": 99}]}, "wrong_value", {"place": "faults[0].status"}),
        ([], "wrong_value", {"place": "(top)"}),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(document: Any, code: str, values: dict[str, str]) -> None:
    with pytest.raises(Trouble) as caught:
        parse_scenario(document, SCHEMA)
    assert caught.value.code == f"sandbox.scenario.{code}"
    assert caught.value.remedy is Remedy.FIX_SETTINGS
    assert values.items() <= dict(caught.value.values).items()


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "not_readable"), (b"\xff\xfe", "not_text"), (b'{"reject": [}', "not_json"), (b"", "not_json")],
)
def test_files_that_are_no_scenario(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "scenario.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Trouble) as caught:
        read_scenario(path, SCHEMA)
    assert caught.value.code == f"sandbox.scenario.{code}"


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(PLAIN)
def test_any_document_is_a_scenario_or_told_to_be_none(document: Any) -> None:
    if jsonschema.Draft202012Validator(SCHEMA).is_valid(document):
        assert isinstance(parse_scenario(document, SCHEMA), Scenario)
    else:
        with pytest.raises(Trouble, match=r"sandbox\.scenario\..*"):
            parse_scenario(document, SCHEMA)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{"op": "replace", "path": "/a", "value": 2}], {"a": 2, "b": [1, 2, 3]}),
        ([{"op": "add", "path": "/c", "value": 2}], {"a": 1, "b": [1, 2, 3], "c": 2}),
        ([{"op": "add", "path": "/b/-", "value": 4}], {"a": 1, "b": [1, 2, 3, 4]}),
        ([{"op": "add", "path": "/b/0", "value": 4}], {"a": 1, "b": [4, 1, 2, 3]}),
        ([{"op": "remove", "path": "/b/1"}], {"a": 1, "b": [1, 3]}),
        ([{"op": "move", "path": "/b/2", "from": "/b/0"}], {"a": 1, "b": [2, 3, 1]}),
        ([{"op": "copy", "path": "/a", "from": "/b"}], {"a": [1, 2, 3], "b": [1, 2, 3]}),
        ([{"op": "replace", "path": "", "value": None}], None),
        ([{"op": "add", "path": "/x~1y~0z", "value": 1}], {"a": 1, "b": [1, 2, 3], "x/y~z": 1}),
        ([{"op": "remove", "path": "/a"}, {"op": "remove", "path": "/zz"}], {"a": 1, "b": [1, 2, 3]}),
        ([{"op": "replace", "path": "/b/9", "value": 1}], {"a": 1, "b": [1, 2, 3]}),
    ],
)
def test_patches(changes: list[dict[str, Any]], expected: object) -> None:
    document = {"a": 1, "b": [1, 2, 3]}
    assert patched(document, changes) == expected
    assert document == {"a": 1, "b": [1, 2, 3]}


@given(PLAIN)
def test_a_patch_that_fits_nothing_changes_nothing(document: Any) -> None:
    before = json.dumps(document)
    assert patched({"x": document}, [{"op": "copy", "path": "/y", "from": "/nowhere"}]) == {"x": document}
    assert json.dumps(document) == before
