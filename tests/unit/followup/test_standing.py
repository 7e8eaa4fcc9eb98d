"""How invoices stand is told by their amounts; what is not said is never made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.followup import (
    add_up,
    age_of,
    changes,
    days_past_due,
    has_changed,
    seen_of,
    standing,
    standing_of,
    totals,
)
from rowpost.model.answers import CaseFacts, InvoiceFacts
from rowpost.model.followup import Age, Answer, Asked, FollowLine, Seen, Standing

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 3, tzinfo=UTC)


def seen(remaining: str | None, paid: str | None = "0", credited: str | None = None, **more: object) -> Seen:
    amounts = [None if text is None else Decimal(text) for text in (remaining, paid, credited)]
    values = {"answers": 1, "currency": "NOK", "due_date": "2026-10-01", **more}
    return Seen(remaining=amounts[0], paid=amounts[1], credited=amounts[2], **values)  # type: ignore[arg-type]


def line(now: Seen | None, before: Seen | None = None) -> FollowLine:
    return FollowLine(Asked("1"), now, AT, before, AT)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (seen("100"), Standing.OPEN),
        (seen("100", None), Standing.OPEN),
        (seen("60", "40"), Standing.PART),
        (seen("60", "0", "40"), Standing.PART),
        (seen("0", "100"), Standing.PAID),
        (seen("0.00", "100", "0"), Standing.PAID),
        (seen("0", "0", "100"), Standing.CREDITED),
        (seen("0", "50", "50"), Standing.SETTLED),
        (seen("0", None), Standing.SETTLED),
        (seen(None, "100", status="PAID"), Standing.UNCLEAR),
        (seen("-5", "105"), Standing.UNCLEAR),
        (seen("0", "100", answers=2), Standing.SEVERAL),
        (Seen(), Standing.NOT_FOUND),
    ],
)
def test_how_an_invoice_stands(one: Seen, expected: Standing) -> None:
    assert standing_of(one) is expected
    assert standing(line(one)) is expected
    assert standing(line(None)) is Standing.NOT_ASKED


@pytest.mark.parametrize(
    ("due", "age"),
    [
        ("2026-11-22", Age.NOT_DUE),
        ("2026-11-21", Age.NOT_DUE),
        ("2026-11-20", Age.TO_30),
        ("2026-10-22", Age.TO_30),
        ("2026-10-21", Age.TO_60),
        ("2026-08-23", Age.TO_90),
        ("2026-08-22", Age.OVER_90),
        ("", Age.NO_DATE),
        ("soon", Age.NO_DATE),
    ],
)
def test_how_old_it_is(due: str, age: Age) -> None:
    assert age_of(seen("1", due_date=due), TODAY) is age


def test_a_date_in_the_other_order_is_no_date() -> None:
    assert days_past_due(seen("1", due_date="01.10.2026"), TODAY) is None


def test_the_case_adds_what_the_invoice_does_not_say() -> None:
    invoice = InvoiceFacts("i", "1", "s", case_id="77", currency="NOK", current_amount=Decimal(0))
    other = InvoiceFacts("j", credited_amount=Decimal(7))
    same = InvoiceFacts("i", credited_amount=Decimal(100), paid_amount=Decimal(0), currency="SEK")
    case = CaseFacts("c", "100077", "CLOSED", "WHO_KNOWS", invoices=(other, same), payment_reference="123")
    found = seen_of(Answer(Asked("1"), (invoice,), (case,)))
    assert (found.credited, found.paid, found.currency) == (Decimal(100), Decimal(0), "NOK")
    assert (found.case_number, found.case_status, found.sub_status) == ("100077", "CLOSED", "WHO_KNOWS")
    assert found.payment_reference == "123"
    assert standing_of(found) is Standing.CREDITED
    two_cases = seen_of(Answer(Asked("1"), (invoice,), (case, CaseFacts("d"))))
    assert (two_cases.case_number, two_cases.case_status, two_cases.credited) == ("77", "", None)


def test_changes_are_counted_by_how_invoices_stand_now() -> None:
    lines = [
        line(seen("0", "100"), seen("100")),
        line(seen("0", "100"), seen("60", "40")),
        line(seen("50", "50"), seen("60", "40")),
        line(seen("100", status="PAUSED"), seen("100", status="OPEN")),
        line(seen("100"), seen("100")),
        line(seen("100")),
        line(None, seen("100")),
    ]
    assert changes(lines) == {Standing.PAID: 2, None: 2}
    assert [has_changed(one) for one in lines] == [True, True, True, True, False, False, False]


def test_another_spelling_of_the_same_amount_is_no_change() -> None:
    assert not has_changed(line(seen("100.00"), seen("100", odd=("x: y",))))


def test_totals_per_currency_and_age() -> None:
    lines = [
        line(seen("100", "20", "5", original=Decimal(125))),
        line(seen("50", due_date="2026-11-15")),
        line(seen("10", currency="SEK")),
        line(seen(None)),
        line(seen("7", answers=2)),
        line(Seen()),
        line(None),
    ]
    found = totals(lines, TODAY)
    assert set(found) == {"NOK", "SEK"}
    nok = found["NOK"]
    assert (nok.count, nok.original, nok.paid, nok.credited, nok.remaining, nok.silent) == (
        3,
        125,
        20,
        5,
        150,
        1,
    )
    assert nok.by_age == {Age.TO_60: 100, Age.TO_30: 50}


amounts = st.none() | st.decimals(-1000, 1000, places=2)
anything = st.builds(
    Seen,
    answers=st.integers(0, 3),
    remaining=amounts,
    paid=amounts,
    credited=amounts,
    currency=st.sampled_from(["NOK", "SEK", ""]),
    due_date=st.text(max_size=10) | st.dates().map(str),
    status=st.text(max_size=3),
)


@given(st.lists(st.tuples(st.none() | anything, st.none() | anything), max_size=8), st.dates())
def test_sums_hold_whatever_was_said(pairs: list[tuple[Seen | None, Seen | None]], today: date) -> None:
    lines = [line(now, before) for now, before in pairs]
    for total in totals(lines, today).values():
        assert sum(total.by_age.values(), Decimal(0)) == total.remaining
    assert sum(changes(lines).values()) == sum(map(has_changed, lines))
    sums = add_up(lines, today)
    assert sum(sums.standings.values()) == len(lines)
    assert (sums.changes, sums.totals) == (changes(lines), totals(lines, today))
    for one in lines:
        if standing(one) in (Standing.PAID, Standing.CREDITED, Standing.SETTLED):
            assert one.seen is not None
            assert one.seen.remaining == 0
