"""What is typed into the search box is read in every way a person may mean it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.session.searching import wanted

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("10234", ["10234"]),
        ("1 234,50", ["1234.50"]),
        ("1\N{NO-BREAK SPACE}234,5 NOK", ["1234.5"]),
        ("kr 1.234,50", ["1234.50"]),
        ("1,234.50", ["1234.50"]),
        ("1.234.567", ["1234567"]),
        ("1.234", ["1234", "1.234"]),
        ("1250,-", ["1250"]),
        ("-12,5", ["-12.5"]),
        ("\N{MINUS SIGN}12,5", ["-12.5"]),
        ("A-17", []),
        ("12 apples", []),
        ("1234567890123456", []),
        ("", []),
        (",5", []),
        ("١٢٣", []),
    ],
)
def test_amounts_as_people_write_them(text: str, amounts: list[str]) -> None:
    assert wanted(text, NOW).amounts == tuple(map(Decimal, amounts))


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        ("3.11.2026", (2026, 11, 3), 1),
        ("03/11/26", (2026, 11, 3), 1),
        ("2026-11-03", (2026, 11, 3), 1),
        ("3.11.", (2026, 11, 3), 1),
        ("3. november", (2026, 11, 3), 1),
        ("3 Nov 2025", (2025, 11, 3), 1),
        ("3 marraskuuta 2026", (2026, 11, 3), 1),
        ("24.12", (2025, 12, 24), 1),
        ("november 2026", (2026, 11, 1), 30),
        ("desember", (2025, 12, 1), 31),
    ],
)
def test_days_as_people_write_them(text: str, start: tuple[int, int, int], days: int) -> None:
    found = wanted(text, NOW).days
    assert found is not None
    first, after = (moment.replace(tzinfo=None) for moment in found)
    assert first == datetime(*start)
    assert after - first == timedelta(days=days)
    assert all(moment.tzinfo for moment in found)


@pytest.mark.parametrize("text", ["31.2.2026", "13/13/2026", "hello", "10234", "0.0", "29.2"])
def test_what_is_no_day(text: str) -> None:
    assert wanted(text, NOW).days is None


@given(st.text(max_size=40))
def test_every_text_can_be_searched_for(text: str) -> None:
    found = wanted(text, NOW)
    assert found.text == " ".join(text.split())
    assert all(amount.is_finite() for amount in found.amounts)
