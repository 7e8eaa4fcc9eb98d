"""Every read endpoint works in the program against the practice server, in both generations.

The program runs as a person or a script runs it: another process, real sockets, `--json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rowpost.sandbox import PracticeServer
from tests.support.practice import PlainClient, invoice, practice
from tests.support.program import SAMPLE, Ended, run

SETTLED = [
    {"invoiceNumber": "10201", "paid": 1_000_000, "status": "WHO_KNOWS"},
    {"invoiceNumber": "10202", "paid": 100},
    {"invoiceNumber": "10203", "credited": 1_000_000, "subStatus": "SOMETHING_NEW"},
]


@dataclass(frozen=True, slots=True)
class Shop:
    """A practice server, and the program that talks to it."""

    server: PracticeServer

    def call(self, *arguments: str) -> Ended:
        """Call a command with the server as its target."""
        server = self.server
        target = (
            *("--api-url", server.api_url, "--token-url", server.token_url),
            *("--org", server.organization_id, "--client-id", server.client_id),
        )
        return self.plainly(*arguments, *target)

    def plainly(self, *arguments: str) -> Ended:
        """Call a command that knows its target from the run."""
        return run(*arguments, "--json", env={"ROWPOST_CLIENT_SECRET": self.server.client_secret})


@contextmanager
def shop(books: Path, port: int = 0, **scenario: Any) -> Iterator[Shop]:
    with practice(books=books, port=port, **scenario) as server:
        yield Shop(server)


@pytest.fixture
def books(tmp_path: Path, home: Path) -> Path:
    return tmp_path / "books.jsonl"


def sent(place: Shop) -> str:
    ended = place.call("send", str(SAMPLE), "--yes", "--option", "sending.poll_first_seconds=0.1")
    assert ended.document["counts"]["accepted"] == 54
    return str(ended.document["run"])


NOTHING_THERE = [{"op": "replace", "path": "/data", "value": []}]


def by_number(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["invoice_number"]: entry for entry in document["invoices"]}


@pytest.mark.parametrize(("generation", "paging"), [(1, "both"), (2, "both"), (2, "cursor"), (2, "skip")])
def test_a_run_is_followed_up(books: Path, generation: int, paging: str) -> None:
    with shop(books, generation=generation, paging=paging, pageSize=20, settle=SETTLED) as place:
        name = sent(place)
        before = place.server.books()["requests"]["getInvoices"]
        ended = place.plainly("track", name, "--cases")
        document = ended.document
        assert ended.code == 0
        found = by_number(document)
        assert len(found) == 54
        assert [found[number]["standing"] for number in ("10201", "10202", "10203", "10204")] == [
            *("paid", "part", "credited", "open")
        ]
        assert found["10201"]["status"] == "WHO_KNOWS"
        assert found["10203"]["sub_status"] == "SOMETHING_NEW"
        assert all(entry["case_number"] and entry["payment_reference"] for entry in found.values())
        assert len(document["cases"]) == 54
        assert (document["run"], document["remarks"]) == (name, [])
        asked = place.server.books()["requests"]
        assert (asked["getInvoices"] - before, asked["getCases"]) == (3, 3), "pages, not questions"
        assert place.plainly("track", name, "--known").document["invoices"] == document["invoices"]
        assert place.plainly("track", name, "--changes").document["invoices"] == []


@pytest.mark.parametrize("generation", [1, 2])
def test_one_invoice_by_every_key(books: Path, generation: int) -> None:
    with shop(books, generation=generation) as place:
        sent(place)
        (one,) = place.call("track", "--invoice", "10210").document["invoices"]
        for keys in (("--source-id", one["source_id"]), ("--invoice-id", one["invoice_id"])):
            (same,) = place.call("track", *keys).document["invoices"]
            assert (same["invoice_id"], same["known"]) == (one["invoice_id"], True)
        assert place.server.books()["requests"]["getInvoice"] == 1
        for text in ("10210", one["source_id"], one["case_number"]):
            found = place.call("track", "--search", text).document["invoices"]
            assert [entry["invoice_id"] for entry in found] == [one["invoice_id"]]
        (none,) = place.call("track", "--invoice", "99999").document["invoices"]
        assert (none["known"], none["found"], none["standing"]) == (True, False, "not_found")
        assert place.call("track", "--search", "99999").document["invoices"] == []


@pytest.mark.parametrize("generation", [1, 2])
def test_batches_of_the_organisation_with_their_rows(books: Path, generation: int) -> None:
    with shop(books, generation=generation) as place:
        with PlainClient(place.server) as client:
            elsewhere = client.send("elsewhere")["batchId"]
        name = sent(place)
        ours, other = place.call("batches").document["batches"]
        assert (ours["run"], ours["accepted"], ours["status"]) == (name, 54, "SUCCESS")
        assert (other["run"], other["batch_id"], other["created_by"]) == ("", elsewhere, "practice")
        whole = place.call("batches", elsewhere).document
        (row,) = whole["rows"]
        assert (row["invoice_number"], row["accepted"]) == ("elsewhere", True)
        assert row["invoice_id"]
        missing = place.call("batches", "00000000-0000-0000-0000-000000000000")
        assert (missing.code, missing.document["error"]["code"]) == (2, "followup.no_such_batch")
        assert place.call("batches", "../../token").document["error"]["code"] == "followup.no_such_batch"


@pytest.mark.parametrize("generation", [1, 2])
def test_a_batch_whose_answer_was_lost_is_adopted(books: Path, generation: int) -> None:
    lost: Sequence[dict[str, Any]] = (
        {"at": ["createInvoices"], "applied": True, "ending": "close", "cutHead": 0, "times": 1},
        {"at": ["getInvoices", "getBatches"], "applied": True, "patch": NOTHING_THERE},
    )
    hurry = ("--option", "sending.settle_seconds=0.5")
    with shop(books, generation=generation, faults=lost) as place:
        port = place.server.port
        ended = place.call("send", str(SAMPLE), "--yes", *hurry)
        assert (ended.code, ended.document["counts"]["not_known"]) == (6, 54)
        name = ended.document["run"]
        assert place.call("batches").document["batches"] == []
    with shop(books, port=port, generation=generation) as place:
        (batch,) = place.call("batches").document["batches"]
        assert batch["run"] == ""
        ended = place.plainly("batches", batch["batch_id"], "--adopt", name)
        assert ended.code in (0, 1)
        assert ended.document["settled"] == 54
        assert ended.document["counts"]["accepted"] == 54
        assert place.call("batches").document["batches"][0]["run"] == name
        again = place.plainly("batches", batch["batch_id"], "--adopt", name)
        assert (again.code, again.document["error"]["code"]) == (2, "followup.batch_known")
        assert {entry["times"] for entry in place.server.books()["invoices"]} == {1}


ODD = {
    "missing fields": [{"op": "replace", "path": "/data", "value": [{}, {"id": None}, {"id": "x"}]}],
    "null list": [{"op": "replace", "path": "/data", "value": None}],
    "no list": [{"op": "replace", "path": "/data", "value": {"a": "b"}}],
    "nothing in the list": [{"op": "replace", "path": "/data", "value": [None, 1, "x", []]}],
    "numbers as strings": [
        {"op": "replace", "path": "/data/0/currentAmount", "value": "12.50"},
        {"op": "replace", "path": "/data/0/paidAmount", "value": "a lot"},
    ],
    "unknown words": [{"op": "replace", "path": "/data/0/status", "value": "ÆØÅ\u202e\n"}],
    "an object for a word": [{"op": "replace", "path": "/data/0/status", "value": {"code": "X"}}],
    "null lists inside": [
        {"op": "replace", "path": "/data/0/claims", "value": None},
        {"op": "replace", "path": "/data/0/debtors", "value": "none"},
    ],
    "twice": [{"op": "copy", "from": "/data/0", "path": "/data/-"}],
    "the same page for ever": [
        {"op": "add", "path": "/cursorSummary", "value": {"nextPageToken": "again"}},
        {"op": "remove", "path": "/skipSummary"},
    ],
    "huge numbers": [{"op": "replace", "path": "/data/0/currentAmount", "value": 1e300}],
    "the year one": [{"op": "replace", "path": "/data/0/dueDate", "value": "0001-01-01T00:00:00Z"}],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_answers_are_shown_as_they_are(books: Path, name: str) -> None:
    faults = [{"at": ["getInvoices", "getCases"], "applied": True, "patch": ODD[name]}]
    with shop(books, faults=faults) as place, PlainClient(place.server) as client:
        client.send("1001")
        ended = place.call("track", "--invoice", "1001", "--cases")
        assert ended.code in (0, 5), ended.err
        (one,) = ended.document["invoices"]
        assert one["invoice_number"] == "1001"
        told = place.call("track", "--search", "1001")
        assert told.code in (0, 5), told.err
        for word in ("Traceback", "source-1001"):
            assert word not in ended.err + told.err


def test_what_cannot_be_read_is_told_and_nothing_is_made_up(books: Path) -> None:
    faults = [{"at": ["getInvoices"], "applied": True, "patch": ODD["numbers as strings"]}]
    with shop(books, faults=faults) as place, PlainClient(place.server) as client:
        client.send("1001")
        (one,) = place.call("track", "--invoice", "1001").document["invoices"]
        assert (one["current_amount"], one["paid_amount"]) == ("12.50", "0.00")
        assert one["odd"] == ["paidAmount: a lot"]


def test_changes_since_an_earlier_day_need_an_earlier_day(books: Path) -> None:
    with shop(books) as place:
        port = place.server.port
        sent(place)
        assert place.plainly("track").document["changes"] == {"since": None, "counts": {}}
    with shop(books, port=port, settle=SETTLED) as place:
        document = place.plainly("track").document
        assert by_number(document)["10201"]["standing"] == "paid"
        assert document["changes"]["since"] is None


def test_one_question_at_a_time(books: Path) -> None:
    with shop(books) as place:
        for arguments in (
            ("some-run", "--invoice", "1"),
            ("--search", "1", "--invoice", "1"),
            ("--known", "--invoice", "1"),
        ):
            ended = place.call("track", *arguments)
            assert (ended.code, ended.document["error"]["code"]) == (2, "cli.track.one_question")
        ended = place.call("batches", "--adopt", "some-run")
        assert (ended.code, ended.document["error"]["code"]) == (2, "cli.batches.which")


def test_the_debtor_of_a_case_has_a_name_however_it_is_spelt(books: Path) -> None:
    moved = [
        {"op": "move", "from": "/data/0/debtors/0/firstName", "path": "/data/0/debtors/0/firstname"},
        {"op": "remove", "path": "/data/0/debtors/0/fullName"},
    ]
    with shop(books, faults=[{"at": ["getCases"], "applied": True, "patch": moved}]) as place:
        with PlainClient(place.server) as client:
            client.post({"invoices": [invoice("1001")]})
        document = place.call("track", "--invoice", "1001", "--cases").document
        assert document["cases"][0]["debtors"] == ["Kari Fjell"]
