"""How answers travel: whole over a connection that is kept, or as broken as the scenario wants."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from typing import Any

import pytest

from rowpost.model.trouble import Trouble
from rowpost.sandbox import PracticeServer, serve_forever
from tests.support.catalogs import schema_documents
from tests.support.practice import PlainClient, counts, part, practice

POST = ["createInvoices"]


def test_a_connection_is_kept_for_many_requests() -> None:
    with practice() as server, PlainClient(server) as client:
        client.send("1")
        name = client.connection.sock.getsockname()
        assert client.get("/nowhere").status == 404
        assert client.ask("GET", "/token").status == 405
        client.send("2")
        assert client.connection.sock.getsockname() == name


def test_the_body_of_a_refused_request_does_not_become_the_next_request() -> None:
    with practice() as server, PlainClient(server) as client:
        assert client.call("POST", "/nowhere", b"GET /_books HTTP/1.1\r\n\r\n").status == 404
        assert client.get("/invoices").status == 200


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize(
    "fault",
    [
        {"ending": "reset", "cutHead": 0},
        {"ending": "close", "cutHead": 0},
        {"ending": "reset", "cutHead": 30},
        {"cutAfter": 10},
        {"ending": "reset", "cutAfter": 10},
        {"raw": "no such protocol\r\n\r\n"},
        {"headers": {"Content-Length": "9999"}, "ending": "close"},
    ],
)
def test_broken_answers(fault: dict[str, Any], *, applied: bool) -> None:
    rule = {"at": POST, "applied": applied, "times": 1, **fault}
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        with pytest.raises((http.client.HTTPException, OSError)):
            client.post(part("1"))
        client.connection.close()
        assert counts(server.books()) == ({"1": 1} if applied else {})
        assert client.send("2")["status"] == "SUCCESS"


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        ({"status": 503, "text": "busy"}, 503, b"busy"),
        ({"status": 502, "hex": "00ff"}, 502, b"\x00\xff"),
        ({"json": {"a": 1.5}}, 500, b'{"a":1.5}'),
        ({"json": {}, "padBytes": 3}, 500, b"{}   "),
        ({"status": 299, "text": ""}, 299, b""),
    ],
)
def test_other_answers(fault: dict[str, Any], status: int, body: bytes) -> None:
    rule = {"at": POST, "headers": {"Retry-After": "7", "Content-Type": None}, **fault}
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        answer = client.post(part("1"))
    assert (answer.status, answer.body) == (status, body)
    assert answer.headers["Retry-After"] == "7"
    assert "Content-Type" not in answer.headers


def test_a_real_answer_is_patched() -> None:
    rule = {
        "at": ["getBatch"],
        "applied": True,
        "skip": 1,
        "times": 1,
        "patch": [{"op": "move", "from": "/data/succeeded/0", "path": "/data/failed/-"}],
    }
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        path = f"/batches/{client.post(part('1', '2')).json['data']['batchId']}"
        polls = [client.get(path).json["data"] for _ in range(3)]
    assert [len(poll["failed"]) for poll in polls] == [0, 1, 0]


def test_a_fault_may_wait_for_one_invoice() -> None:
    rule = {"at": [*POST, "getInvoices"], "invoiceNumber": "2", "status": 500}
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        assert [client.post(part(number)).status for number in "123"] == [202, 500, 202]
        assert [client.get("/invoices", InvoiceNumber=number).status for number in "123"] == [200, 500, 200]


def test_an_early_fault_leaves_the_body_unread() -> None:
    rule = {"at": POST, "early": True, "ending": "reset", "status": 413, "times": 1}
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        with pytest.raises((http.client.HTTPException, OSError)):
            client.call("POST", "/invoices", b" " * 40_000_000)
        client.connection.close()
        assert client.send("1")["status"] == "SUCCESS"
        assert server.books()["requests"]["createInvoices"] == 2


@pytest.mark.parametrize("fault", [{"delaySeconds": 0.2}, {"dripSeconds": 0.002}])
def test_slow_answers_are_whole(fault: dict[str, Any]) -> None:
    rule = {"at": POST, "applied": True, **fault}
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        started = time.monotonic()
        assert client.post(part("1")).status == 202
    assert time.monotonic() - started >= 0.2


def test_latency_slows_everything() -> None:
    with practice(latencySeconds=0.1) as server:
        started = time.monotonic()
        with PlainClient(server) as client:
            client.get("/invoices")
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    "fault", [{"ending": "hang", "cutHead": 5}, {"delaySeconds": 3600}, {"dripSeconds": 60}]
)
def test_the_server_stops_at_once_whatever_it_waits_for(fault: dict[str, Any]) -> None:
    rule = {"at": POST, "name": "slow", **fault}
    with practice(faults=[rule]) as server, PlainClient(server) as client:
        client.connection.request("POST", f"/collection/v1/orgs/{client.organization}/invoices", b"{}")
        while "createInvoices" not in server.books()["requests"]:
            threading.Event().wait(0.001)
        started = time.monotonic()
    assert time.monotonic() - started < 2
    assert not [thread for thread in threading.enumerate() if "practice" in thread.name]


@pytest.mark.parametrize(
    "head",
    [
        "POST /token HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
        "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_bodies_without_an_end_are_refused(head: str) -> None:
    assert _spoken(head).startswith(b"HTTP/1.1 411")


@pytest.mark.parametrize("host", ["evil.example.com", "evil.example.com:80", "127.0.0.1.example.com", ""])
def test_other_names_than_ours_are_refused(host: str) -> None:
    assert _spoken(f"GET /_books HTTP/1.1\r\nHost: {host}\r\n\r\n").startswith(b"HTTP/1.1 421")


def _spoken(text: str) -> bytes:
    with practice() as server, socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(text.encode())
        with connection.makefile("rb") as answer:
            return answer.read()


def test_it_listens_on_the_loopback_address_alone() -> None:
    with practice() as server:
        assert server._server.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken() -> None:
    with (
        practice() as server,
        pytest.raises(Trouble, match=r"sandbox\.port_taken"),
        practice(port=server.port),
    ):
        pass
    with pytest.raises(Trouble, match=r"sandbox\.port_taken"), practice(port=70_000):
        pass


def test_the_same_port_can_be_used_again_at_once() -> None:
    with practice() as first, PlainClient(first) as client:
        client.send("1")
    with practice(port=first.port) as second, PlainClient(second) as client:
        assert client.get("/invoices").json["data"] == []


def test_books_that_cannot_be_read(tmp_path: Any) -> None:
    file = tmp_path / "books.jsonl"
    for content in (b"not json\n", json.dumps({"batchId": 1}).encode() + b"\n", b"\xff\n"):
        file.write_bytes(content)
        with pytest.raises(Trouble, match=r"sandbox\.books_damaged"), practice(file):
            pass
        assert file.read_bytes() == content
    with pytest.raises(Trouble, match=r"sandbox\.books_not_opened"), practice(tmp_path):
        pass


def test_it_serves_until_it_is_stopped() -> None:
    stop, ready = threading.Event(), threading.Event()
    server = PracticeServer(schemas=schema_documents())
    thread = threading.Thread(target=serve_forever, args=(server, stop, lambda _: ready.set()))
    thread.start()
    assert ready.wait(10)
    with PlainClient(server) as client:
        assert client.send("1")["status"] == "SUCCESS"
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_many_at_once_lose_nothing() -> None:
    def send(name: int) -> None:
        with PlainClient(server) as client:
            for number in range(10):
                client.send(f"{name}-{number}")

    with practice(duplicates="reject") as server:
        threads = [threading.Thread(target=send, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(counts(server.books())) == 80
