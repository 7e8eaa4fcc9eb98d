"""HTTP/1.1 over loopback sockets: reads requests, writes replies, whole or as broken as they should be."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import socketserver
import struct
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from rowpost.sandbox.agency import Agency
from rowpost.sandbox.reply import JSON, Reply, Request, problem

PHRASES = {status.value: status.phrase for status in HTTPStatus}
LARGEST_BODY = 64 * 1024 * 1024
LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = frozenset({LOOPBACK, "localhost"})


class Handler(BaseHTTPRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: LoopbackServer

    def do_GET(self) -> None:
        """Answer a request without a body."""
        self._serve()

    def do_POST(self) -> None:
        """Answer a request with a body."""
        self._serve()

    def log_message(self, *_: Any) -> None:
        """Say nothing: requests carry personal data."""

    def _serve(self) -> None:
        target = urlsplit(self.path)
        query = dict(reversed(parse_qsl(target.query)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, target.path, query, headers)
        agency = self.server.agency
        reply = self._stranger(headers) or agency.early(request)
        if reply is None:
            body = self._body(headers)
            if body is None:
                reply = problem(411, "The length of the body must be given, and be less than 64 MiB.")
            else:
                reply = agency.answer(Request(self.command, target.path, query, headers, body))
        else:
            self.close_connection = True  # its body has not been read
        self._deliver(reply)

    def _stranger(self, headers: dict[str, str]) -> Reply | None:
        """Refuse names that are not ours: a web page must not read the books through its own name."""
        known = urlsplit(f"//{headers.get('host', '')}").hostname in LOOPBACK_NAMES
        return None if known else problem(421, "This server answers to the loopback address alone.")

    def _body(self, headers: dict[str, str]) -> bytes | None:
        """Read the body; None if it cannot be told where it ends, or if it is far too long."""
        length = headers.get("content-length", "0" if self.command == "GET" else "")
        if "transfer-encoding" in headers or not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _deliver(self, reply: Reply) -> None:
        delivery = reply.delivery
        if self.server.stopping.wait(self.server.latency + delivery.delay_seconds):
            self.close_connection = True
            return
        head, body = self._bytes_of(reply)
        whole = (head + body[: delivery.cut_after])[: delivery.cut_head]
        try:
            self._write(whole, delivery.drip_seconds)
        except OSError:  # the client has gone
            self.close_connection = True
            return
        if delivery.ending != "keep" or len(whole) < len(head) + len(body):
            self._end(delivery.ending)

    def _bytes_of(self, reply: Reply) -> tuple[bytes, bytes]:
        if reply.raw is not None:
            self.close_connection = True
            return reply.raw, b""
        body = reply.payload
        headers = {"Content-Type": JSON, "Content-Length": str(len(body)), **reply.headers}
        if headers["Content-Length"] is None or self.close_connection:
            self.close_connection = True
            headers["Connection"] = "close"
        lines = [
            f"HTTP/1.1 {reply.status} {PHRASES.get(reply.status, 'Unknown')}",
            f"Date: {self.date_time_string()}",
        ]
        lines += [f"{name}: {value}" for name, value in headers.items() if value is not None]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), body

    def _write(self, whole: bytes, drip_seconds: float) -> None:
        if not drip_seconds:
            self.wfile.write(whole)
            return
        for place in range(len(whole)):
            self.wfile.write(whole[place : place + 1])
            if self.server.stopping.wait(drip_seconds):
                return

    def _end(self, ending: str) -> None:
        self.close_connection = True
        if ending == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        while ending == "hang" and not self.server.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.05)
            if readable:  # the client has closed, or sends more: either way it no longer waits
                return


class LoopbackServer(ThreadingHTTPServer):
    """Listens on the loopback address; a thread for each connection."""

    allow_reuse_address = os.name != "nt"  # on Windows it would let two servers share a port
    request_queue_size = 128
    daemon_threads = False
    block_on_close = True

    def __init__(self, port: int, agency: Agency, latency: float) -> None:
        self.agency = agency
        self.latency = latency
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((LOOPBACK, port), Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server for our own name."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that it can be ended when the server stops."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """End a connection: by a reset if the handler asked for one, else in the usual way."""
        with self._lock:
            self._open.discard(request)
        if struct.unpack("ii", request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))[0]:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that breaks off is what this server is for."""

    def stop(self) -> None:
        """End the listening, every connection and every thread."""
        self.stopping.set()
        self.shutdown()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
