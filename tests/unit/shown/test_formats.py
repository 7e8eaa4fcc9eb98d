"""Number formats by their rules (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.shown import is_date_format, serial_date, shown_text

CASES = [
    ("General", "0", "0"),
    ("General", "1234.5", "1234.5"),
    ("General", "-0.5", "-0.5"),
    ("General", "0.30000000000000004", "0.3"),
    ("General", "12345678901", "12345678901"),
    ("General", "123456789012", "1.23457E+11"),
    ("General", "1E+15", "1E+15"),
    ("General", "0.1234567891", "0.123456789"),
    ("General", "1234567.891234", "1234567.891"),
    ("General", "0.000012345678", "1.23457E-05"),
    ("0", "-0.3", "-0"),
    ("0", "2.5", "3"),
    ("0.00", "1.005", "1.01"),
    ("0000", "158", "0158"),
    ("00000000000", "1234567890", "01234567890"),
    ("#,##0", "1234567", "1,234,567"),
    ("#,##0.00", "-1234.5", "-1,234.50"),
    ("#,##0.00_);(#,##0.00)", "-1234.5", "(1,234.50)"),
    ("#,##0.00_);(#,##0.00)", "1234.5", "1,234.50 "),
    ("#,##0.00;[Red]-#,##0.00", "-3", "-3.00"),
    ("0%", "0.256", "26%"),
    ("0.0%", "-0.0256", "-2.6%"),
    ("0.00E+00", "123456", "1.23E+05"),
    ("0.00E+00", "0", "0.00E+00"),
    ("0.00E-00", "0.00012", "1.20E-04"),
    ("##0.0E+0", "12345", "12.3E+3"),
    ("00 00 00 00 000", "1015596784", "01 01 55 96 784"),
    ("000\\-00\\-0000", "123456789", "123-45-6789"),
    ('0" kr"', "5", "5 kr"),
    ("0.0,", "1234567", "1234.6"),
    ('0.0,,"M"', "1234567", "1.2M"),
    ("#.##", "0.5", ".5"),
    ("#", "0", ""),
    ("0.0#", "1.5", "1.5"),
    ("0.??", "1.5", "1.5 "),
    ("???", "5", "  5"),
    ("[$kr-414] #,##0.00", "12.5", "kr 12.50"),
    ("[>=100]0;[<0]\\m0;0.0", "50", "50.0"),
    ("[>=100]0;0.0", "150", "150"),
    ('"a";"b";"c"', "-1", "b"),
    ('"a";"b";"c"', "0", "c"),
    (";;;", "5", ""),
    ("@", "5", "5"),
    ('General" stk"', "5", "5 stk"),
    ("# ?/?", "1.25", "1 1/4"),
    ("# ?/?", "5", "5    "),
    ("# ??/??", "0.3333333333", " 1/3 "),
    ("# ?/8", "1.5", "1 4/8"),
    ("?/?", "1.5", "3/2"),
    ("dd.mm.yyyy", "45306", "15.01.2024"),
    ("d/m/yy", "45306", "15/1/24"),
    ("yyyy-mm-dd", "60", "1900-02-29"),
    ("yyyy-mm-dd", "0", "1900-01-00"),
    ("yyyy-mm-dd", "1", "1900-01-01"),
    ("yyyy-mm-dd", "2958465", "9999-12-31"),
    ("d mmmm yyyy", "45306", "15 January 2024"),
    ("ddd d-mmm-yy", "45306", "Mon 15-Jan-24"),
    ("dddd", "1", "Sunday"),
    ("mmmmm", "45306", "J"),
    ("[$-414]d. mmmm yyyy", "45306", "15. januar 2024"),
    ("[$-41D]dddd d mmmm", "45306", "måndag 15 januari"),
    ("h:mm AM/PM", "45306.75", "6:00 PM"),
    ("h:mm A/P", "45306.25", "6:00 A"),
    ("hh:mm:ss", "0.999988", "23:59:59"),
    ("h:mm", "0.9999884", "23:59"),
    ("[h]:mm:ss", "1.5", "36:00:00"),
    ("[mm]:ss", "0.0625", "90:00"),
    ("mm:ss.0", "0.00001", "00:00.9"),
    ("h:mm:ss.000", "0.5000001", "12:00:00.009"),
    ("yyyy\\-mm\\-dd\\ hh:mm", "45306.5", "2024-01-15 12:00"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45306", "Monday, January 15, 2024"),
]


@pytest.mark.parametrize(("code", "stored", "shown"), CASES)
def test_numbers_are_shown_by_their_format(code: str, stored: str, shown: str) -> None:
    assert shown_text(Cell(Kind.NUMBER, stored, code), False) == shown


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("General", "0150", "0150"),
        ("0.00", "abc", "abc"),
        ('0;-0;0;"<"@">"', "abc", "<abc>"),
        ("0;-0;0;", "abc", ""),
        ('@" AS"', "Nord", "Nord AS"),
        ("[nonsense]0", "abc", "abc"),
    ],
)
def test_texts_are_shown_by_their_section(code: str, text: str, shown: str) -> None:
    assert shown_text(Cell(Kind.TEXT, text, code), False) == shown


@pytest.mark.parametrize(
    ("code", "stored"),
    [
        ("dd.mm.yyyy", "-1"),
        ("dd.mm.yyyy", "2958466"),
        ("[$-411]d mmmm yyyy", "45306"),
        ("[$-414]d. mmm yyyy", "45306"),
        ("[nonsense]0", "5"),
        ("0;0;0;0;0", "5"),
        ("[>=100]0;0.0", "-5"),
        ("qqq", "5"),
    ],
)
def test_what_is_not_covered_is_not_guessed(code: str, stored: str) -> None:
    assert shown_text(Cell(Kind.NUMBER, stored, code), False) is None


def test_other_kinds_are_shown_as_excel_does() -> None:
    assert shown_text(Cell(Kind.BOOLEAN, "1"), False) == "TRUE"
    assert shown_text(Cell(Kind.ERROR, "#N/A"), False) == "#N/A"
    assert shown_text(Cell(Kind.NO_VALUE, ""), False) is None
    assert shown_text(Cell(Kind.EMPTY, ""), False) == ""
    assert shown_text(Cell(Kind.DATE, "2024-01-15T00:00:00", "dd.mm.yyyy"), False) == "15.01.2024"


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0.00E+00", False),
        ("dd.mm.yyyy", True),
        ("[h]:mm", True),
        ('#,##0 "dager"', False),
        ("[Red]0", False),
        ("[$-414]d. mmmm yyyy", True),
        ("\\d0", False),
        ("@", False),
    ],
)
def test_date_formats_are_known_as_such(code: str, is_date: bool) -> None:
    assert is_date_format(code) is is_date


@pytest.mark.parametrize(
    ("stored", "epoch_1904", "moment"),
    [
        ("45306", False, datetime(2024, 1, 15)),
        ("43844", True, datetime(2024, 1, 15)),
        ("45306.75", False, datetime(2024, 1, 15, 18)),
        ("1", False, datetime(1900, 1, 1)),
        ("61", False, datetime(1900, 3, 1)),
        ("60", False, None),
        ("-1", False, None),
        ("2958466", False, None),
        ("2024-01-15", False, datetime(2024, 1, 15)),
        ("abc", False, None),
    ],
)
def test_serial_dates(stored: str, epoch_1904: bool, moment: datetime | None) -> None:
    assert serial_date(stored, epoch_1904) == moment


@given(
    st.text(alphabet='0#?.,%;E+-"\\_*@/[]$ dmyhsAP$€<>=0123456789Ggeneral', max_size=25),
    st.floats(-1e16, 1e16),
)
def test_no_code_brings_it_down(code: str, number: float) -> None:
    for kind in (Kind.NUMBER, Kind.TEXT, Kind.DATE):
        shown = shown_text(Cell(kind, repr(number), code), False)
        assert shown is None or isinstance(shown, str)


@given(st.integers(-(10**14), 10**14), st.integers(0, 4))
def test_a_plain_format_keeps_the_value(number: int, places: int) -> None:
    stored = f"{Decimal(number).scaleb(-places):f}"
    code = "0." + "0" * places if places else "0"
    shown = shown_text(Cell(Kind.NUMBER, stored, code), False)
    assert shown is not None
    assert Decimal(shown) == Decimal(stored)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", "Bråten"),
        ("@", "Bråten"),
        ('"Herr "@', "Herr Bråten"),
        ('0;-0;0;@" AS"', "Bråten AS"),
        (";;;", ""),
        (';;;"x"', "x"),
        ("0;0;0;0", None),
    ],
)
def test_a_text_under_a_format(code: str, shown: str | None) -> None:
    assert shown_text(Cell(Kind.TEXT, "Bråten", code), epoch_1904=False) == shown
