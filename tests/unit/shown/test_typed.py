"""What a person typed becomes a number or a date only where it can mean nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.shown import shown_text
from rowpost.shown.typed import typed

MONEY, DAY = Cell(Kind.NUMBER, "12.5", "#,##0.00"), Cell(Kind.DATE, "46000", "dd.mm.yyyy")
PLAIN, CODE = Cell(Kind.NUMBER, "912345678"), Cell(Kind.NUMBER, "150", "0000")


@pytest.mark.parametrize(
    ("text", "before", "kind", "stored"),
    [
        ("1234,5", MONEY, Kind.NUMBER, "1234.5"),
        ("-7.00", MONEY, Kind.NUMBER, "-7.00"),
        ("1.234", MONEY, Kind.TEXT, "1.234"),
        ("1 234,50", MONEY, Kind.TEXT, "1 234,50"),
        ("987654321", PLAIN, Kind.NUMBER, "987654321"),
        ("0987", PLAIN, Kind.TEXT, "0987"),
        ("10,5", PLAIN, Kind.TEXT, "10,5"),
        ("0151", CODE, Kind.NUMBER, "151"),
        ("151", CODE, Kind.TEXT, "151"),
        ("10234", Cell(Kind.NUMBER, "10234", "#,##0"), Kind.TEXT, "10234"),
        ("10234", Cell(Kind.TEXT, "x"), Kind.TEXT, "10234"),
        ("10234", Cell(Kind.EMPTY, ""), Kind.TEXT, "10234"),
        ("", MONEY, Kind.EMPTY, ""),
        ("2026-12-24", DAY, Kind.DATE, "46380"),
        ("24.12.2026", DAY, Kind.DATE, "46380"),
        ("2026-12-24", Cell(Kind.TEXT, "?", "dd.mm.yyyy"), Kind.DATE, "46380"),
        ("03/04/2026", DAY, Kind.TEXT, "03/04/2026"),
        ("2026-02-30", DAY, Kind.TEXT, "2026-02-30"),
        ("0001-01-01", DAY, Kind.TEXT, "0001-01-01"),
        ("=1+1", MONEY, Kind.TEXT, "=1+1"),
        ("١٢", MONEY, Kind.TEXT, "١٢"),
    ],
)
def test_what_a_typed_text_becomes(text: str, before: Cell, kind: Kind, stored: str) -> None:
    found = typed(text, before, False)
    assert (found.kind, found.stored, found.format) == (kind, stored, before.format)


def test_the_other_epoch() -> None:
    found = typed("2026-12-24", DAY, True)
    assert shown_text(found, True) == "24.12.2026"


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(".,"), st.booleans())
def test_an_amount_keeps_its_worth(amount: Decimal, mark: str, epoch_1904: bool) -> None:
    found = typed(f"{amount:f}".replace(".", mark), MONEY, epoch_1904)
    assert (found.kind, Decimal(found.stored)) == (Kind.NUMBER, amount)


@given(st.text(max_size=12), st.sampled_from([MONEY, DAY, PLAIN, CODE]), st.booleans())
def test_no_text_is_lost(text: str, before: Cell, epoch_1904: bool) -> None:
    found = typed(text, before, epoch_1904)
    assert found.kind in (Kind.NUMBER, Kind.DATE) or found.stored == text
