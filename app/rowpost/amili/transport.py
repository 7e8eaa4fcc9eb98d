"""One HTTP request: one try, an overall deadline, a size cap, no redirects, the system's trust store."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from rowpost.amili import never_sent
from rowpost.model.answers import Cause
from rowpost.model.settings import NetworkSettings
from rowpost.model.trouble import Remedy, Trouble

# it would write URLs, with the keys of invoices in them, and pieces of answers to stderr
logging.getLogger("urllib3").disabled = True
for _name in ("connection", "connectionpool", "util.retry", "response"):
    logging.getLogger(f"urllib3.{_name}").disabled = True

_CHUNK = 64 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that was read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer was read."""

    never_sent: bool
    cause: Cause


@dataclass(slots=True)
class _Watch:
    """Ends a request that takes too long by shutting its socket; a read timeout alone is no deadline."""

    connected: bool = False
    late: bool = False
    sock: socket.socket | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def attach(self, sock: socket.socket) -> None:
        with self.lock:
            self.sock, self.connected = sock, True
            if self.late:
                self._shut()

    def end(self) -> None:
        with self.lock:
            self.late = True
            self._shut()

    def _shut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


_current = threading.local()


class _Watched:
    """Hands the socket to the watch, whether it is new or kept alive."""

    sock: Any

    def connect(self) -> None:
        super().connect()  # type: ignore[misc] # mixed into a connection
        _current.watch.attach(self.sock)

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            _current.watch.attach(self.sock)
        super().request(*args, **kwargs)  # type: ignore[misc] # mixed into a connection


class _Connection(_Watched, urllib3.connection.HTTPConnection):
    pass


class _TLSConnection(_Watched, urllib3.connection.HTTPSConnection):
    pass


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TLSConnection


_POOLS = {"http": _Pool, "https": _TLSPool}


class _Adapter(HTTPAdapter):
    """Watched connections, the operating system's trust store (or the CA file of the settings)."""

    def __init__(self, ca_file: str) -> None:
        self._context = _tls_context(ca_file)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def _tls_context(ca_file: str) -> Any:
    import ssl

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


class _Straight(requests.Session):
    """A session for which there are no redirects: an answer that names another address is an answer.

    `allow_redirects=False` alone reads such an answer's body to its end, past our size cap.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Name no address, whatever the answer says."""


class Transport:
    """Sends requests; `fresh` ones on a connection of their own."""

    def __init__(self, network: NetworkSettings, boundary: Callable[[str], None]) -> None:
        self._network = network
        self._boundary = boundary
        self._session = _Straight()
        self._session.trust_env = False  # neither .netrc nor variables may add credentials or hosts
        self._adapter = _Adapter(network.ca_file)
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str],
        deadline: float,
        fresh: bool = False,
    ) -> Reply | NoReply:
        """Send one request, once; `deadline` is in seconds for all of it."""
        refuse_plain_http(url)
        self._boundary(f"before {method}")
        if fresh:
            self._adapter.close()
        with self._watched(deadline) as watch:
            reply = self._try(watch, method, url, body, dict(headers), fresh=fresh)
        self._boundary(f"after {method}")
        return reply

    def _try(
        self,
        watch: _Watch,
        method: str,
        url: str,
        body: bytes | None,
        headers: dict[str, str],
        *,
        fresh: bool,
    ) -> Reply | NoReply:
        if fresh:
            headers["Connection"] = "close"
        try:
            with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=(self._network.connect_seconds, self._network.read_seconds),
                allow_redirects=False,
                stream=True,
                proxies=self._proxies(url),
            ) as response:
                return self._read(response)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if watch.late:
                return NoReply(never_sent=not watch.connected, cause=never_sent.TOO_SLOW)
            return NoReply(*never_sent.judge(error, connected=watch.connected))

    def _read(self, response: requests.Response) -> Reply | NoReply:
        """Read the body up to the cap, and all that the answer announces of it."""
        cap = self._network.answer_max_mib * 1024 * 1024
        announced = response.headers.get("Content-Length", "")
        body = bytearray()
        while chunk := response.raw.read(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > cap:
                return NoReply(never_sent=False, cause=Cause("agency.too_long", Remedy.CALL_FOR_HELP))
        if (
            announced.isdigit()
            and not response.headers.get("Content-Encoding")
            and len(body) != int(announced)
        ):
            return NoReply(never_sent=False, cause=never_sent.NO_ANSWER)
        return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, bytes(body))

    @contextmanager
    def _watched(self, deadline: float) -> Iterator[_Watch]:
        watch = _current.watch = _Watch()
        timer = threading.Timer(deadline, watch.end)
        timer.daemon = True
        timer.start()
        try:
            yield watch
        finally:
            timer.cancel()

    def _proxies(self, url: str) -> dict[str, str]:
        host = urlsplit(url).hostname or ""
        if host in _LOOPBACK or self._network.proxy == "none":
            return {}
        if self._network.proxy:
            return {"http": self._network.proxy, "https": self._network.proxy}
        return dict(getproxies())


def refuse_plain_http(url: str) -> None:
    """Trouble for an address that is not https, loopback excepted."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        # the host alone: a whole address may hold the keys of a row
        raise Trouble("target.plain_http", Remedy.FIX_SETTINGS, {"url": f"{parts.scheme}://{parts.hostname}"})
