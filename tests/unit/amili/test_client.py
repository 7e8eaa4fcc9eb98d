"""The client over real sockets: what was certainly never sent, how long, how much, and to whom."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rowpost.amili import AmiliClient
from rowpost.amili.transport import _tls_context, refuse_plain_http
from rowpost.host.clock import SystemClock
from rowpost.model.answers import PostAnswer
from rowpost.model.trouble import Trouble
from tests.safety.world import ORGANIZATION, network_rules, sending_rules, target_at
from tests.support.practice import part, practice

BODY = b'{"invoices":[]}'
TLS_HANDSHAKE = 0x16  # the first byte of whoever speaks TLS
TOKEN = b'{"access_token":"t","expires_in":3600}'


def answer(body: bytes, status: str = "200 OK", *head: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *head]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Listener:
    """A server that answers the token, and hands every other connection to `then`."""

    def __init__(self, then: Callable[[socket.socket], None]) -> None:
        self.requests: list[bytes] = []
        self._then = then
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                request = self._read(connection)
                self.requests.append(request)
                if b" /token " in request:
                    connection.sendall(answer(TOKEN))
                else:
                    self._then(connection)

    @staticmethod
    def _read(connection: socket.socket) -> bytes:
        request = b""
        while b"\r\n\r\n" not in request:
            more = connection.recv(65536)
            if not more or more[0] == TLS_HANDSHAKE:
                return more
            request += more
        head, _, body = request.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        length = int(lengths[0].split(b":")[1]) if lengths else 0
        while len(body) < length:
            body += connection.recv(65536)
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@contextmanager
def listening(then: Callable[[socket.socket], None]) -> Iterator[Listener]:
    listener = Listener(then)
    try:
        yield listener
    finally:
        listener.close()


def client_at(base: str, *, secret: str | None = "secret", network: Any = None, **rules: Any) -> AmiliClient:
    network = network_rules(**{"get_tries": 1, "connect_seconds": 2, **(network or {})})
    return AmiliClient(target_at(base), secret, network, sending_rules(**rules), clock=SystemClock())


def post(base: str, **more: Any) -> PostAnswer:
    client = client_at(base, **more)
    try:
        return client.post_invoices(BODY, "uid-1")
    finally:
        client.close()


def hang(connection: socket.socket) -> None:
    connection.recv(1)


def say(*parts: bytes) -> Callable[[socket.socket], None]:
    def then(connection: socket.socket) -> None:
        for some in parts:
            connection.sendall(some)

    return then


def drip(connection: socket.socket) -> None:
    """One byte now and again: each within any read timeout."""
    try:
        for byte in answer(b"{}", "202 Accepted"):
            connection.sendall(bytes([byte]))
            time.sleep(0.05)
    except OSError:
        pass  # the client has hung up, as it should


TAKEN = answer(b'{"data":{"batchId":"b-1"}}', "202 Accepted")

# what the server does after it has read the request: the status seen (0: none), the cause
MAYBE_SENT: dict[str, tuple[Callable[[socket.socket], None], int, str | None]] = {
    "closes": (say(), 0, "network.no_answer"),
    "sends half a head": (say(b"HTTP/1.1 202 Acc"), 202, None),
    "sends half a body": (say(TAKEN[:-5]), 0, "network.no_answer"),
    "speaks no HTTP": (say(b"220 smtp ready\r\n"), 0, "network.no_answer"),
    "sends bad chunks": (
        say(b"HTTP/1.1 202 A\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        0,
        "network.no_answer",
    ),
    "sends bad gzip": (
        say(answer(b"not gzip", "202 Accepted", "Content-Encoding: gzip")),
        0,
        "network.no_answer",
    ),
    "drips": (drip, 0, "network.deadline"),
    "hangs": (hang, 0, "network.deadline"),
    "sends too much": (say(answer(b" " * 1_200_000)), 0, "agency.too_long"),
}


@pytest.mark.parametrize("name", MAYBE_SENT)
def test_maybe_sent(name: str) -> None:
    then, status, code = MAYBE_SENT[name]
    with listening(then) as listener:
        began = time.monotonic()
        found = post(listener.base, post_deadline_seconds=0.5, network={"answer_max_mib": 1})
        assert time.monotonic() - began < 3
    assert not found.never_sent
    assert (found.status, found.cause and found.cause.code, found.batch_id) == (status, code, "")
    assert sum(b"/invoices" in request for request in listener.requests) == 1  # a POST has one try


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def full_backlog() -> Iterator[str]:
    """A server that does not accept: connecting takes for ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        waiting = []
        for _ in range(8):
            guest = socket.socket()
            guest.setblocking(False)
            guest.connect_ex(server.getsockname())
            waiting.append(guest)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        for guest in waiting:
            guest.close()


def signed_in(base: str, **more: Any) -> AmiliClient:
    """A client whose token comes from a server that works, while the API is at `base`."""
    with listening(say()) as listener:
        client = client_at(listener.base, **more)
        client.sign_in()
    client._base = f"{base}/orgs/{ORGANIZATION}"
    return client


def never(base: str, **more: Any) -> str:
    client = signed_in(base, **more)
    try:
        found = client.post_invoices(BODY, "uid-1")
    finally:
        client.close()
    assert (found.status, found.never_sent) == (0, True)
    assert found.cause is not None
    return found.cause.code


def test_never_sent_refused() -> None:
    assert never(closed_port()) == "network.refused"


def test_never_sent_no_such_host() -> None:
    assert never("https://no-such-host.invalid") == "network.no_such_host"


def test_never_sent_nobody_accepts() -> None:
    with full_backlog() as base:
        assert never(base, network={"connect_seconds": 0.3}) == "network.connect_timeout"


def test_never_sent_the_server_cannot_prove_itself() -> None:
    """A server that speaks plain text where TLS is expected."""
    with listening(say(b"hello\r\n")) as listener:
        base = listener.base.replace("http:", "https:")
        assert never(base) == "network.tls"
    assert not any(BODY in request for request in listener.requests)


def test_never_sent_a_proxy_that_refuses() -> None:
    with listening(say(answer(b"", "407 Proxy Authentication Required"))) as proxy:
        code = never("https://api.example.com", network={"proxy": proxy.base})
    assert code == "network.proxy"
    assert not any(BODY in request for request in proxy.requests)


def test_never_sent_without_a_token() -> None:
    with practice() as server:
        base = server.api_url.removesuffix("/collection/v1")
        assert post(base, secret="wrong").cause.code == "sign_in.refused"  # type: ignore[union-attr] # it has one
        found = post(base, secret=None)
        assert found.never_sent
        assert found.cause is not None
        assert found.cause.code == "sign_in.no_secret"


def test_no_redirect_is_followed_and_the_body_goes_nowhere_else() -> None:
    with listening(say(TAKEN)) as elsewhere:
        location = f"Location: {elsewhere.base}/orgs/x/invoices"
        for status in ("301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"):
            with listening(say(answer(b'{"title":"moved"}', status, location))) as listener:
                found = post(listener.base)
            assert found.status == int(status[:3])  # read, not cut
        assert elsewhere.requests == []


def test_the_batch_url_is_not_followed() -> None:
    with listening(say(TAKEN)) as elsewhere:
        body = b'{"data":{"batchId":"b-1","batchUrl":"%s/x"}}' % elsewhere.base.encode()
        with listening(say(answer(body, "202 Accepted"))) as listener:
            assert post(listener.base).batch_id == "b-1"
        assert elsewhere.requests == []


def test_a_post_goes_over_a_connection_of_its_own() -> None:
    with listening(say(TAKEN)) as listener:
        post(listener.base)
        request = listener.requests[-1].lower()
    assert b"connection: close" in request
    assert b"user-agent" in request
    assert b"idempotency" not in request


def test_the_idempotency_header_has_the_name_of_the_settings() -> None:
    with listening(say(TAKEN)) as listener:
        post(listener.base, idempotency_header="X-Once")
        assert b"X-Once: uid-1" in listener.requests[-1]


@pytest.mark.parametrize("url", ["http://api.example.com/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "x"])
def test_plain_http_is_refused(url: str) -> None:
    with pytest.raises(Trouble, match=r"target\.plain_http"):
        refuse_plain_http(url)


@pytest.mark.parametrize(
    "url", ["https://api.example.com", "http://127.0.0.1:1/x", "http://[::1]:1", "http://localhost"]
)
def test_https_and_this_machine_are_fine(url: str) -> None:
    refuse_plain_http(url)


@pytest.mark.parametrize(
    ("ahead", "least", "most"),
    [(timedelta(hours=2), 7_000.0, 7_200.0), (timedelta(days=-4000), 0.0, 0.0)],
)
def test_retry_after_as_a_date(ahead: timedelta, least: float, most: float) -> None:
    header = f"{datetime.now(UTC) + ahead:%a, %d %b %Y %H:%M:%S GMT}"
    with listening(say(answer(b"{}", "429 Too Many", f"Retry-After: {header}"))) as listener:
        found = post(listener.base).retry_after
    assert found is not None
    assert least <= found <= most


@pytest.mark.parametrize(("header", "seconds"), [("17", 17.0), ("0", 0.0)])
def test_retry_after_in_seconds(header: str, seconds: float) -> None:
    with listening(say(answer(b"{}", "429 Too Many", f"Retry-After: {header}"))) as listener:
        found = post(listener.base).retry_after
    assert found == seconds


@pytest.mark.parametrize("header", ["soon", "-1", "1.5", "Wed, 99 Foo 2015", ""])
def test_an_odd_retry_after_is_none(header: str) -> None:
    with listening(say(answer(b"{}", "429 Too Many", f"Retry-After: {header}"))) as listener:
        assert post(listener.base).retry_after is None


def test_one_token_serves_many_who_come_at_once() -> None:
    with listening(say(answer(b'{"data":[]}'))) as listener:
        client = client_at(listener.base)
        threads = [threading.Thread(target=client.sign_in) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        client.holds_nothing()
        client.close()
        assert sum(b" /token " in request for request in listener.requests) == 1


def test_after_a_401_the_next_post_has_a_new_token() -> None:
    with listening(say(answer(b"{}", "401 Unauthorized"))) as listener:
        client = client_at(listener.base)
        assert [client.post_invoices(BODY, "uid").status for _ in range(2)] == [401, 401]
        client.close()
        assert [b" /token " in request for request in listener.requests] == [True, False, True, False]


def test_a_question_is_asked_again_with_a_new_token_once() -> None:
    with listening(say(answer(b"{}", "401 Unauthorized"))) as listener:
        client = client_at(listener.base)
        found = client.batch("b-1")
        client.close()
        tokens = sum(b" /token " in request for request in listener.requests)
    assert found.cause is not None
    assert (found.cause.code, tokens) == ("sign_in.not_taken", 2)


def test_a_question_is_tried_again() -> None:
    answers = iter([b"", answer(b'{"data":{"batchId":"b-1","status":"SUCCESS"}}')])
    with listening(lambda connection: connection.sendall(next(answers))) as listener:
        client = client_at(listener.base, network={"get_tries": 2})
        found = client.batch("b-1")
        client.close()
    assert found.batch is not None


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        ("200 OK", b"<html>", "agency.odd_answer"),
        ("200 OK", b'{"data":{"batchId":"another","status":"SUCCESS"}}', "agency.odd_answer"),
        ("403 Forbidden", b"{}", "agency.forbidden"),
        ("500 Oops", b"{}", "agency.unwell"),
    ],
)
def test_an_answer_about_a_batch_that_is_of_no_use(status: str, body: bytes, code: str) -> None:
    with listening(say(answer(body, status))) as listener:
        client = client_at(listener.base)
        found = client.batch("b-1")
        client.close()
    assert found.cause is not None
    assert (found.batch, found.cause.code) == (None, code)


def test_a_look_up_that_ignores_the_question_is_no_answer() -> None:
    other = b'{"data":[{"id":"1","uniqueSourceInvoiceId":"another"}]}'
    with listening(say(answer(other))) as listener:
        client = client_at(listener.base)
        found = client.invoices_by_source_id("ours")
        client.close()
    assert found.cause is not None


def test_the_read_side_over_all_pages() -> None:
    for generation, paging in ((1, "both"), (2, "both"), (2, "cursor"), (2, "skip")):
        with practice(generation=generation, paging=paging, pageSize=2) as server:
            client = client_at(server.api_url.removesuffix("/collection/v1"), secret="practice")
            assert client.holds_nothing()
            for numbers in ("abc", "de"):
                assert client.post_invoices(json.dumps(part(*numbers)).encode(), "").batch_id
            found = client.invoices({})
            assert sorted(facts.invoice_number for facts in found.found) == list("abcde")
            assert not client.holds_nothing()
            assert len(client.cases({}).cases) == 5
            assert client.cases({}).cause is None
            assert len(client.recent_batches(datetime.now(UTC) - timedelta(hours=1)).batches) == 2
            assert client.recent_batches(datetime.now(UTC) + timedelta(hours=1)).batches == ()
            one = found.found[0]
            assert client.invoice(one.invoice_id).found[0].invoice_number == one.invoice_number
            assert client.invoice("nothing").found == ()
            client.close()


def test_a_question_that_is_asked_too_often_says_how_long_to_wait() -> None:
    with listening(say(answer(b"{}", "429 Too Many", "Retry-After: 33"))) as listener:
        client = client_at(listener.base)
        assert client.invoices_by_source_id("x").retry_after == 33.0
        assert client.batch("b-1").retry_after == 33.0
        client.close()


def test_tls_is_never_switched_off() -> None:
    context = _tls_context("")
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
