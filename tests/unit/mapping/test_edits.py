"""What a person has entered over a number or a date is no text: no style of its column can read it anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rowpost.mapping import NumberStyle, Sender, build
from rowpost.model.table import VALUE
from rowpost.shown import habits_of
from rowpost.shown.meant import meant
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import HEADINGS, ORGANIZATION, mapped, row_with, sheet_of
from tests.support.tables import number

REST, DUE = HEADINGS.index("Restbeløp") + 1, HEADINGS.index("Forfallsdato") + 1


@pytest.mark.parametrize(
    ("elsewhere", "language", "typed", "amount"),
    [
        ("1,234.50", "nb", "12,340", None),  # would be twelve thousand in this column, twelve in the window
        ("1,234.50", "nb", "3 658,50", Decimal("3658.50")),
        ("1.234,50", "en", "3,650", Decimal("3650.00")),  # would be 3.65
        ("1,234.50", "da", "3.650", Decimal("3650.00")),
        ("1 234,50", "da", "3.650", Decimal("3650.00")),
        ("1 234,50", "nb", "3 658,50", Decimal("3658.50")),
    ],
)
def test_the_window_s_form_and_the_column_s_texts_do_not_meet(
    elsewhere: str, language: str, typed: str, amount: Decimal | None
) -> None:
    rows = [row_with(Restbeløp=number("3657", "#,##0.00")), row_with(Fakturanr="10235", Restbeløp=elsewhere)]
    table, layout = sheet_of(*rows)
    edit = meant(typed, table.cell(2, REST), False, habits_of(language), amount=True)
    edited = table.with_edits({(2, REST): edit})
    rule = mapped(table, layout).rule("remainingAmount")
    assert rule is not None
    style = NumberStyle.POINT if "." in elsewhere[-4:] else NumberStyle.COMMA
    mapping = mapped(table, layout).with_rules([replace(rule, number_style=style)])
    draft = next(iter(build(edited, layout, mapping, invoice_catalog(), Sender(ORGANIZATION))))
    assert draft.payload["claims"][0].get("remainingAmount") == (amount or Decimal("12.34"))
    assert not draft.flaws


def test_a_day_is_not_read_by_the_order_of_other_texts() -> None:
    rows = [row_with(Forfallsdato=date(2026, 9, 1)), row_with(Fakturanr="10235", Forfallsdato="09/25/2026")]
    table, layout = sheet_of(*rows)
    edit = meant("02.09.2026", table.cell(2, DUE), False, habits_of("nb"), amount=False)
    edited = table.with_edits({(2, DUE): edit})
    draft = next(iter(build(edited, layout, mapped(table, layout), invoice_catalog(), Sender(ORGANIZATION))))
    assert draft.payload["dueDate"] == "2026-09-02T00:00:00Z"


def test_values_are_no_evidence_for_the_style_of_texts() -> None:
    table, layout = sheet_of(row_with(Restbeløp=number("3657", "#,##0.00")))
    edited = table.with_edits({(2, REST): VALUE + "12.340"})
    assert mapped(edited, layout).rule("remainingAmount") == mapped(table, layout).rule("remainingAmount")
