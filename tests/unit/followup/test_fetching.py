"""Following up asks in pages where that is cheaper, and believes only what is about the question."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.followup import fetch, seek
from rowpost.model.answers import CaseFacts, InvoiceFacts
from rowpost.model.followup import Answer, Asked, Fetched
from rowpost.model.outside import Progress, no_progress
from tests.unit.followup.shelf import REFUSED, Shelf


def facts(number: int, **more: str) -> InvoiceFacts:
    return InvoiceFacts(f"id-{number}", f"{number}", f"s-{number}", case_id=f"c-{number}", **more)


def case(*numbers: int) -> CaseFacts:
    return CaseFacts("", f"c-{numbers[0]}", invoices=tuple(map(facts, numbers)))


def asked(number: int) -> Asked:
    return Asked(f"{number}", f"s-{number}", (number,))


def fetched(shelf: Shelf, *wanted: Asked, since: str = "") -> Fetched:
    return fetch(wanted, shelf, since=since, stop=threading.Event(), progress=no_progress)


A, B = facts(1001), facts(1002)


def found(shelf: Shelf, *wanted: Asked) -> list[tuple[InvoiceFacts, ...]]:
    return [answer.found for answer in fetched(shelf, *wanted).answers]


def test_the_source_id_goes_before_the_number() -> None:
    shelf = Shelf([A, B])
    assert found(shelf, asked(1001), Asked("1002")) == [(A,), (B,)]
    assert shelf.asked[:2] == [
        ("invoices", {"UniqueSourceInvoiceId": "s-1001"}),
        ("invoices", {"InvoiceNumber": "1002"}),
    ]


def test_by_the_agency_s_own_id_where_that_is_all_there_is() -> None:
    shelf = Shelf([A, B])
    assert found(shelf, Asked(invoice_id="id-1002")) == [(B,)]
    assert shelf.asked[0] == ("invoice", {"id": "id-1002"})


def test_who_ignores_the_question_has_not_said_that_there_is_none() -> None:
    one, other = fetched(Shelf([A, B], filters=False), asked(1001), Asked("9999")).answers
    assert one.found == (A,)
    assert other.cause is not None
    (nothing,) = fetched(Shelf([A]), Asked("9999")).answers
    assert (nothing.found, nothing.cause) == ((), None)


def test_two_invoices_of_one_number_are_both_shown_and_the_same_one_twice_is_one() -> None:
    twin = InvoiceFacts("id-3", "1001", "c")
    assert found(Shelf([A, twin, A]), Asked("1001")) == [(A, twin)]


def test_an_answer_without_our_key_is_known_by_its_number_and_by_nothing_less() -> None:
    bare, nameless = InvoiceFacts("id-1", "1001"), InvoiceFacts("id-2")
    shelf = Shelf([bare], filters=False)
    assert found(shelf, asked(1001)) == [(bare,)]
    (one,) = fetched(Shelf([nameless], filters=False), Asked(source_id="s-1")).answers
    assert one.cause is not None


@pytest.mark.parametrize("told", [True, False])
def test_many_invoices_come_in_pages(told: bool) -> None:
    numbers = range(1000, 1040)
    shelf = Shelf([facts(n) for n in numbers], [case(n) for n in numbers], size=10, told=told)
    answers = fetched(shelf, *map(asked, numbers), since="2026-11-01").answers
    assert [answer.found for answer in answers] == [(facts(n),) for n in numbers]
    assert [answer.cases for answer in answers] == [(case(n),) for n in numbers]
    assert shelf.count("invoice page", "case page") == 8
    assert shelf.count("invoices", "invoice", "cases") == 0
    assert shelf.asked[0][1] == {"From": "2026-11-01T00:00:00Z"}
    assert shelf.asked[-1][1] == {"FromCreatedAt": "2026-11-01T00:00:00Z"}


def test_what_the_pages_lack_is_asked_for_by_its_key() -> None:
    numbers = range(1000, 1010)
    shelf = Shelf([facts(n) for n in numbers if n != 1004], size=100)
    answers = fetched(shelf, *map(asked, numbers)).answers
    assert answers[4].found == ()
    assert answers[4].cause is None
    assert [query for kind, query in shelf.asked if kind == "invoices"] == [
        {"UniqueSourceInvoiceId": "s-1004"}
    ]


def test_pages_that_cost_more_than_questions_are_left_alone() -> None:
    shelf = Shelf([facts(n) for n in range(1000, 3000)], size=1)
    answers = fetched(shelf, *map(asked, range(2990, 3000))).answers
    assert all(answer.found for answer in answers)
    assert shelf.count("invoice page") == 1
    untold = Shelf([facts(n) for n in range(1000, 3000)], size=1, told=False)
    fetched(untold, *map(asked, range(2990, 3000)))
    assert untold.count("invoice page") == 10


def test_a_list_that_goes_wrong_is_remarked_and_made_up_for() -> None:
    numbers = range(1000, 1020)
    shelf = Shelf([facts(n) for n in numbers], size=5, broken_after=2)
    got = fetched(shelf, *map(asked, numbers))
    assert got.whole
    assert all(answer.found for answer in got.answers)
    assert [remark.code for remark in got.remarks] == ["agency.odd_answer"]
    assert shelf.count("invoices") == 10


def test_no_answer_is_not_the_same_as_no_invoice_and_is_not_asked_for_ever() -> None:
    shelf = Shelf([A], silent_after=0)
    got = fetched(shelf, *map(asked, range(1000, 1005)))
    assert not got.whole
    assert [answer.cause for answer in got.answers] == [REFUSED] * 3
    assert shelf.count("invoices") == 3


def test_an_invoice_whose_case_was_not_answered_is_not_shown_as_without_one() -> None:
    (one,) = fetched(Shelf([A], [case(1001)], silent_after=1), asked(1001)).answers
    assert one.cause == REFUSED


def test_it_waits_as_long_as_the_agency_says() -> None:
    shelf = Shelf([A], [case(1001)], busy=[0.001, 0.001])
    (one,) = fetched(shelf, asked(1001)).answers
    assert one == Answer(asked(1001), (A,), (case(1001),))
    assert shelf.count("invoices") == 3
    assert fetched(Shelf([A], busy=[10_000.0]), asked(1001)).answers[0].cause == REFUSED


def test_stopped_it_keeps_what_was_answered() -> None:
    stop = threading.Event()

    def progress(news: Progress) -> None:
        if news.stage == "progress.tracking_cases":
            stop.set()

    shelf = Shelf([A, B], [case(1001), case(1002)])
    got = fetch([asked(1001), asked(1002)], shelf, stop=stop, progress=progress)
    assert not got.whole
    assert [answer.asked for answer in got.answers] == [asked(1001)]


def test_one_case_of_several_invoices_stands_beside_each() -> None:
    shelf = Shelf([A, B], [case(1001, 1002)])
    assert [a.cases for a in fetched(shelf, asked(1001), asked(1002)).answers] == [(case(1001, 1002),)] * 2


def test_a_search_tries_every_key_and_believes_what_bears_it() -> None:
    stranger = InvoiceFacts("id-9", "5", "s-5", customers=("77",))
    shelf = Shelf([A, B, stranger], [CaseFacts("", "77", invoices=(InvoiceFacts("id-8", "8", "s-8"),))])
    assert [one.source_id for one in seek("77", shelf)[0]] == ["s-5", "s-8"]
    assert [one.source_id for one in seek("s-1001", shelf)[0]] == ["s-1001"]
    assert seek("nobody", Shelf([A], filters=False)) == ([], None)
    assert seek("1", Shelf(silent_after=0)) == ((), REFUSED)


numbers = st.integers(0, 12)


@given(
    st.lists(numbers, max_size=12),
    st.lists(numbers, max_size=10, unique=True),
    st.integers(1, 4),
    st.booleans(),
    st.none() | st.integers(0, 3),
    st.booleans(),
)
def test_whatever_the_agency_does_every_answer_is_about_its_question(
    held: list[int], wanted: list[int], size: int, told: bool, broken_after: int | None, filters: bool
) -> None:
    shelf = Shelf(
        [facts(n) for n in held],
        [case(n) for n in held],
        filters=filters,
        size=size,
        told=told,
        broken_after=broken_after,
    )
    got = fetched(shelf, *map(asked, wanted))
    if filters:
        assert [answer.asked for answer in got.answers] == [asked(n) for n in wanted]
    for answer in got.answers:
        number = int(answer.asked.invoice_number)
        assert answer.found == ((facts(number),) if number in held and answer.cause is None else answer.found)
        assert all(one.source_id == answer.asked.source_id for one in answer.found)
        assert bool(answer.found) <= (number in held)
    assert shelf.count("invoices", "invoice") <= len(wanted)
    assert shelf.count("invoice page", "case page") <= 2 * max(1, len(wanted)) + 2
