"""The operations of the practice server, as a plain HTTP client sees them."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from rowpost.sandbox import PracticeServer
from tests.support.catalogs import schema_documents
from tests.support.practice import ORGANIZATION, PlainClient, counts, invoice, part, practice

OTHER = "7d3f9c1a-0b52-4e6e-8f1d-9a2b3c4d5e6f"


def test_a_part_is_taken_and_each_invoice_gets_its_verdict() -> None:
    rejection = {"invoiceNumber": "2", "code": "DEBTOR_DECEASED", "message": "The debtor has died."}
    with practice(reject=[rejection]) as server, PlainClient(server) as client:
        batch = client.send("1", "2", "3")
    assert batch["status"] == "PARTIAL"
    assert [item["invoiceNumber"] for item in batch["succeeded"]] == ["1", "3"]
    assert batch["failed"] == [
        {
            "$type": "invoiceFailure",
            "invoiceNumber": "2",
            "errorCode": "DEBTOR_DECEASED",
            "message": "The debtor has died.",
        }
    ]
    assert counts(server.books()) == {"1": 1, "3": 1}
    assert [entry["code"] for entry in server.books()["rejected"]] == ["DEBTOR_DECEASED"]


@pytest.mark.parametrize(("rejected", "word"), [((), "SUCCESS"), (("1",), "PARTIAL"), (("1", "2"), "FAILED")])
def test_the_word_for_a_batch(rejected: tuple[str, ...], word: str) -> None:
    rules = [{"invoiceNumber": number, "code": "X", "message": "x"} for number in rejected]
    with practice(reject=rules) as server, PlainClient(server) as client:
        assert client.send("1", "2")["status"] == word


def test_a_batch_is_queued_for_as_many_polls_as_the_scenario_says() -> None:
    with practice(queuedPolls=2) as server, PlainClient(server) as client:
        batch_id = client.post(part("1")).json["data"]["batchId"]
        polls = [client.get(f"/batches/{batch_id}").json["data"] for _ in range(3)]
    assert [poll["status"] for poll in polls] == ["QUEUED", "QUEUED", "SUCCESS"]
    assert polls[0]["succeeded"] == []
    assert polls[0]["finishedAt"] is None


def test_amounts_are_kept_to_the_cent() -> None:
    body = json.dumps(part("1")).replace("1250.5", "9007199254.93").encode()
    with practice() as server, PlainClient(server) as client:
        client.call("POST", "/invoices", body)
        assert server.books()["invoices"][0]["amount"] == "9007199254.93"
        shown = json.loads(client.get("/invoices").body, parse_float=Decimal)
    assert shown["data"][0]["currentAmount"] == Decimal("9007199254.93")


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        ({"client_secret": "wrong"}, (401, "invalid_client")),
        ({"client_id": "å"}, (401, "invalid_client")),
    ],
)
def test_sign_in_is_refused(change: dict[str, str], answer: tuple[int, str]) -> None:
    with practice() as server, PlainClient(server) as client:
        refused = client.sign_in(**change)
    assert (refused.status, refused.json["error"]) == answer


def test_a_token_request_must_be_a_form() -> None:
    with practice() as server, PlainClient(server) as client:
        path = urlsplit(server.token_url).path
        assert client.ask("POST", path, b"{}", {"Content-Type": "application/json"}).status == 415


def test_a_token_runs_out() -> None:
    with practice(tokenSeconds=0.0001) as server, PlainClient(server) as client:
        refused = client.get("/invoices")
    assert refused.status == 401
    assert "invalid_token" in refused.headers["WWW-Authenticate"]


def test_nothing_is_answered_without_a_token() -> None:
    with practice() as server, PlainClient(server) as client:
        client.token = "guessed"
        assert [client.post(part("1")).status, client.get("/invoices").status] == [401, 401]
        assert server.books()["invoices"] == []


@pytest.mark.parametrize("name", ["42", "", "../other"])
def test_an_organisation_is_a_uuid(name: str) -> None:
    with practice() as server, PlainClient(server, name) as client:
        assert client.post(part("1")).status == 404


def test_only_the_organisations_of_the_scenario_exist_and_each_has_its_own_books() -> None:
    with practice(organizations=[ORGANIZATION]) as server, PlainClient(server, OTHER) as client:
        assert client.get("/invoices").status == 404
    with practice() as server, PlainClient(server) as client:
        client.send("1")
        client.organization = OTHER
        assert client.get("/invoices").json["data"] == []
        client.send("1")
        assert [entry["organizationId"] for entry in server.books()["invoices"]] == [ORGANIZATION, OTHER]


def test_the_schema_refuses_a_part_and_names_every_place() -> None:
    bad = {"invoices": [invoice("1"), invoice("2", currency="nok"), invoice("3", dueDate="15.02.2026")]}
    with practice() as server, PlainClient(server) as client:
        refused = client.post(bad)
    assert refused.status == 422
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert {"invoices[1].currency", "invoices[2].dueDate"} <= set(refused.json["errors"])
    assert server.books()["invoices"] == []


def test_the_schema_may_also_be_judged_invoice_by_invoice() -> None:
    bad = {"invoices": [invoice("1"), invoice("2", currency="nok")]}
    with practice(schemaErrors="row") as server, PlainClient(server) as client:
        assert client.post(bad).status == 202
        assert counts(server.books()) == {"1": 1}


@pytest.mark.parametrize("body", [b"", b"{", b'{"invoices": NaN}', b"[]", b"\xff", b"{}", b"[" * 100_000])
def test_what_is_no_request_at_all(body: bytes) -> None:
    with practice() as server, PlainClient(server) as client:
        assert client.call("POST", "/invoices", body).status == 400


@pytest.mark.parametrize(
    ("limits", "status"),
    [({"maxInvoices": 1}, 413), ({"maxBodyBytes": 100}, 413), ({"maxInvoices": 2}, 202)],
)
def test_a_part_may_be_too_large(limits: dict[str, int], status: int) -> None:
    with practice(**limits) as server, PlainClient(server) as client:
        assert client.post(part("1", "2")).status == status


@pytest.mark.parametrize(("names_row", "errors"), [(True, ["invoices[1].invoiceNumber"]), (False, [])])
def test_one_invoice_may_refuse_the_whole_part(*, names_row: bool, errors: list[str]) -> None:
    rule = {"invoiceNumber": "2", "status": 422, "namesRow": names_row}
    with practice(refuse=[rule]) as server, PlainClient(server) as client:
        refused = client.post(part("1", "2"))
    assert (refused.status, list(refused.json.get("errors", {}))) == (422, errors)


@pytest.mark.parametrize(
    ("rule", "status", "times"), [("accept", 202, 2), ("reject", 202, 1), ("refuse", 409, 1)]
)
def test_duplicates(rule: str, status: int, times: int) -> None:
    with practice(duplicates=rule) as server, PlainClient(server) as client:
        client.send("1")
        assert client.post(part("1")).status == status
        assert counts(server.books()) == {"1": times}


def test_an_idempotency_key_is_answered_with_its_first_batch() -> None:
    key = {"Idempotency-Key": "attempt-1"}
    with practice(idempotencyHeader="Idempotency-Key") as server, PlainClient(server) as client:
        first, second = (client.post(part("1"), key).json["data"]["batchId"] for _ in range(2))
        found = client.get("/batches", IdempotencyKey="attempt-1").json["data"]
    assert first == second
    assert [batch["batchId"] for batch in found] == [first]
    assert counts(server.books()) == {"1": 1}


@pytest.mark.parametrize(("form", "expected"), [("seconds", "60"), ("date", "GMT"), ("none", None)])
def test_the_rate_is_limited(form: str, expected: str | None) -> None:
    limit = {"requests": 2, "seconds": 59.5, "retryAfter": form}
    with practice(rateLimit=limit) as server, PlainClient(server) as client:
        answers = [client.get("/invoices") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    header = answers[2].headers.get("Retry-After")
    assert header is None if expected is None else header is not None and expected in header


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"UniqueSourceInvoiceId": "source-2"}, ["2"]),
        ({"InvoiceNumber": "3"}, ["3"]),
        ({"InvoiceNumber": "3", "UniqueSourceInvoiceId": "source-2"}, []),
        ({"CustomerNumber": "C-1"}, ["1", "2", "3"]),
        ({"CustomerNumber": "C-2"}, []),
        ({"Status": "OPEN", "Type": "PAYMENT_REMINDER"}, ["1", "2", "3"]),
        ({"Status": "CLOSED"}, []),
        ({"Type": "NOTICE"}, []),
        ({"From": "2020-01-01", "To": "2090-01-01"}, ["1", "2", "3"]),
        ({"To": "2020-01-01"}, []),
    ],
)
def test_invoices_are_looked_up(query: dict[str, str], numbers: list[str]) -> None:
    with practice() as server, PlainClient(server) as client:
        client.send("1", "2", "3")
        found = client.get("/invoices", **query).json["data"]
    assert [item["invoiceNumber"] for item in found] == numbers


def test_an_invoice_is_looked_up_by_its_id_and_its_case_by_many_names() -> None:
    with practice() as server, PlainClient(server) as client:
        taken = client.send("1", "2")["succeeded"][1]
        item = client.get(f"/invoices/{taken['invoiceId']}").json["data"]
        assert item["uniqueSourceInvoiceId"] == "source-2"
        assert client.get("/invoices/unknown").status == 404
        for query in ({"UniqueSourceInvoiceId": "source-2"}, {"CaseNumber": item["collectionCaseNumber"]}):
            (case,) = client.get("/cases", **query).json["data"]
            assert case["caseId"] == taken["caseId"]
        assert len(client.get("/cases", SearchTerm="FJELL").json["data"]) == 2


def test_look_ups_may_lag_behind() -> None:
    with practice(lookupLagSeconds=3600) as server, PlainClient(server) as client:
        invoice_id = client.send("1")["succeeded"][0]["invoiceId"]
        assert client.get("/invoices", InvoiceNumber="1").json["data"] == []
        assert client.get(f"/invoices/{invoice_id}").status == 404


def _pages(client: PlainClient, path: str, token_of: Any) -> list[list[str]]:
    pages, token = [], ""
    while True:
        page = client.get(path, **({"PageToken": token} if token else {})).json
        pages.append([item.get("invoiceNumber") or item["batchId"] for item in page["data"]])
        token = token_of(page)
        if not token:
            return pages


@pytest.mark.parametrize(("generation", "summary"), [(1, "summary"), (2, "cursorSummary")])
def test_pages_follow_one_another_without_a_gap(generation: int, summary: str) -> None:
    numbers = [str(number) for number in range(7)]
    with practice(generation=generation, pageSize=3) as server, PlainClient(server) as client:
        client.send(*numbers)
        pages = _pages(client, "/invoices", lambda page: page[summary]["nextPageToken"])
    assert pages == [numbers[:3], numbers[3:6], numbers[6:]]


@pytest.mark.parametrize(
    ("paging", "names"),
    [
        ("both", {"skipSummary", "cursorSummary"}),
        ("cursor", {"cursorSummary"}),
        ("skip", {"skipSummary"}),
    ],
)
def test_styles_of_paging(paging: str, names: set[str]) -> None:
    with practice(paging=paging, pageSize=2) as server, PlainClient(server) as client:
        client.send("1", "2", "3")
        page = client.get("/invoices").json
    assert set(page) - {"summary", "data"} == names
    if "skipSummary" in names:
        assert (page["skipSummary"]["totalCount"], page["skipSummary"]["hasNextPage"]) == (3, True)


@pytest.mark.parametrize("query", [{"PageToken": "??"}, {"PageSize": "0"}, {"PageSize": "many"}])
def test_a_page_that_does_not_exist(query: dict[str, str]) -> None:
    with practice() as server, PlainClient(server) as client:
        assert client.get("/invoices", **query).status == 400


def test_batches_are_listed_by_state_and_in_both_directions() -> None:
    rejection = {"invoiceNumber": "2", "code": "X", "message": "x"}
    with practice(reject=[rejection]) as server, PlainClient(server) as client:
        first, second = client.send("1"), client.send("2")
        ids = [
            [batch["batchId"] for batch in client.get("/batches", **query).json["data"]]
            for query in ({}, {"SortDirection": "Descending"}, {"State": "FAILED"}, {"Type": "PAYMENT"})
        ]
    assert ids == [
        [first["batchId"], second["batchId"]],
        [second["batchId"], first["batchId"]],
        [second["batchId"]],
        [],
    ]


@pytest.mark.parametrize("generation", [1, 2])
def test_answers_follow_the_published_schemas(generation: int) -> None:
    schema = schema_documents()[f"answers-generation-{generation}"]
    rejection = {"invoiceNumber": "2", "code": "X", "message": "x"}
    with practice(generation=generation, reject=[rejection]) as server, PlainClient(server) as client:
        accepted = client.post(part("1", "2")).json
        batch = client.get(f"/batches/{accepted['data']['batchId']}").json
        invoices = client.get("/invoices").json
        answers = {
            "token": client.sign_in().json,
            "accepted": accepted,
            "batch": batch,
            "batches": client.get("/batches").json,
            "invoices": invoices,
            "invoice": client.get(f"/invoices/{invoices['data'][0]['id']}").json,
            "cases": client.get("/cases").json,
        }
    for name, answer in answers.items():
        validator = jsonschema.Draft202012Validator({**schema, "anyOf": [{"$ref": f"#/$defs/{name}"}]})
        assert [error.message for error in validator.iter_errors(answer)] == [], name


def test_generation_1_has_an_object_for_the_status() -> None:
    rejection = {"invoiceNumber": "2", "code": "X", "message": "no"}
    with practice(generation=1, reject=[rejection]) as server, PlainClient(server) as client:
        status = client.send("1", "2")["status"]
    assert status["statuscode"] == "PARTIAL"
    assert status["errors"] == [{"objectname": "invoice", "objectindex": 1, "message": "X: no"}]
    assert [response["objectindex"] for response in status["responses"]] == [0]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("errors", {"invoiceNumber": "1", "errors": {"X": ["no"]}}),
        ("index", {"index": 0, "errorMessage": "no"}),
        ("sourceId", {"uniqueSourceInvoiceId": "source-1", "reason": {"code": "X", "detail": "no"}}),
        ("text", "X: no"),
    ],
)
def test_forms_of_a_failed_invoice(shape: str, expected: object) -> None:
    rejection = {"invoiceNumber": "1", "code": "X", "message": "no"}
    with practice(failedShape=shape, reject=[rejection]) as server, PlainClient(server) as client:
        assert client.send("1")["failed"] == [expected]


def test_the_books_survive_a_restart_and_a_torn_last_line(tmp_path: Path) -> None:
    file = tmp_path / "books" / "practice.jsonl"
    rejection = {"invoiceNumber": "2", "code": "X", "message": '","body":'}
    with practice(file, reject=[rejection]) as server, PlainClient(server) as client:
        client.call("POST", "/invoices", json.dumps(part("1", "2"), indent=1).encode())
        batch = client.send("3")
        before = server.books()
    with file.open("ab") as books:
        books.write(b'{"batchId": "half a li')
    for _ in range(2):
        with practice(file) as server, PlainClient(server) as client:
            assert client.get(f"/batches/{batch['batchId']}").json["data"]["succeeded"] == batch["succeeded"]
            after = server.books()
    assert {**before, "requests": {}} == {**after, "requests": {}}
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_the_books_are_shown_to_anyone_on_this_machine() -> None:
    with practice() as server, PlainClient(server) as client:
        client.send("1")
        shown = client.ask("GET", "/_books").json
    assert shown == server.books()
    assert shown["requests"] == {"token": 1, "createInvoices": 1, "getBatch": 1}


def test_any_organisation_and_the_published_credentials_work_without_a_scenario() -> None:
    with PracticeServer(schemas=schema_documents()) as server, PlainClient(server, OTHER) as client:
        assert client.send("1")["status"] == "SUCCESS"
