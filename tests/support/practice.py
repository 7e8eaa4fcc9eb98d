"""Invoices to practise with, and a plain client of the practice server: HTTP and nothing of ours."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from rowpost.sandbox import PracticeServer, Scenario, parse_scenario
from tests.support.catalogs import schema_documents

ORGANIZATION = PracticeServer.organization_id


def invoice(number: str, **changes: Any) -> dict[str, Any]:
    """An invoice that the schema has nothing against; the debtor is one of Tenor's made-up people."""
    return {
        "type": "PAYMENT_REMINDER",
        "invoiceNumber": number,
        "originalInvoiceAmount": 1250.5,
        "currency": "NOK",
        "invoiceDate": "2026-01-15T00:00:00Z",
        "dueDate": "2026-02-15T00:00:00Z",
        "uniqueSourceInvoiceId": f"source-{number}",
        "description": "Rent of a boat",
        "debtors": [
            {
                "type": "PRIVATE",
                "firstname": "Kari",
                "lastname": "Fjell",
                "customerNumber": "C-1",
                "identificationNumber": "10915596784",
                "addresses": [
                    {"street": "Storgata 1", "city": "Oslo", "zipCode": "0150", "countryCode": "NO"}
                ],
            }
        ],
        "claims": [{"type": "PRINCIPAL", "remainingAmount": 1250.5, "description": "Rent"}],
        **changes,
    }


def part(*numbers: str) -> dict[str, Any]:
    """The body that sends these invoices."""
    return {"invoices": [invoice(number) for number in numbers]}


def scenario(**document: Any) -> Scenario:
    """A scenario, read as if it stood in a file."""
    return parse_scenario(document, schema_documents()["scenario"])


def practice(books: Any = None, port: int = 0, **document: Any) -> PracticeServer:
    """A practice server with the published schemas, playing a scenario."""
    return PracticeServer(
        schemas=schema_documents(), scenario=scenario(**document), books_file=books, port=port
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


@dataclass(slots=True)
class PlainClient:
    """Talks to a practice server over one connection that is kept alive."""

    server: PracticeServer
    organization: str = ORGANIZATION
    token: str = ""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)

    def __enter__(self) -> Self:
        """Sign in."""
        self.token = self.sign_in().json["access_token"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self.connection.close()

    def sign_in(self, **changes: str) -> Answer:
        """Ask for a token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.server.client_id,
            "client_secret": self.server.client_secret,
            **changes,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", urlsplit(self.server.token_url).path, urlencode(form).encode(), headers)

    def post(self, document: object, headers: Mapping[str, str] | None = None) -> Answer:
        """Send invoices."""
        return self.call("POST", "/invoices", json.dumps(document).encode(), headers)

    def get(self, path: str, **query: str | int) -> Answer:
        """Look something up below the organisation."""
        return self.call("GET", f"{path}?{urlencode(query)}" if query else path)

    def send(self, *numbers: str) -> dict[str, Any]:
        """Send invoices, and return their batch."""
        batch_id = self.post(part(*numbers)).json["data"]["batchId"]
        batch: dict[str, Any] = self.get(f"/batches/{batch_id}").json["data"]
        return batch

    def call(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask for something of the organisation, signed in."""
        base = f"{urlsplit(self.server.api_url).path}/orgs/{self.organization}"
        return self.ask(
            method, base + path, body, {"Authorization": f"Bearer {self.token}", **(headers or {})}
        )

    def ask(self, method: str, target: str, body: bytes | None = None, headers: Any = None) -> Answer:
        """Ask for anything."""
        self.connection.request(method, target, body, headers or {})
        response = self.connection.getresponse()
        return Answer(response.status, dict(response.headers), response.read())


def counts(books: Mapping[str, Any]) -> dict[str, int]:
    """How often each invoice number stands in the books."""
    entries: Sequence[Mapping[str, Any]] = books["invoices"]
    return {entry["invoiceNumber"]: entry["times"] for entry in entries}
