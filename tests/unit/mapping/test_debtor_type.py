"""Person or company, where no column says it: told by numbers and names, asked once, never guessed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping import (
    DEBTOR_TYPE,
    FieldRule,
    Mapping,
    Untold,
    build,
    from_document,
    see,
    suggest,
    to_document,
    with_constants,
)
from rowpost.mapping.debtor_type import debtor_types, or_else
from rowpost.model.trouble import Trouble
from tests.support.catalogs import invoice_catalog
from tests.support.tables import Given, layout_of, table_of

CATALOG = invoice_catalog()
SCHEMA = json.loads(Path("schemas/mapping.schema.json").read_text("utf-8"))
HEADINGS = ("Fakturanr", "Navn", "Orgnr", "Restbeløp", "Kundetype")
OTHERWISE = f"{DEBTOR_TYPE}.otherwise"


def sheet(*debtors: tuple[Given, Given], kinds: Sequence[Given] = ()) -> list[list[Given]]:
    """A name and an organisation number a row."""
    rows: list[list[Given]] = [list(HEADINGS if kinds else HEADINGS[:-1])]
    for at, (name, number) in enumerate(debtors):
        rows.append([str(100 + at), name, number, 100, *(kinds[at : at + 1])])
    return rows


def asked(rows: list[list[Given]], **said: str) -> Untold | None:
    table, layout = table_of(rows), layout_of(rows)
    return see(table, layout, mapping_of(rows, said), CATALOG).untold


def mapping_of(rows: list[list[Given]], said: dict[str, str]) -> Mapping:
    return with_constants(suggest(table_of(rows), layout_of(rows), CATALOG), said, CATALOG)


def types(rows: list[list[Given]], said: dict[str, str]) -> list[object]:
    found = build(table_of(rows), layout_of(rows), mapping_of(rows, said), CATALOG)
    return [draft.payload["debtors"][0].get("type") for draft in found]


MIXED = sheet(("Kari Nordmann", None), ("Fjord", "923609016"), ("Ola Hansen", None), ("Berg AS", None))


def test_debtors_that_nothing_tells_are_counted_with_a_reason() -> None:
    found = asked(MIXED)
    assert found == Untold(2, 4, "Kari Nordmann", 2, "PRIVATE", "mapping.untold.no_number")


def test_where_no_company_has_a_number_the_form_in_the_name_is_the_reason() -> None:
    rows = sheet(("Kari Nordmann", None), ("Berg AS", None))
    found = asked(rows)
    assert found is not None
    assert found.reason == "mapping.untold.no_form"
    assert asked(sheet(("Kari Nordmann", None))) == Untold(
        1, 1, "Kari Nordmann", 2, "PRIVATE", "mapping.untold.names"
    )


def test_of_a_long_sheet_the_first_are_looked_at_and_that_is_said() -> None:
    told = sheet(*((f"Fjord {at}", "923609016") for at in range(4_998)), ("Kari Nordmann", None))
    found = asked([*told, *sheet(("Ola Hansen", None))[1:]])
    assert found is not None
    assert (found.count, found.seen, found.whole) == (2, 5_000, True)
    longer = asked([*told, *sheet(("Ola Hansen", None), ("Liv Moe", None))[1:]])
    assert longer == replace(found, whole=False)


def test_names_that_are_hardly_a_persons_are_named_and_nothing_is_proposed_for_many() -> None:
    some = [("Kari Nordmann", None), ("Ola Hansen", None), ("Liv Moe", None), ("Per Å. Dahl-Vik", None)]
    found = asked(sheet(*some, ("Sameiet Solbakken", None)))
    assert found is not None
    assert (found.proposed, found.doubtful) == ("PRIVATE", (("Sameiet Solbakken", 6),))
    several: list[tuple[Given, Given]] = [("Tromsø kommune", None), ("Rema 1000", None), ("Kiwi", None)]
    doubt = asked(sheet(some[0], *several))
    assert doubt is not None
    assert (doubt.proposed, len(doubt.doubtful)) == ("", 3)


def test_nothing_is_asked_once_it_is_said_or_where_all_are_told() -> None:
    assert asked(MIXED, **{OTHERWISE: "PRIVATE"}) is None
    assert asked(MIXED, debtorType="PRIVATE") is None
    assert asked(sheet(("Fjord", "923609016"), ("Berg AS", None))) is None


def test_a_word_that_is_not_understood_is_no_silence() -> None:
    rows = sheet(
        ("Kari Nordmann", None), ("Ola Hansen", None), ("Liv Moe", None), kinds=("X", "Privat", None)
    )
    found = asked(rows)
    assert found is not None
    assert (found.count, found.row) == (1, 4)


def test_what_is_said_of_the_others_never_changes_what_is_told() -> None:
    assert types(MIXED, {}) == [None, "COMPANY", None, "COMPANY"]
    assert types(MIXED, {OTHERWISE: "PRIVATE"}) == ["PRIVATE", "COMPANY", "PRIVATE", "COMPANY"]
    rows = sheet(("Kari Nordmann", None), ("Fjord", "923609016"), kinds=(None, None))
    rows.append(["109", "Liv Moe", None, 100, "Privat"])
    assert types(rows, {OTHERWISE: "COMPANY"}) == ["COMPANY", "COMPANY", "PRIVATE"]
    assert types(rows, {OTHERWISE: "PRIVATE"}) == ["PRIVATE", "COMPANY", "PRIVATE"]


@given(st.lists(st.tuples(*[st.sampled_from((None, "x"))] * 3), max_size=6))
def test_only_the_silent_rows_with_a_debtor_change(rows: list[tuple[str | None, ...]]) -> None:
    names, numbers, cities = zip(*rows, strict=True) if rows else ((), (), ())
    columns = {"name": names, "organizationNumber": numbers}
    told = debtor_types(columns, len(rows))
    after = or_else(told, "PRIVATE", [names, numbers, cities])
    for kind, then, row in zip(told, after, rows, strict=True):
        assert then == (kind or ("PRIVATE" if any(row) else None))


def test_it_is_kept_with_the_mapping_and_older_programs_refuse_what_they_cannot_read() -> None:
    mapping = mapping_of(MIXED, {OTHERWISE: "PRIVATE"})
    document = json.loads(json.dumps(to_document(mapping)))
    assert document["version"] == 3
    assert from_document(document, SCHEMA).rule(DEBTOR_TYPE) == mapping.rule(DEBTOR_TYPE)
    with_column = mapping_of(sheet(("Kari", None), kinds=("Privat",)), {OTHERWISE: "PRIVATE"})
    assert to_document(with_column)["version"] == 1


def test_a_default_without_a_column_is_the_same_for_all_rows_of_other_fields() -> None:
    rule = FieldRule("description", default="Strøm")
    table, layout = table_of(MIXED), layout_of(MIXED)
    found = list(build(table, layout, mapping_of(MIXED, {}).with_rules([rule]), CATALOG))
    assert {draft.payload["description"] for draft in found} == {"Strøm"}


def test_a_word_that_is_no_choice_is_refused() -> None:
    with pytest.raises(Trouble) as caught:
        mapping_of(MIXED, {OTHERWISE: "PERSON"})
    assert caught.value.code == "mapping.unknown_choice"
