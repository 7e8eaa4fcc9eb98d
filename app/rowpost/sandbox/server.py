"""The practice server as one object: start it, use it, stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rowpost.model.outside import StopToken
from rowpost.model.targets import PRACTICE_CLIENT, PRACTICE_ORGANIZATION
from rowpost.model.trouble import Remedy, Trouble
from rowpost.sandbox.agency import BASE, Agency
from rowpost.sandbox.books import Books
from rowpost.sandbox.http import LOOPBACK, LoopbackServer
from rowpost.sandbox.judge import Judge
from rowpost.sandbox.scenario import Scenario

CLIENT = (PRACTICE_CLIENT, "practice")


class PracticeServer:
    """Serves the agency's API on the loopback address while its context is open.

    `schemas` are the documents by name; `create-invoices` judges requests. With `books_file`
    (JSON lines) the books survive a restart, also after a kill. Port 0 takes a free one.
    Trouble if the port is taken or the books cannot be read.
    """

    organization_id = PRACTICE_ORGANIZATION  # any other UUID will do as well
    client_id, client_secret = CLIENT

    def __init__(
        self,
        *,
        schemas: Mapping[str, Mapping[str, Any]],
        port: int = 0,
        scenario: Scenario | None = None,
        books_file: Path | None = None,
    ) -> None:
        self._port = port
        self._scenario = scenario or Scenario()
        self._judge = Judge(schemas)
        self._books_file = books_file

    def __enter__(self) -> Self:
        """Start to serve."""
        self._books = Books(self._books_file)
        self._agency = Agency(self._scenario, self._judge, self._books, CLIENT)
        try:
            self._server = LoopbackServer(self._port, self._agency, self._scenario.latency_seconds)
        except (OSError, OverflowError) as error:
            self._books.close()
            raise Trouble("sandbox.port_taken", Remedy.FIX_SETTINGS, {"port": str(self._port)}) from error
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="practice-server", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and end every connection."""
        self._server.stop()
        self._thread.join()
        self._books.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def api_url(self) -> str:
        """The address of the API, without a slash at its end."""
        return f"http://{LOOPBACK}:{self.port}{BASE}"

    @property
    def token_url(self) -> str:
        """The address that gives out tokens."""
        return f"http://{LOOPBACK}:{self.port}/token"

    def books(self) -> dict[str, Any]:
        """Tell what stands in the books, as `GET /_books` does (see `account.account`)."""
        return self._agency.account()


def serve_forever(
    server: PracticeServer, stop: StopToken, on_ready: Callable[[PracticeServer], None]
) -> None:
    """Serve until stopped; `on_ready` is called once requests are answered. Prints nothing."""
    with server:
        on_ready(server)
        stop.wait()
