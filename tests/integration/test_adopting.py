"""A batch is adopted by its id: only rows that are proved to be in it get a verdict, none is sent twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from rowpost.amili import AmiliClient
from rowpost.ledger import Ledger
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Trouble
from rowpost.sending import Adoption, Event, Fate, TroubleSeen, adopt
from tests.integration.test_sending import Desk, Listening, fault
from tests.safety.world import Switch, make_run, network_rules, open_ledger, ready, sending_rules, target_at
from tests.support.practice import PlainClient, invoice, practice

LOST = fault("createInvoices", applied=True, ending="close", cutHead=0, times=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


def lose_the_first_answer(desk: Desk) -> str:
    """Send until the first answer is lost, and stop there; return the batch that nobody knows of."""

    def stop(event: Event) -> None:
        desk.stop.on |= isinstance(event, TroubleSeen)

    desk.events = Listening(stop)
    desk.send()
    desk.stop, desk.events = Switch(), []
    assert desk.states == {"not_known": 4, "waiting": 4}
    return only_batch(desk)


def only_batch(desk: Desk) -> str:
    with PlainClient(desk.server) as client:
        (batch,) = client.get("/batches").json["data"]
    return str(batch["batchId"])


def post_elsewhere(desk: Desk, *invoices: dict[str, Any]) -> str:
    """Send invoices as another program would; return their batch."""
    with PlainClient(desk.server) as client:
        return str(client.post({"invoices": invoices}).json["data"]["batchId"])


def adopted(desk: Desk, batch_id: str) -> Adoption:
    target = target_at(desk.server.api_url.removesuffix("/collection/v1"))
    client = AmiliClient(target, "practice", network_rules(), sending_rules(), clock=desk.clock)
    batch = client.batch(batch_id).batch
    assert batch is not None
    try:
        return adopt(desk.run, batch, desk.ledger, client, stop=Switch(), who="tester")
    finally:
        client.close()


def fates(found: Adoption) -> dict[str, Fate]:
    return {row.invoice_number: row.fate for row in found.rows}


def waiting(ledger: Ledger, server: Any, numbers: Sequence[str]) -> Desk:
    """A run of which nothing was sent yet."""
    desk = Desk(ledger, server, tuple(numbers))
    desk.run = make_run(ledger, target_at(server.api_url.removesuffix("/collection/v1")), ready(numbers))
    return desk


@pytest.mark.parametrize("generation", [1, 2])
def test_the_batch_of_a_lost_answer_settles_its_rows_rejections_too(ledger: Ledger, generation: int) -> None:
    reject = [{"invoiceNumber": "b", "code": "E1", "message": "no"}]
    with practice(faults=[LOST], reject=reject, generation=generation) as server:
        desk = Desk(ledger, server)
        batch = lose_the_first_answer(desk)
        found = adopted(desk, batch)
        assert fates(found) == {
            "a": Fate.ACCEPTED,
            "b": Fate.REJECTED,
            "c": Fate.ACCEPTED,
            "d": Fate.ACCEPTED,
        }
        assert found.settled == 4
        assert desk.states == {"accepted": 3, "rejected": 1, "waiting": 4}
        assert {row.batch_id for row in desk.result.rows[:4]} == {batch}
        assert all(row.invoice_id for row in desk.result.rows[:4] if row.state.value == "accepted")
        assert desk.send() is RunStatus.DONE
        assert all(times == 1 for times in desk.taken.values())


def test_rows_that_wait_and_were_sent_elsewhere_are_not_sent_again(ledger: Ledger) -> None:
    with practice() as server:
        desk = waiting(ledger, server, "abcd")
        batch = post_elsewhere(desk, invoice("b"), invoice("d"), invoice("stranger"))
        assert fates(adopted(desk, batch)) == {
            "b": Fate.ACCEPTED,
            "d": Fate.ACCEPTED,
            "stranger": Fate.FOREIGN,
        }
        assert desk.codes == {
            "a": "row.waiting",
            "b": "row.was_there",
            "c": "row.waiting",
            "d": "row.was_there",
        }
        assert desk.send() is RunStatus.DONE
        assert desk.states == {"accepted": 4}
        assert desk.taken == {"a": 1, "b": 1, "c": 1, "d": 1, "stranger": 1}


def test_other_content_is_held_and_another_s_rejection_settles_nothing(ledger: Ledger) -> None:
    reject = [{"invoiceNumber": "c", "code": "E1", "message": "no"}]
    with practice(reject=reject) as server:
        desk = waiting(ledger, server, "abcd")
        batch = post_elsewhere(desk, invoice("a"), invoice("b", originalInvoiceAmount=99), invoice("c"))
        found = adopted(desk, batch)
        assert fates(found) == {"a": Fate.ACCEPTED, "b": Fate.HELD, "c": Fate.UNPROVEN}
        assert desk.states == {"accepted": 1, "not_known": 1, "waiting": 2}
        assert desk.codes["b"] == "row.different"
        assert found.rows[2].raw == "no; E1"


def test_an_invoice_of_another_key_with_the_same_number_is_not_ours(ledger: Ledger) -> None:
    with practice() as server:
        desk = waiting(ledger, server, "ab")
        batch = post_elsewhere(desk, invoice("a", uniqueSourceInvoiceId="somebody-else-s"))
        assert fates(adopted(desk, batch)) == {"a": Fate.MISSING}
        assert desk.states == {"waiting": 2}


def test_a_key_that_the_agency_holds_twice_is_held(ledger: Ledger) -> None:
    with practice() as server:
        desk = waiting(ledger, server, "a")
        first = post_elsewhere(desk, invoice("a"))
        second = post_elsewhere(desk, invoice("a"))
        assert fates(adopted(desk, first)) == {"a": Fate.HELD}
        assert desk.codes == {"a": "row.doubled"}
        assert refused(desk, second) == "followup.nothing_open"
        desk.send()
        assert desk.taken == {"a": 2}, "not a third time"


def test_a_lost_part_is_not_taken_over_from_a_batch_that_holds_only_some_of_it(ledger: Ledger) -> None:
    with practice(faults=[LOST, fault("createInvoices", status=500)]) as server:
        desk = Desk(ledger, server)
        lose_the_first_answer(desk)
    with practice(reject=[{"invoiceNumber": "c", "code": "E1", "message": "no"}]) as server:
        desk.server = server
        batch = post_elsewhere(desk, invoice("a"), invoice("c"))
        assert fates(adopted(desk, batch)) == {"a": Fate.ACCEPTED, "c": Fate.UNPROVEN}
        assert desk.codes["a"] == "row.was_there"
        assert desk.states == {"accepted": 1, "not_known": 3, "waiting": 4}


def test_rows_settled_as_absent_can_still_be_found(ledger: Ledger) -> None:
    nothing = [{"op": "replace", "path": "/data", "value": []}]
    hidden = [fault(what, applied=True, patch=nothing) for what in ("getInvoices", "getBatches")]
    with practice(faults=[LOST, *hidden]) as server:
        desk = Desk(ledger, server, tuple("abcd"))
        assert desk.send() is RunStatus.NOT_KNOWN
        assert set(desk.codes.values()) == {"row.absent"}
        books = server.books()
        batch = books["invoices"][0]["batches"][0]
        assert fates(adopted(desk, batch)) == dict.fromkeys("abcd", Fate.MISSING)
    assert desk.states == {"not_known": 4}


def test_absent_rows_that_are_there_after_all(ledger: Ledger) -> None:
    nothing = [{"op": "replace", "path": "/data", "value": []}]
    hidden = [
        fault("getInvoices", applied=True, patch=nothing, times=400),
        fault("getBatches", applied=True, patch=nothing),
    ]
    with practice(faults=[LOST, *hidden]) as server:
        desk = Desk(ledger, server, tuple("abcd"))
        desk.send()
        asked = server.books()["requests"]["getInvoices"]
        with PlainClient(server) as client:
            for _ in range(400 - asked):
                client.get("/invoices", InvoiceNumber="x")
        batch = server.books()["invoices"][0]["batches"][0]
        assert fates(adopted(desk, batch)) == dict.fromkeys("abcd", Fate.ACCEPTED)
        assert desk.states == {"accepted": 4}
        assert desk.result.summary.status is RunStatus.DONE


def refused(desk: Desk, batch_id: str) -> str:
    with pytest.raises(Trouble) as caught:
        adopted(desk, batch_id)
    return caught.value.code


def test_what_cannot_be_adopted_is_refused(ledger: Ledger) -> None:
    with practice(queuedPolls=2) as server:
        desk = waiting(ledger, server, "ab")
        batch = post_elsewhere(desk, invoice("a"))
        assert refused(desk, batch) == "followup.batch_under_way"
        desk.send()
        assert refused(desk, desk.result.rows[0].batch_id) == "followup.batch_known"
        refused(desk, batch)
        assert refused(desk, batch) == "followup.nothing_open"


def test_without_an_answer_nothing_is_settled(ledger: Ledger) -> None:
    with practice(faults=[fault("getInvoices", status=500)]) as server:
        desk = waiting(ledger, server, "ab")
        batch = post_elsewhere(desk, invoice("a"), invoice("b"))
        assert fates(adopted(desk, batch)) == dict.fromkeys("ab", Fate.NO_ANSWER)
        assert desk.states == {"waiting": 2}


def test_a_batch_that_says_both_is_not_believed(ledger: Ledger) -> None:
    both = {"op": "add", "path": "/data/failed/-", "value": {"invoiceNumber": "a", "message": "no"}}
    with practice(faults=[fault("getBatch", applied=True, patch=[both])]) as server:
        desk = waiting(ledger, server, "ab")
        batch = post_elsewhere(desk, invoice("a"), invoice("b"))
        assert fates(adopted(desk, batch)) == {"a": Fate.CONTRADICTION, "b": Fate.ACCEPTED}


def test_a_row_that_another_run_has_claimed_is_not_settled_twice(ledger: Ledger) -> None:
    with practice() as server:
        first = Desk(ledger, server, ("a",))
        first.send()
        desk = waiting(ledger, server, "ab")
        batch = post_elsewhere(desk, invoice("b"))
        with PlainClient(server) as client:
            own = client.get("/batches").json["data"][0]["batchId"]
        assert refused(desk, own) == "followup.batch_known"
        assert fates(adopted(desk, batch)) == {"b": Fate.ACCEPTED}
        assert desk.codes == {"a": "row.waiting", "b": "row.was_there"}
