"""Sending to the practice server over real sockets: what each answer of the table leads to.

Time is virtual on our side, so that settling for an hour takes no time at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from rowpost.amili import AmiliClient
from rowpost.ledger import Ledger
from rowpost.model.books import RowState
from rowpost.model.outside import Hurries, no_hurry
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.trouble import Trouble
from rowpost.sandbox import PracticeServer
from rowpost.sending import Event, PartStarted, RowsChanged, RunEnded, TroubleSeen, Waiting, carry_out
from tests.safety.world import (
    Impatience,
    JumpingClock,
    Switch,
    make_run,
    network_rules,
    open_ledger,
    ready,
    sending_rules,
    target_at,
)
from tests.support.practice import counts, practice

NUMBERS = tuple("abcdefgh")


@dataclass(slots=True)
class Desk:
    """A ledger, a practice server and one run between them."""

    ledger: Ledger
    server: PracticeServer
    numbers: tuple[str, ...] = NUMBERS
    clock: JumpingClock = field(default_factory=JumpingClock)
    events: list[Event] = field(default_factory=list)
    stop: Switch = field(default_factory=Switch)
    pause: Switch = field(default_factory=Switch)
    hurries: Hurries = no_hurry
    run: str = ""

    def send(self, secret: str | None = "practice", **rules: Any) -> RunStatus:
        """Send, or go on."""
        target = target_at(self.server.api_url.removesuffix("/collection/v1"))
        self.run = self.run or make_run(self.ledger, target, ready(self.numbers))
        settings = sending_rules(**{"part_size": 4, **rules})
        client = AmiliClient(target, secret, network_rules(get_tries=1), settings, clock=self.clock)
        try:
            return carry_out(
                self.run,
                self.ledger,
                client,
                settings,
                clock=self.clock,
                stop=self.stop,
                pause=self.pause,
                hurries=self.hurries,
                on_event=self.events.append,
            )
        finally:
            client.close()

    @property
    def result(self) -> RunResult:
        """What the ledger says; its books must balance and its file be sound whenever it is asked."""
        found = self.ledger.result(self.run)
        assert found.summary.books.balanced
        self.ledger.verify()
        return found

    @property
    def states(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict(Counter(row.state.value for row in self.result.rows))

    @property
    def codes(self) -> dict[str, str]:
        """The code of each row, by invoice number."""
        return {row.invoice_number: row.code for row in self.result.rows}

    @property
    def cause(self) -> str:
        """What holds the run."""
        return self.result.summary.cause

    @property
    def taken(self) -> dict[str, int]:
        """How often the server took each invoice."""
        return counts(self.server.books())

    @property
    def troubles(self) -> list[str]:
        """What was told on the way."""
        return [event.cause.code for event in self.events if isinstance(event, TroubleSeen)]


class Listening(list[Event]):
    """Events, each told to somebody as it comes."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell

    def append(self, event: Event, /) -> None:
        super().append(event)
        self._tell(event)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


def fault(*operations: str, **what: Any) -> dict[str, Any]:
    """A fault of the scenario."""
    return {"at": list(operations), **what}


def test_all_is_well(ledger: Ledger) -> None:
    with practice(queuedPolls=2) as server:
        desk = Desk(ledger, server)
        assert desk.send() is RunStatus.DONE
        assert desk.states == {"accepted": 8}
        assert desk.taken == dict.fromkeys(NUMBERS, 1)
        assert all(row.batch_id and row.invoice_id and row.case_id for row in desk.result.rows)
        assert desk.events[-1] == RunEnded(RunStatus.DONE)


def test_rejections_carry_the_agency_s_own_words(ledger: Ledger) -> None:
    reject = [{"invoiceNumber": "b", "code": "E7", "message": "The debtor is bankrupt."}]
    for generation in (1, 2):
        with practice(generation=generation, reject=reject) as server:
            desk = Desk(ledger, server, numbers=(f"a{generation}", f"c{generation}", "b"))
            ledger_run = desk.send(part_size=10)
            assert ledger_run is RunStatus.DONE
            row = desk.result.rows[2]
            assert (row.state, row.code) == (RowState.REJECTED, "row.rejected")
            assert "bankrupt" in row.reason_raw


@pytest.mark.parametrize("shape", ["message", "errors", "index", "sourceId", "text"])
def test_whatever_form_a_rejection_has(ledger: Ledger, shape: str) -> None:
    reject = [{"invoiceNumber": "b", "code": "E7", "message": "The debtor is bankrupt."}]
    with practice(reject=reject, failedShape=shape) as server:
        desk = Desk(ledger, server, numbers=("a", "b", "c"))
        desk.send()
        state = desk.result.rows[1].state
        # a text that names no row proves nothing about any row
        assert state is (RowState.NOT_KNOWN if shape == "text" else RowState.REJECTED)
        assert desk.states.get("accepted") == 2


LOST = {
    "reset before": {"ending": "reset", "cutHead": 0},
    "reset after": {"ending": "reset", "cutHead": 0, "applied": True},
    "cut answer": {"cutAfter": 20, "applied": True},
    "status 500": {"status": 500},
    "status 500 though taken": {"status": 500, "applied": True},
    "status 502 though taken": {"status": 502, "applied": True},
    "status 503": {"status": 503},
    "status 307": {"status": 307, "headers": {"Location": "http://127.0.0.1:1/"}, "applied": True},
    "status 200": {"status": 200, "applied": True},
    "no batch id": {"json": {"data": {}}, "applied": True},
    "odd batch id": {"json": {"data": {"batchId": "../x"}}, "applied": True},
    "not JSON": {"text": "<html>", "applied": True},
    "a key twice": {"text": '{"data":{"batchId":"a","batchId":"b"}}', "applied": True},
    "no HTTP": {"raw": "hello\r\n\r\n", "applied": True},
}


@pytest.mark.parametrize("name", LOST)
def test_a_lost_answer_is_settled_by_looking(ledger: Ledger, name: str) -> None:
    what = LOST[name]
    with practice(faults=[fault("createInvoices", times=1, skip=1, **what)]) as server:
        desk = Desk(ledger, server)
        status = desk.send()
        assert set(desk.taken.values()) <= {1}
        assert desk.clock.slept >= 0
        if what.get("applied"):
            assert status is RunStatus.DONE
            assert desk.states == {"accepted": 8}
            assert desk.taken == dict.fromkeys(NUMBERS, 1)
        else:
            assert status is RunStatus.NOT_KNOWN
            assert desk.states == {"accepted": 4, "not_known": 4}
            assert {desk.codes[number] for number in "efgh"} == {"row.absent"}
            assert desk.clock.slept >= 3600


def test_who_wants_to_know_now_is_told_earlier_what_is_there(ledger: Ledger) -> None:
    lost = fault("createInvoices", times=1, applied=True, ending="reset", cutHead=0)
    for numbers, hurries in (("ab", no_hurry), ("cd", Impatience(every=4))):
        with practice(faults=[lost]) as server:
            desk = Desk(ledger, server, numbers=tuple(numbers), hurries=hurries)
            assert desk.send() is RunStatus.DONE
            assert desk.taken == dict.fromkeys(numbers, 1)
            assert (desk.clock.slept < 20) == (hurries is not no_hurry)


def test_asking_earlier_settles_nothing_earlier(ledger: Ledger) -> None:
    with practice(duplicates="reject", faults=[fault("createInvoices", times=1, status=500)]) as server:
        desk = Desk(ledger, server, numbers=("a", "b"), hurries=Impatience(every=400))
        assert desk.send(server_enforces_unique_keys=True) is RunStatus.DONE
        assert server.books()["requests"]["getInvoices"] > 2 * 4, "more than the looks of the schedule"
        assert desk.clock.slept >= 3600, "sent again only after the whole time"
        assert desk.taken == {"a": 1, "b": 1}


def test_no_hurry_sends_before_the_agency_gives_leave(ledger: Ledger) -> None:
    told = {"seconds": 600, "as": "seconds"}
    slow = fault("createInvoices", times=1, status=429, retryAfter=told)
    with practice(faults=[slow]) as server:
        desk = Desk(ledger, server, numbers=("a", "b"), hurries=Impatience(every=2))
        assert desk.send() is RunStatus.DONE
        assert desk.clock.slept >= 600


def test_what_is_absent_is_sent_again_only_after_a_release(ledger: Ledger) -> None:
    with practice(faults=[fault("createInvoices", times=1, status=500)]) as server:
        desk = Desk(ledger, server, numbers=("a", "b"))
        assert desk.send() is RunStatus.NOT_KNOWN
        assert desk.send() is RunStatus.NOT_KNOWN
        assert desk.taken == {}
        assert ledger.release(desk.run, None, "asked them on the telephone", "tester") == 2
        assert desk.states == {"waiting": 2}
        assert desk.send() is RunStatus.DONE
        assert desk.taken == {"a": 1, "b": 1}


def test_a_rule_releases_where_the_server_refuses_doubles(ledger: Ledger) -> None:
    with practice(duplicates="reject", faults=[fault("createInvoices", times=1, status=500)]) as server:
        desk = Desk(ledger, server, numbers=("a", "b"))
        assert desk.send(server_enforces_unique_keys=True) is RunStatus.DONE
        assert desk.taken == {"a": 1, "b": 1}


def test_no_rule_releases_after_a_202_or_a_409(ledger: Ledger) -> None:
    for number, status in (("a", 202), ("b", 409)):
        with practice(faults=[fault("createInvoices", times=1, status=status, text="{}")]) as server:
            desk = Desk(ledger, server, numbers=(number,))
            assert desk.send(server_enforces_unique_keys=True) is RunStatus.NOT_KNOWN
            assert desk.taken == {}


def test_a_rejecting_batch_is_found_though_its_answer_was_lost(ledger: Ledger) -> None:
    reject = [{"invoiceNumber": "b", "code": "E7", "message": "The debtor is bankrupt."}]
    lost = fault("createInvoices", times=1, applied=True, ending="reset", cutHead=0)
    with practice(reject=reject, faults=[lost]) as server:
        desk = Desk(ledger, server, numbers=("a", "b", "c"))
        assert desk.send() is RunStatus.DONE
        assert desk.states == {"accepted": 2, "rejected": 1}


def test_different_content_is_a_conflict(ledger: Ledger) -> None:
    changed = [{"op": "replace", "path": "/data/0/originalInvoiceAmount", "value": 1}]
    lost = fault("createInvoices", times=1, applied=True, status=500)
    with practice(faults=[lost, fault("getInvoices", applied=True, patch=changed)]) as server:
        desk = Desk(ledger, server, numbers=("z",))
        assert desk.send() is RunStatus.NOT_KNOWN
        assert desk.codes == {"z": "row.different"}


@pytest.mark.parametrize(
    ("status", "cause", "runs_on"),
    [(403, "agency.forbidden", False), (404, "agency.no_organization", False)],
)
def test_a_refusal_of_everything_stops_the_run(
    ledger: Ledger, status: int, cause: str, runs_on: bool
) -> None:
    with practice(faults=[fault("createInvoices", times=1, status=status)]) as server:
        desk = Desk(ledger, server)
        assert desk.send() is RunStatus.PAUSED
        assert (desk.states, desk.cause, desk.taken) == ({"waiting": 8}, cause, {})
        assert desk.send() is RunStatus.DONE
        assert desk.taken == dict.fromkeys(NUMBERS, 1)


def test_one_401_renews_the_token_a_second_one_stops(ledger: Ledger) -> None:
    with practice(faults=[fault("createInvoices", times=1, status=401)]) as server:
        assert Desk(ledger, server).send() is RunStatus.DONE
    with practice(faults=[fault("createInvoices", status=401)]) as server:
        desk = Desk(ledger, server, numbers=("x", "y"))
        assert desk.send() is RunStatus.PAUSED
        assert (desk.states, desk.cause) == ({"waiting": 2}, "sign_in.not_taken")


def test_a_wrong_secret_says_so(ledger: Ledger) -> None:
    with practice() as server:
        desk = Desk(ledger, server)
        assert desk.send(secret="wrong") is RunStatus.PAUSED
        assert (desk.states, desk.cause) == ({"waiting": 8}, "sign_in.refused")
        assert desk.send(secret=None) is RunStatus.PAUSED
        assert desk.cause == "sign_in.no_secret"


def test_nobody_listens(ledger: Ledger) -> None:
    with practice() as server:
        pass
    desk = Desk(ledger, server)
    assert desk.send() is RunStatus.PAUSED
    assert (desk.states, desk.cause) == ({"waiting": 8}, "network.refused")


@pytest.mark.parametrize("names_row", [True, False])
@pytest.mark.parametrize("status", [400, 422])
def test_a_refused_part_gives_up_only_the_row_at_fault(ledger: Ledger, status: int, names_row: bool) -> None:
    refuse = [{"invoiceNumber": "c", "status": status, "namesRow": names_row, "message": "No such street."}]
    with practice(refuse=refuse) as server:
        desk = Desk(ledger, server)
        assert desk.send(part_size=8) is RunStatus.DONE
        assert desk.states == {"accepted": 7, "rejected": 1}
        assert desk.taken == dict.fromkeys("abdefgh", 1)
        assert "No such street." in desk.result.rows[2].reason_raw


def test_cutting_ends(ledger: Ledger) -> None:
    with practice(faults=[fault("createInvoices", status=422, json={"title": "No."})]) as server:
        desk = Desk(ledger, server, numbers=tuple(f"n{n}" for n in range(64)))
        assert desk.send(part_size=64) is RunStatus.PAUSED
        assert desk.cause in ("breaker.refused", "breaker.posts", "breaker.rows")
        assert desk.states["waiting"] > 40


def test_too_large_a_part_is_remembered(ledger: Ledger) -> None:
    with practice(maxInvoices=2) as server:
        desk = Desk(ledger, server)
        assert desk.send(part_size=8) is RunStatus.DONE
        assert desk.taken == dict.fromkeys(NUMBERS, 1)
        assert desk.troubles.count("agency.too_large") == 2
        later = Desk(ledger, server, numbers=tuple("stuvwxyz"))
        assert later.send(part_size=8) is RunStatus.DONE
        assert later.troubles == []


@pytest.mark.parametrize("as_", ["seconds", "date"])
def test_waits_as_long_as_it_is_told(ledger: Ledger, as_: str) -> None:
    told = {"seconds": 120, "as": as_}
    with practice(faults=[fault("createInvoices", times=1, status=429, retryAfter=told)]) as server:
        desk = Desk(ledger, server)
        assert desk.send() is RunStatus.DONE
        assert desk.taken == dict.fromkeys(NUMBERS, 1)
        assert 118 <= desk.clock.slept <= 200


def test_a_restart_waits_too(ledger: Ledger) -> None:
    told = {"seconds": 300}
    with practice(faults=[fault("createInvoices", times=1, status=429, retryAfter=told)]) as server:
        desk = Desk(ledger, server)
        impatient = Switch()

        def stop_when_told(event: Event) -> None:
            impatient.on = impatient.on or isinstance(event, Waiting)

        desk.events = Listening(stop_when_told)
        desk.stop = impatient
        assert desk.send() is RunStatus.STOPPED
        assert desk.taken == {}
        desk.events, desk.stop = [], Switch()
        before = desk.clock.slept
        assert desk.send() is RunStatus.DONE
        assert desk.clock.slept - before >= 295


def test_three_parts_in_a_row_for_one_cause_pause_the_run(ledger: Ledger) -> None:
    with practice(faults=[fault("createInvoices", status=500)]) as server:
        desk = Desk(ledger, server, numbers=tuple(f"n{n}" for n in range(10)))
        assert desk.send(part_size=1) is RunStatus.PAUSED
        assert (desk.cause, desk.states) == ("breaker.parts", {"waiting": 7, "not_known": 3})


def test_one_cause_over_many_rows_pauses_the_run(ledger: Ledger) -> None:
    numbers = tuple(f"n{n}" for n in range(300))
    reject = [{"invoiceNumber": n, "code": "E1", "message": f"No case for {n}."} for n in numbers]
    with practice(reject=reject) as server:
        desk = Desk(ledger, server, numbers=numbers)
        assert desk.send(part_size=50) is RunStatus.PAUSED
        assert desk.cause == "breaker.rows"
        assert desk.states["waiting"] >= 100


def test_a_look_that_is_answered_with_something_else_proves_nothing(ledger: Ledger) -> None:
    others = [{"id": "1", "invoiceNumber": "other", "originalInvoiceAmount": 1}]
    lost = fault("createInvoices", times=1, status=500)
    unfiltered = fault("getInvoices", json={"data": others}, status=200)
    with practice(faults=[lost, unfiltered]) as server:
        desk = Desk(ledger, server, numbers=("a",))
        assert desk.send() is RunStatus.NOT_KNOWN
        assert desk.codes == {"a": "row.not_known"}
        with pytest.raises(Trouble, match=r"release\.still_settling"):
            ledger.release(desk.run, None, "no idea", "tester")


def test_while_a_batch_is_queued_nothing_is_absent(ledger: Ledger) -> None:
    lost = fault("createInvoices", times=1, applied=True, status=500)
    with practice(queuedPolls=8, lookupLagSeconds=3600, faults=[lost]) as server:
        desk = Desk(ledger, server, numbers=("a",))
        desk.send(give_up_polling_seconds=40_000)
        assert desk.codes["a"] != "row.absent"
        assert desk.taken == {"a": 1}


def test_a_canary_goes_first(ledger: Ledger) -> None:
    numbers = tuple(f"n{n}" for n in range(30))
    with practice(queuedPolls=3) as server:
        desk = Desk(ledger, server, numbers=numbers)
        assert desk.send(canary=True, canary_rows=10) is RunStatus.DONE
        assert desk.states == {"accepted": 30}
        told = [event for event in desk.events if not isinstance(event, Waiting)]
        assert isinstance(told[1], PartStarted)  # after the rows whose intent was written down
        assert told[1].rows < 10
        assert [type(event) for event in told[2:5]] == [RowsChanged, RowsChanged, RowsChanged]


MISREPORTED = {
    "a row missing": [{"op": "remove", "path": "/data/succeeded/0"}],
    "a row repeated": [{"op": "copy", "from": "/data/succeeded/0", "path": "/data/succeeded/-"}],
    "a row in both lists": [{"op": "copy", "from": "/data/succeeded/0", "path": "/data/failed/-"}],
    "no lists": [
        {"op": "replace", "path": "/data/succeeded", "value": None},
        {"op": "replace", "path": "/data/failed", "value": None},
    ],
}


@pytest.mark.parametrize("name", MISREPORTED)
def test_a_batch_that_does_not_add_up_is_not_believed(ledger: Ledger, name: str) -> None:
    with practice(faults=[fault("getBatch", applied=True, patch=MISREPORTED[name])]) as server:
        desk = Desk(ledger, server, numbers=("a", "b"))
        status = desk.send()
        if name == "a row in both lists":
            assert status is RunStatus.NOT_KNOWN
            assert desk.codes["a"] == "row.contradiction"
        else:
            assert status is RunStatus.DONE  # the look-up found them
            assert "row.was_there" in desk.codes.values()
        assert desk.taken == {"a": 1, "b": 1}


def test_a_foreign_batch_stops_the_run(ledger: Ledger) -> None:
    invented = [{"op": "replace", "path": "/data/succeeded/0/invoiceNumber", "value": "foreign"}]
    with practice(faults=[fault("getBatch", applied=True, times=1, patch=invented)]) as server:
        desk = Desk(ledger, server)
        assert desk.send(breaker_rows=4) is RunStatus.PAUSED
        assert desk.cause == "breaker.foreign_batch"
        assert desk.send() is RunStatus.DONE
        assert desk.taken == dict.fromkeys(NUMBERS, 1)


def test_a_batch_that_is_not_found_is_looked_up_in_the_end(ledger: Ledger) -> None:
    with practice(faults=[fault("getBatch", status=404)]) as server:
        desk = Desk(ledger, server, numbers=("a",))
        assert desk.send() is RunStatus.DONE
        assert desk.codes == {"a": "row.was_there"}
        assert desk.clock.slept >= 600


def test_polling_is_given_up_but_nothing_is_sent_again(ledger: Ledger) -> None:
    with practice(queuedPolls=10_000) as server:
        desk = Desk(ledger, server, numbers=("a",))
        assert desk.send() is RunStatus.NOT_KNOWN
        assert desk.clock.slept >= 86_400
        assert desk.codes == {"a": "row.received"}
        assert desk.send() is RunStatus.NOT_KNOWN
        assert desk.taken == {"a": 1}


def test_stop_and_pause(ledger: Ledger) -> None:
    with practice() as server:
        desk = Desk(ledger, server)
        desk.stop.on = True
        assert desk.send() is RunStatus.STOPPED
        desk.stop.on, desk.pause.on = False, True
        assert desk.send() is RunStatus.PAUSED
        assert desk.states == {"waiting": 8}
        desk.pause.on = False
        assert desk.send() is RunStatus.DONE


def test_a_second_run_of_the_same_rows_sends_nothing(ledger: Ledger) -> None:
    with practice() as server:
        assert Desk(ledger, server).send() is RunStatus.DONE
        again = Desk(ledger, server)
        assert again.send() is RunStatus.DONE
        assert again.states == {"not_fit": 8}
        assert set(again.codes.values()) == {"row.already_sent"}
        assert again.taken == dict.fromkeys(NUMBERS, 1)


def test_a_rejected_row_may_be_sent_again_in_another_run(ledger: Ledger) -> None:
    reject = [{"invoiceNumber": "b", "code": "E7", "message": "The debtor is bankrupt."}]
    with practice(reject=reject) as server:
        Desk(ledger, server, numbers=("a", "b")).send()
    with practice() as server:
        again = Desk(ledger, server, numbers=("a", "b"))
        assert again.send() is RunStatus.DONE
        assert again.states == {"not_fit": 1, "accepted": 1}
        assert again.taken == {"b": 1}


class Forgetful:
    """A witness that has never seen this ledger: a new machine."""

    def seen(self, ledger_id: str) -> int | None:
        return None

    def note(self, ledger_id: str, attempt: int) -> None:
        return None


def test_a_new_machine_looks_before_it_sends(tmp_path: Path, ledger: Ledger) -> None:
    with practice() as server:
        assert Desk(ledger, server, numbers=("a", "b")).send() is RunStatus.DONE
        with open_ledger(tmp_path / "new.sqlite", witness=Forgetful()) as forgetful:
            desk = Desk(forgetful, server, numbers=("a", "b", "c"))
            assert desk.send() is RunStatus.DONE
            assert desk.states == {"accepted": 3}
            assert desk.codes == {"a": "row.was_there", "b": "row.was_there", "c": "row.accepted"}
            assert desk.taken == dict.fromkeys("abc", 1)


def test_the_idempotency_header_carries_the_attempt(ledger: Ledger) -> None:
    lost = fault("createInvoices", times=1, applied=True, ending="reset", cutHead=0)
    with practice(idempotencyHeader="Idempotency-Key", faults=[lost]) as server:
        desk = Desk(ledger, server, numbers=("a",))
        assert desk.send(idempotency_header="Idempotency-Key") is RunStatus.DONE
        assert desk.taken == {"a": 1}
