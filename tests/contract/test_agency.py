"""What `sending.ports.Agency` promises, held by the real client and by the simulated agency alike."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from rowpost.amili import AmiliClient
from rowpost.model.answers import BatchState
from rowpost.sending import Agency
from tests.safety.simulated_agency import EPOCH, SimulatedAgency, VirtualClock
from tests.safety.world import JumpingClock, network_rules, ready, sending_rules, target_at
from tests.support.practice import practice

REJECTED = "r"


@contextmanager
def real() -> Iterator[Agency]:
    reject = [{"invoiceNumber": REJECTED, "code": "E1", "message": "no"}]
    with practice(reject=reject) as server:
        target = target_at(server.api_url.removesuffix("/collection/v1"))
        client = AmiliClient(target, "practice", network_rules(), sending_rules(), clock=JumpingClock())
        yield client
        client.close()


@contextmanager
def simulated() -> Iterator[Agency]:
    clock = VirtualClock()
    yield SimulatedAgency(
        name="agency",
        chance=random.Random(1),
        clock=clock,
        faults=0.0,
        rejects=frozenset({REJECTED}),
        boundary=lambda _: None,
    )


AGENCIES = [real, simulated]
Opener = Callable[[], AbstractContextManager[Agency]]


def body(*numbers: str) -> bytes:
    return json.dumps({"invoices": [json.loads(each.payload) for each in ready(numbers)]}).encode()


def ended(agency: Agency, batch_id: str) -> bool:
    """Whether the batch has ended; the simulated agency takes its time."""
    clock = getattr(agency, "clock", None)
    if clock is not None:
        clock.seconds += 10_000.0
    found = agency.batch(batch_id).batch
    return found is not None and found.state.ended


@pytest.mark.parametrize("opener", AGENCIES)
def test_a_part_becomes_a_batch_with_a_word_for_each_row(opener: Opener) -> None:
    with opener() as agency:
        answer = agency.post_invoices(body("a", REJECTED), "uid")
        assert (answer.status, answer.never_sent, answer.cause) == (202, False, None)
        assert ended(agency, answer.batch_id)
        batch = agency.batch(answer.batch_id).batch
        assert batch is not None
        assert batch.state is BatchState.PARTIAL
        assert {word.invoice_number: word.accepted for word in batch.words} == {"a": True, REJECTED: False}
        assert [word.raw for word in batch.words if not word.accepted] != [""]


@pytest.mark.parametrize("opener", AGENCIES)
def test_what_was_accepted_is_found_by_our_key_and_nothing_else_is(opener: Opener) -> None:
    with opener() as agency:
        assert agency.holds_nothing()
        answer = agency.post_invoices(body("a", REJECTED), "uid")
        assert ended(agency, answer.batch_id)
        (found,) = agency.invoices_by_source_id("source-a").found
        assert (found.invoice_number, found.source_id) == ("a", "source-a")
        assert agency.invoices_by_source_id(f"source-{REJECTED}").found == ()
        assert agency.invoices_by_source_id("source-b").found == ()
        assert not agency.holds_nothing()


@pytest.mark.parametrize("opener", AGENCIES)
def test_batches_since_then_newest_first(opener: Opener) -> None:
    with opener() as agency:
        clock = getattr(agency, "clock", None)
        first = agency.post_invoices(body("a"), "uid").batch_id
        if clock is not None:
            clock.seconds += 1.0
        second = agency.post_invoices(body("b"), "uid").batch_id
        before = EPOCH if clock is not None else datetime.now(UTC) - timedelta(hours=1)
        after = before + timedelta(days=400)
        assert [batch.batch_id for batch in agency.recent_batches(before).batches] == [second, first]
        assert agency.recent_batches(after).batches == ()
