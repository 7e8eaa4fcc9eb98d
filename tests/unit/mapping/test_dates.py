"""Dates: the serial number, or the text in the order that was decided."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.mapping.converters.dates import as_date_time, date_converter, readings
from rowpost.mapping.document import DateOrder
from rowpost.mapping.results import Converted, Flawed, Target
from rowpost.model.cells import Kind

TARGET = Target("dueDate", "dueDate")


def read(
    stored: str, kind: Kind = Kind.TEXT, order: DateOrder | None = None, *, epoch_1904: bool = False
) -> Converted:
    converter = date_converter(TARGET, epoch_1904, order, as_date_time, century=True)
    return converter.of(kind, "dd.mm.yyyy" if kind is Kind.DATE else "General")(stored)


def code(found: Converted) -> str:
    return found.flaw.code if isinstance(found, Flawed) else ""


@pytest.mark.parametrize(
    "text",
    [
        "15.01.2024",
        "15.1.2024",
        "15/01/2024",
        "15-01-2024",
        "2024-01-15",
        "2024/01/15",
        "20240115",
        "15.01.24",
        "15. januar 2024",
        "15 Jan 2024",
        "15. tammikuuta 2024",
        " 15.01.2024 ",
        "2024-01-15T00:00:00Z",
        "15 jan. 2024",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert read(text) == "2024-01-15T00:00:00Z"


@pytest.mark.parametrize(
    "text",
    ["32.13.2026", "15.01", "2024", "15.01/2024", "31.02.2024", "abc", "15.01.1824", "1/2/3", "99999999"],
)
def test_what_is_no_date(text: str) -> None:
    assert code(read(text)) == "date.not_a_date"


def test_two_meanings_are_asked_until_decided() -> None:
    found = read("01.02.2024")
    assert isinstance(found, Flawed)
    assert found.flaw.code == "date.ambiguous"
    assert (found.flaw.values["one"], found.flaw.values["other"]) == (date(2024, 2, 1), date(2024, 1, 2))
    assert read("01.02.2024", order=DateOrder.DAY_MONTH) == "2024-02-01T00:00:00Z"
    assert read("01.02.2024", order=DateOrder.MONTH_DAY) == "2024-01-02T00:00:00Z"
    assert read("01.01.2024") == "2024-01-01T00:00:00Z"
    assert code(read("13.02.2024", order=DateOrder.MONTH_DAY)) == "date.not_a_date"


def test_serial_numbers_by_epoch() -> None:
    assert read("45306", Kind.DATE) == "2024-01-15T00:00:00Z"
    assert read("43844", Kind.DATE, epoch_1904=True) == "2024-01-15T00:00:00Z"


def test_a_time_of_day_is_a_note() -> None:
    found = read("45306.5", Kind.DATE)
    assert isinstance(found, Flawed)
    assert (found.value, found.flaw.code) == ("2024-01-15T00:00:00Z", "date.time_of_day")
    assert code(read("15.01.2024 12:30")) == "date.time_of_day"


def test_plain_numbers_that_can_be_dates_are_named() -> None:
    for stored in ("45306", "20240115"):
        found = read(stored, Kind.NUMBER)
        assert isinstance(found, Flawed)
        assert (found.value, found.flaw.code) == ("2024-01-15T00:00:00Z", "date.from_number")
    assert code(read("14", Kind.NUMBER)) == "date.not_a_date"
    assert code(read("45306.25", Kind.NUMBER)) == "date.not_a_date"


def test_other_kinds_are_named() -> None:
    assert code(read("1", Kind.BOOLEAN)) == "date.not_a_date"
    assert code(read("#N/A", Kind.ERROR)) == "cell.error"
    assert read("", Kind.EMPTY) is None


def test_two_digit_years_of_birth_are_not_guessed() -> None:
    assert readings("15.01.24", century=False) == {}


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from((".", "/", "-")))
def test_every_day_comes_back(day: date, sign: str) -> None:
    text = f"{day.day}{sign}{day.month:02}{sign}{day.year}"
    assert read(text, order=DateOrder.DAY_MONTH) == as_date_time(day)
    assert read(day.isoformat()) == as_date_time(day)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    found = read(text)
    assert found is None or isinstance(found, str | Flawed)
