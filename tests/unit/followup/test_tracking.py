"""Following up asks for each invoice by its own key and believes only what is about it."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from rowpost.followup import track
from rowpost.model.answers import Cause, InvoiceFacts, LookAnswer
from rowpost.model.followup import Asked
from rowpost.model.outside import no_progress
from rowpost.model.trouble import Remedy, Stopped


class Shelf:
    """An agency that holds invoices, and may ignore what it is asked for."""

    def __init__(self, *held: InvoiceFacts, filters: bool = True) -> None:
        self.held, self.filters, self.asked = held, filters, []  # type: ignore[var-annotated]

    def invoices(self, query: Mapping[str, str]) -> LookAnswer:
        self.asked.append(dict(query))
        if not self.filters:
            return LookAnswer(self.held)
        source = query.get("UniqueSourceInvoiceId")
        number = query.get("InvoiceNumber")
        return LookAnswer(
            tuple(
                f for f in self.held if source in (None, f.source_id) and number in (None, f.invoice_number)
            )
        )


A, B = InvoiceFacts("1", "1001", "a"), InvoiceFacts("2", "1002", "b")


def tracked(shelf: Shelf, *asked: Asked) -> list[tuple[InvoiceFacts, ...]]:
    return [one.found for one in track(asked, shelf, stop=threading.Event(), progress=no_progress)]


def test_the_source_id_goes_before_the_number() -> None:
    shelf = Shelf(A, B)
    assert tracked(shelf, Asked("1001", "a"), Asked("1002")) == [(A,), (B,)]
    assert shelf.asked == [{"UniqueSourceInvoiceId": "a"}, {"InvoiceNumber": "1002"}]


def test_a_server_that_ignores_the_question_is_not_believed() -> None:
    assert tracked(Shelf(A, B, filters=False), Asked("1001", "a"), Asked("9999")) == [(A,), ()]


def test_two_invoices_of_one_number_are_both_shown() -> None:
    twin = InvoiceFacts("3", "1001", "c")
    assert tracked(Shelf(A, twin), Asked("1001")) == [(A, twin)]


def test_no_answer_is_not_the_same_as_no_invoice() -> None:
    class Silent:
        def invoices(self, query: Mapping[str, str]) -> LookAnswer:
            return LookAnswer(cause=Cause("network.refused", Remedy.TRY_LATER))

    (one,) = track([Asked("1001")], Silent(), stop=threading.Event(), progress=no_progress)
    assert one.cause is not None
    assert not one.found


def test_it_stops_between_two_questions() -> None:
    stop = threading.Event()
    answers = track([Asked("1001"), Asked("1002")], Shelf(A, B), stop=stop, progress=no_progress)
    next(answers)
    stop.set()
    with pytest.raises(Stopped):
        next(answers)
