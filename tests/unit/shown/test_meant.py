"""What is typed over a number or a date means what the cell's own form means, in every country for good."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rowpost.model.cells import Kind
from rowpost.model.table import VALUE, Cell, edited_cell
from rowpost.shown import habits_of, shown_text
from rowpost.shown.meant import meant, says_nothing_new
from rowpost.shown.typed import typed

LANGUAGES = ("en", "nb", "sv", "da", "fi")
MONEY, PLAIN = Cell(Kind.NUMBER, "3657.25", "#,##0.00"), Cell(Kind.NUMBER, "3657.25")
WHOLE, CODE = Cell(Kind.NUMBER, "3657", "#,##0"), Cell(Kind.NUMBER, "10234")
CROWNS = Cell(Kind.NUMBER, "3657.25", '[$kr-414] #,##0.00;"kr "-#,##0.00')
DAY, SYSTEM_DAY = Cell(Kind.DATE, "46357", "dd.mm.yyyy"), Cell(Kind.DATE, "46357", "m/d/yy")


@pytest.mark.parametrize(
    ("language", "before", "text", "stored"),
    [
        ("nb", MONEY, "3 658,50", "3658.50"),
        ("nb", MONEY, "3\N{NO-BREAK SPACE}658,50", "3658.50"),
        ("nb", MONEY, "3658,5", "3658.5"),
        ("nb", MONEY, "-3 658,50", "-3658.50"),
        ("en", MONEY, "3,658.50", "3658.50"),
        ("da", MONEY, "3.658,50", "3658.50"),
        ("da", MONEY, "3.658", "3658"),
        ("en", WHOLE, "3,658", "3658"),
        ("da", WHOLE, "3.658", "3658"),
        ("nb", PLAIN, "12,346", "12.346"),
        ("nb", CROWNS, "kr 3 658,50", "3658.50"),
        ("nb", CROWNS, "3 658,50", "3658.50"),
        ("nb", DAY, "02.12.2026", "46358"),
        ("en", DAY, "2.12.2026", "46358"),
        ("nb", SYSTEM_DAY, "02.12.2026", "46358"),
        ("sv", SYSTEM_DAY, "2026-12-02", "46358"),
        ("da", SYSTEM_DAY, "02-12-2026", "46358"),
        ("fi", SYSTEM_DAY, "2.12.2026", "46358"),
    ],
)
def test_a_value_in_the_form_of_the_cell(language: str, before: Cell, text: str, stored: str) -> None:
    assert meant(text, before, False, habits_of(language), amount=True) == VALUE + stored


@pytest.mark.parametrize(
    ("language", "before", "text"),
    [
        ("nb", MONEY, "1.234"),  # a point is no sign of Norwegian numbers: the checks ask what is meant
        ("nb", MONEY, "1.234,50"),
        ("da", MONEY, "1 234,50"),
        ("nb", MONEY, "3 65,25"),
        ("nb", MONEY, "12,345"),  # would be shown rounded
        ("da", MONEY, "0.150"),  # is no 150
        ("en", MONEY, "0,150"),
        ("nb", MONEY, "0 150"),
        ("nb", WHOLE, "12,5"),
        ("nb", MONEY, "3 658,50 EUR"),
        ("nb", CROWNS, "EUR 3 658,50"),
        ("nb", MONEY, "3658"),  # digits have one meaning
        ("nb", MONEY, ""),
        ("nb", MONEY, "25 %"),
        ("nb", Cell(Kind.NUMBER, "0.25", "0%"), "0,3"),
        ("nb", Cell(Kind.TEXT, "3 657,25"), "3 658,50"),
        ("nb", Cell(Kind.EMPTY, ""), "3 658,50"),
        ("nb", DAY, "12/02/2026"),
        ("nb", Cell(Kind.DATE, "46357", "mm/dd/yyyy"), "02.12.2026"),
        ("en", SYSTEM_DAY, "12/2/26"),  # two digits may be any century
        ("nb", DAY, "31.02.2026"),
        ("nb", DAY, "02.12.0026"),
        ("nb", Cell(Kind.DATE, "46357.5", "dd.mm.yyyy hh:mm"), "02.12.2026 13:30"),
        ("nb", Cell(Kind.DATE, "46357", "d. mmmm yyyy"), "2. desember 2026"),
        ("nb", Cell(Kind.NUMBER, "5", "[nonsense]0"), "3 658,50"),
    ],
)
def test_everything_else_stays_the_text_it_is(language: str, before: Cell, text: str) -> None:
    assert meant(text, before, False, habits_of(language), amount=True) == text


def test_in_an_identifier_only_signs_that_the_cell_shows_are_signs() -> None:
    assert meant("10.235", CODE, False, habits_of("da"), amount=False) == "10.235"
    grouped = Cell(Kind.NUMBER, "10234", "#,##0")
    assert meant("10 235", grouped, False, habits_of("nb"), amount=False) == VALUE + "10235"


@pytest.mark.parametrize("text", ["0150 ", " 0150", "0150\N{NO-BREAK SPACE}", "-0150", "0150,5", "0 150"])
def test_zeros_before_an_identifier_are_never_lost(text: str) -> None:
    before = Cell(Kind.NUMBER, "1234.5", "#,##0.0")
    assert meant(text, before, False, habits_of("nb"), amount=False) == text


def test_nobody_types_a_value_by_its_sign() -> None:
    assert meant(VALUE + "5", MONEY, False, habits_of("nb"), amount=True) == "5"
    assert meant(VALUE + "abc", CODE, False, habits_of("nb"), amount=False) == "abc"


ROUNDED, MOMENT = Cell(Kind.NUMBER, "3657.2549", "#,##0.00"), Cell(Kind.DATE, "46357.4375", "yyyy-mm-dd")


@pytest.mark.parametrize(
    ("before", "text", "same"),
    [
        (MONEY, "3657,25", True),
        (MONEY, "3 657,25", True),
        (MONEY, "3 657,26", False),
        (ROUNDED, "3657,25", False),  # the cell holds more than it shows
        (ROUNDED, "3 657,25", False),
        (Cell(Kind.NUMBER, "0.30000000000000004", "0.00"), "0,3", True),
        (Cell(Kind.NUMBER, "3657.4", "0"), "3657", False),
        (Cell(Kind.NUMBER, "3657", "0"), "3657", True),
        (Cell(Kind.NUMBER, "0.25", "0%"), "25%", True),
        (Cell(Kind.DATE, "46357", "yyyy-mm-dd"), "2026-12-01", True),
        (Cell(Kind.DATE, "2026-12-01", "yyyy-mm-dd"), "2026-12-01", True),
        (MOMENT, "2026-12-01", False),  # the day alone is another value
        (Cell(Kind.DATE, "46357.4375", "d. mmmm yyyy"), "1. desember 2026", False),
        (Cell(Kind.DATE, "46357.4375", "d. mmmm yyyy hh:mm"), "1. desember 2026 10:30", True),
        (Cell(Kind.TEXT, "1.234"), "1.234", True),
        (Cell(Kind.TEXT, "1.234"), "1234", False),
        (Cell(Kind.EMPTY, ""), "", True),
        (MONEY, "", False),
    ],
)
def test_an_entry_is_none_only_where_it_changes_no_value(before: Cell, text: str, same: bool) -> None:
    edit = meant(text, before, False, habits_of("nb"), amount=True)
    assert says_nothing_new(edit, before, False, habits_of("nb")) is same


def test_a_fix_that_takes_a_time_of_day_away_is_kept_as_it_is_written() -> None:
    system = Cell(Kind.DATE, "46357.4375", "m/d/yy")
    assert shown_text(system, False, habits_of("sv")) == "2026-12-01"
    for cell, language in ((MOMENT, "en"), (system, "sv")):
        assert not says_nothing_new("2026-12-01", cell, False, habits_of(language))


AMOUNTS = st.decimals(-(10**6), 10**6, places=2)  # General shows more digits rounded
FORMATS = st.sampled_from(["General", "#,##0.00", "0.00", '#,##0.00" kr"', "[$kr-414] #,##0.00", "0.000"])


@given(AMOUNTS, AMOUNTS, FORMATS, st.sampled_from(LANGUAGES), st.booleans())
def test_what_is_seen_can_be_typed(
    there: Decimal, new: Decimal, code: str, language: str, amount: bool
) -> None:
    habits, before = habits_of(language), Cell(Kind.NUMBER, f"{there:f}", code)
    text = shown_text(Cell(Kind.NUMBER, f"{new:f}", code), False, habits)
    assert text is not None
    assume(not text.isdecimal())
    found = edited_cell(meant(text, before, False, habits, amount=amount), before)
    if found.kind is Kind.NUMBER:
        assert Decimal(found.stored) == new
        assert shown_text(found, False, habits) == text
    else:
        assert found.stored == text
        assert not amount, "an amount that the window shows is always read"


@given(st.text("0123456789., -\N{NO-BREAK SPACE}kr", max_size=12), FORMATS, st.sampled_from(LANGUAGES))
def test_a_text_is_kept_or_read_by_its_own_signs(text: str, code: str, language: str) -> None:
    """Nothing is dropped but signs between thousands: the digits of a value are those of the text."""
    habits, before = habits_of(language), Cell(Kind.NUMBER, "3657.25", code)
    edit = meant(text, before, False, habits, amount=True)
    if edit == text:
        return
    assert edit.startswith(VALUE)
    value = Decimal(edit.removeprefix(VALUE))
    digits = "".join(one for one in text if one in "0123456789" or one == habits.decimal)
    assert abs(value) == Decimal(digits.replace(habits.decimal, "."))


@given(st.integers(61, 2_958_465), st.sampled_from(["dd.mm.yyyy", "yyyy-mm-dd", "d/m/yyyy", "mm/dd/yyyy;@"]))
def test_a_day_is_the_one_that_would_be_shown_so(serial: int, code: str) -> None:
    text = shown_text(Cell(Kind.DATE, str(serial), code), False)
    assert text is not None
    assert meant(text, Cell(Kind.DATE, "46357", code), False, habits_of("nb"), amount=False) == VALUE + str(
        serial
    )


def test_a_value_goes_into_a_copy_of_the_workbook_as_it_is() -> None:
    assert typed(VALUE + "3658.5", MONEY, False) == Cell(Kind.NUMBER, "3658.5", "#,##0.00")


def test_over_a_text_a_value_is_a_text() -> None:
    assert edited_cell(VALUE + "5", Cell(Kind.TEXT, "x")) == Cell(Kind.TEXT, "5", "@")
