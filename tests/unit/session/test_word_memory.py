"""Words of a creditor's sheets: what was said once is known next time, for that creditor alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from rowpost.mapping import FieldRule, Mapping
from rowpost.model.workbook import Opened
from rowpost.session import word_memory
from tests.support.catalogs import invoice_catalog
from tests.support.tables import layout_of, table_of

SAID = FieldRule("debtorType", (1,), values={"Hushold": "PRIVATE", "Firma X": "COMPANY"})


def book(*words: str) -> Opened:
    rows = [("Kundetype",), *((word,) for word in words)]
    return Opened("a.xlsx", "a.xlsx", 1, "", (), table_of(rows), layout_of(rows))


def recalled(file: Path, creditor: str, opened: Opened, rule: FieldRule | None = None) -> FieldRule:
    mapping = Mapping(rules=(rule or FieldRule("debtorType", (1,), reason="mapping.reason.same_heading"),))
    known = word_memory.load(file)
    found = word_memory.recall(opened, invoice_catalog(), known, creditor, mapping).rule("debtorType")
    assert found is not None
    return found


def test_a_word_means_next_month_what_it_meant_this_month(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    word_memory.remember(file, "Riverside", Mapping(rules=(SAID,)))
    found = recalled(file, "Riverside", book("HUSHOLD", "B"))
    assert (found.values, found.reason) == (
        {"HUSHOLD": "PRIVATE"},
        "mapping.reason.words_remembered",
    )
    assert not recalled(file, "Lakeside", book("Hushold")).values
    assert recalled(file, "Riverside", book("B")).reason == "mapping.reason.same_heading"


def test_what_was_put_in_from_memory_is_told(tmp_path: Path) -> None:
    before = Mapping(rules=(FieldRule("debtorType", (1,), values={"B": "COMPANY"}), FieldRule("x", (2,))))
    now = before.with_rules([FieldRule("debtorType", (1,), values={"B": "COMPANY", "P": "PRIVATE"})])
    (fact,) = word_memory.news(before, now)
    assert (fact.code, fact.values["words"]) == ("mapping.words_recalled", "P = PRIVATE")
    assert word_memory.news(now, now) == ()


def test_what_is_said_now_comes_before_what_was_said_then(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    word_memory.remember(file, "Riverside", Mapping(rules=(SAID,)))
    now = FieldRule("debtorType", (1,), values={"Hushold": "COMPANY"})
    assert recalled(file, "Riverside", book("Hushold"), now) == now
    word_memory.remember(file, "Riverside", Mapping(rules=(now,)))
    assert recalled(file, "Riverside", book("Hushold")).values == {"Hushold": "COMPANY"}


def test_a_word_that_no_longer_exists_is_not_put_in(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    gone = FieldRule("debtorType", (1,), values={"Hushold": "HOUSEHOLD"})
    word_memory.remember(file, "Riverside", Mapping(rules=(gone,)))
    assert not recalled(file, "Riverside", book("Hushold")).values


@pytest.mark.parametrize("text", ["", "{", "[]", '{"Riverside": 1}', '{"Riverside": {"debtorType": 3}}'])
def test_a_damaged_memory_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "words.json"
    file.write_text(text, "utf-8")
    assert not recalled(file, "Riverside", book("Hushold")).values
    word_memory.remember(file, "Riverside", Mapping(rules=(SAID,)))
    assert recalled(file, "Riverside", book("Hushold")).values
