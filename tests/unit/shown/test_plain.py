"""The short way of the usual formats shows what the general one does, digit by digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.shown import EXCEL_US, habits_of
from rowpost.shown.codes import UnknownCode, sections_of
from rowpost.shown.numbers import layout_of, show_number
from rowpost.shown.plain import plain_number

USUAL = ["0", "0.00", "#,##0", "#,##0.00", "0000", "#,##0000", "#", "#,###", "0%", "0.0%", "0.0,", "#.00"]
DRESSED = ['0" kr"', '"kr "#,##0.00', "[$kr-414] #,##0.00_)", '#,##0.00" kr."', "(0.00)", '"a"0"b"']
OTHER = ["0##", "0.0#", "0.??", "???", "00 00 00", "0.00E+00", '0.0" "0', "0-0", "#,##0.00#"]
VALUES = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False)


@given(st.one_of(st.sampled_from(USUAL + DRESSED), st.text('0#,. %-"k', max_size=9)), VALUES)
def test_both_ways_lead_to_the_same(code: str, value: Decimal) -> None:
    try:
        layout = layout_of(sections_of(code)[0])
    except UnknownCode:
        return
    for habits in (EXCEL_US, habits_of("nb"), habits_of("da")):
        short = plain_number(layout, habits)
        assert short is None or short(value) == show_number(value, layout, habits)


@pytest.mark.parametrize("code", USUAL + DRESSED)
def test_the_usual_ones_go_the_short_way(code: str) -> None:
    assert plain_number(layout_of(sections_of(code)[0]), EXCEL_US) is not None


@pytest.mark.parametrize("code", OTHER)
def test_others_do_not(code: str) -> None:
    assert plain_number(layout_of(sections_of(code)[0]), EXCEL_US) is None


@pytest.mark.parametrize(
    ("code", "value"), [("0.00", "1E+300"), ("0", "1E-300"), ("0.0%", "9.995"), ("0.00", "1.005")]
)
def test_far_and_near(code: str, value: str) -> None:
    layout = layout_of(sections_of(code)[0])
    short = plain_number(layout, EXCEL_US)
    assert short is not None
    assert short(Decimal(value)) == show_number(Decimal(value), layout)
