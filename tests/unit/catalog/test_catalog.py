"""The schema's annotations become fields that a person and a mapping can rely on."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.catalog import LANGUAGES, Catalog, Field, FieldKind, fold, known_headings, load_catalog
from rowpost.model.trouble import Trouble
from tests.support.catalogs import catalog_with, invoice_catalog, schema_documents

CATALOG = invoice_catalog()
WIRE = {name: document for name, document in schema_documents().items() if "x-generation" in document}
EXAMPLE: dict[str, Any] = schema_documents()["create-invoices"]["examples"][0]
FIELDS = pytest.mark.parametrize("field", CATALOG.fields, ids=lambda field: field.key)


def test_every_heading_names_exactly_one_field_or_group() -> None:
    owners: dict[str, set[str]] = {}
    for field in CATALOG.fields:
        for heading in (*field.aliases, *field.labels.values()):
            owners.setdefault(fold(heading), set()).add(field.key)
    for group in (CATALOG.ask, CATALOG.split, CATALOG.never):
        for heading in group:
            owners.setdefault(heading, set()).add("group")
    assert {heading: keys for heading, keys in owners.items() if len(keys) > 1 or not heading} == {}


@FIELDS
def test_a_field_speaks_five_languages(field: Field) -> None:
    for texts in (field.labels, field.help, field.spoken):
        assert tuple(texts) == LANGUAGES
        assert all(texts.values())
    assert all(text.endswith(".") for text in field.help.values())
    assert field.example


@FIELDS
def test_the_words_of_a_list_are_labelled_and_no_cell_value_means_two_of_them(field: Field) -> None:
    meanings = Counter(
        word
        for option in field.options
        for word in {name.casefold() for name in (*option.aliases, option.value)}
    )
    assert [word for word, times in meanings.items() if times > 1] == []
    assert all(tuple(option.labels) == LANGUAGES for option in field.options)


def test_keys_are_unique_and_only_a_joined_field_shares_a_place() -> None:
    assert len({field.key for field in CATALOG.fields}) == len(CATALOG.fields)
    places = Counter(field.path for field in CATALOG.fields if not field.joins)
    assert places.most_common(1)[0][1] == 1
    assert CATALOG.field("street2").path == CATALOG.field("street2").path
    assert CATALOG.field("street2").joins == "street"


def test_what_every_invoice_needs() -> None:
    assert [field.key for field in CATALOG.fields if field.required and not field.derived] == [
        "invoiceType",
        "invoiceNumber",
        "invoiceDate",
        "dueDate",
        "originalInvoiceAmount",
        "currency",
        "remainingAmount",
    ]
    assert [field.key for field in CATALOG.fields if field.derived] == [
        "debtorType",
        "claimType",
        "uniqueSourceInvoiceId",
    ]
    assert CATALOG.field("name").unless == ("firstname", "lastname")


def test_a_field_is_found_by_key_and_by_path() -> None:
    assert CATALOG.field("debtors[0].addresses[0].zipCode").key == "zipCode"
    assert CATALOG.field("claim.fee").sets == {"claims[2].type": "FEE"}
    assert CATALOG.field("zipCode").lengths == {"NO": 4, "DK": 4, "SE": 5, "FI": 5}
    assert CATALOG.field("zipCode").fixed_length == 4
    with pytest.raises(KeyError):
        CATALOG.field("_neverMap")


def test_words_that_amili_has_not_published_say_so() -> None:
    assumed = {option.value for field in CATALOG.fields for option in field.options if option.assumed}
    assert assumed == {"COMPANY", "INTEREST", "FEE", "COST"}


def test_lists_grow_by_a_setting_and_judge_by_it() -> None:
    grown = catalog_with({"invoiceType": ["DEBT_COLLECTION", "NOTICE"], "currency": ["GBP"]})
    assert [option.value for option in grown.field("invoiceType").options] == [
        "PAYMENT_REMINDER",
        "NOTICE",
        "DEBT_COLLECTION",
    ]
    invoice = {**EXAMPLE["invoices"][0], "type": "DEBT_COLLECTION", "currency": "GBP"}
    assert jsonschema_rs.Draft202012Validator(dict(grown.item_schema)).is_valid(invoice)
    assert jsonschema_rs.Draft202012Validator(dict(grown.schema)).is_valid({"invoices": [invoice]})
    assert not jsonschema_rs.Draft202012Validator(dict(CATALOG.item_schema)).is_valid(invoice)
    with pytest.raises(Trouble, match=r"catalog\.no_such_list"):
        catalog_with({"name": ["Kari"]})
    with pytest.raises(KeyError):
        load_catalog(schema_documents(), kind="payments")


def test_money_headings_are_asked_and_look_alikes_never_mapped() -> None:
    known = known_headings(CATALOG)
    assert CATALOG.ask[fold("Beløp")] == ("remainingAmount", "originalInvoiceAmount")
    assert CATALOG.split[fold("Postnr/sted")] == ("zipCode", "city")
    assert CATALOG.split[fold("Org.nr/fødselsnr")] == ("organizationNumber", "identificationNumber")
    for heading in ("Kontonr", "Innbetalt", "Netto", "Mva", "Ordrenr", "Kontaktperson", "Payment Date"):
        assert fold(heading) in CATALOG.never
        assert fold(heading) not in known
    assert known[fold("Yritystunnus")].key == "customerNumber"
    assert known[fold("By")].key == "city"


def test_a_known_heading_names_its_languages() -> None:
    known = known_headings(CATALOG)
    assert known[fold("Eräpäivä")].languages == ("fi",)
    assert set(known[fold("Valuta")].languages) == {"nb", "sv", "da"}
    assert {"Faktura nr", "Fakturanr"} <= set(known[fold("FAKTURA NR.")].spellings)


def test_the_catalog_travels_to_another_process() -> None:
    copied: Catalog = pickle.loads(pickle.dumps(CATALOG))
    assert copied == CATALOG


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("Fakturanr.", "fakturanr"),
        ("Restbeløp", "restbelop"),
        ("E-post", "epost"),
        ("*InvoiceNumber", "invoicenumber"),
        ("POSTAL ADDR - POSTAL NO", "postaladdrpostalno"),
        ("Fo\u0308rfallodag", "forfallodag"),
        ("\uff26aktura \u2460", "faktura1"),
        ("Læselinie", "laeselinie"),
        (" \u00a0#-. ", ""),
    ],
)
def test_folding(heading: str, folded: str) -> None:
    assert fold(heading) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_leaves_letters_and_digits(heading: str) -> None:
    folded = fold(heading)
    assert fold(folded) == folded
    assert all(letter.isalnum() for letter in folded)
    assert fold(f" {heading}. ") == folded


def test_the_examples_hold_for_both_validators() -> None:
    for document in WIRE.values():
        jsonschema.Draft202012Validator.check_schema(document)
        oracle, quick = (
            jsonschema.Draft202012Validator(document),
            jsonschema_rs.Draft202012Validator(document),
        )
        for example in document.get("examples", []):
            assert [error.message for error in oracle.iter_errors(example)] == []
            assert quick.is_valid(example)


def test_every_field_has_its_place_in_the_example_type() -> None:
    """An example as the sheet shows it stands beside every leaf's own example on the wire."""
    for name, schema in CATALOG.schema["$defs"].items():
        for key, leaf in schema["properties"].items():
            if "$ref" in leaf.get("items", {}):
                continue
            rooted = {**leaf, "$defs": CATALOG.schema["$defs"]}
            for example in leaf["examples"]:
                assert jsonschema_rs.Draft202012Validator(rooted).is_valid(example), (name, key)


def _texts(schema: object, key: str) -> list[str]:
    if isinstance(schema, dict):
        own = [schema[key]] if isinstance(schema.get(key), str) else []
        return own + [text for inner in schema.values() for text in _texts(inner, key)]
    return [text for inner in schema for text in _texts(inner, key)] if isinstance(schema, list) else []


def test_patterns_mean_the_same_to_every_validator() -> None:
    for name, document in WIRE.items():
        assert '"multipleOf":' not in json.dumps(document), name
        for pattern in _texts(document, "pattern"):
            assert not re.search(r"\\[dwsbDWSB]|\(\?", pattern), (name, pattern)
            assert pattern.isascii()


@pytest.mark.parametrize("tail", ["\n", "\x00", "\x1f", "\x7f"])
@FIELDS
def test_a_control_character_at_the_end_is_refused(field: Field, tail: str) -> None:
    if field.kind in (FieldKind.AMOUNT, FieldKind.BOOLEAN):
        return
    invoice = copy.deepcopy(EXAMPLE["invoices"][0])
    path = [int(part) if part.isdigit() else part for part in re.findall(r"[a-zA-Z]+|[0-9]+", field.path)]
    place: Any = invoice
    for step, after in pairwise(path):
        if isinstance(place, dict) and step not in place:
            place[step] = [] if isinstance(after, int) else {}
        if isinstance(place, list) and step == len(place):
            place.append({"value": "22123456"})
        place = place[step]
    place[path[-1]] = f"{place.get(path[-1], 'a')}{tail}"
    for validator in (jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator):
        assert not validator(dict(CATALOG.item_schema)).is_valid(invoice)


@pytest.mark.parametrize("generation", [1, 2])
def test_every_answer_holds_its_own_example(generation: int) -> None:
    document = WIRE[f"answers-generation-{generation}"]
    assert set(document["x-answers"]) <= set(document["$defs"])
    for name, answer in document["$defs"].items():
        alone = jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": document["$defs"]})
        for example in answer.get("examples", []):
            assert alone.is_valid(example), name


def test_the_two_generations_of_a_batch_are_told_apart() -> None:
    validators = [
        jsonschema_rs.Draft202012Validator({"$ref": "#/$defs/batch", "$defs": WIRE[name]["$defs"]})
        for name in ("answers-generation-1", "answers-generation-2")
    ]
    for name, verdicts in (("answers-generation-1", [True, False]), ("answers-generation-2", [False, True])):
        (example,) = WIRE[name]["$defs"]["batch"]["examples"]
        assert [validator.is_valid(example) for validator in validators] == verdicts
