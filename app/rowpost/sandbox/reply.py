"""Requests and replies as values, before HTTP is spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from rowpost.sandbox.scenario import Ending

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"

_encode = msgspec.json.Encoder(decimal_format="number").encode


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks. `headers` have lower-case names; `query` has each name's first value."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the bytes of a reply travel; the schema of scenarios says what each part means."""

    delay_seconds: float = 0
    drip_seconds: float = 0
    cut_after: int | None = None
    cut_head: int | None = None
    ending: Ending = "keep"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. A header that is None is not sent; `raw` replaces everything, head included."""

    status: int
    document: Any = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes | None = None
    raw: bytes | None = None
    delivery: Delivery = Delivery()

    @property
    def payload(self) -> bytes:
        """The body: the bytes if there are any, else the document as JSON."""
        return _encode(self.document) if self.body is None else self.body

    def with_headers(self, headers: Mapping[str, str | None]) -> Reply:
        """Return the same reply with more headers."""
        return replace(self, headers={**self.headers, **headers})


class Refused(Exception):  # noqa: N818 - the request's fate, not an error of the server
    """Ends the handling of a request with a reply; its text is empty."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def success(data: Any, **beside: Any) -> dict[str, Any]:
    """Wrap an answer's data as the agency does."""
    return {"summary": {"status": "SUCCESS"}, **beside, "data": data}


def problem(status: int, title: str, errors: Mapping[str, list[str]] | None = None) -> Reply:
    """Refuse in the form of RFC 9457, with a map from places to sentences as ASP.NET gives it."""
    slug = re.sub("[^a-z]+", "-", title.lower()).strip("-")
    document: dict[str, Any] = {"type": f"urn:practice:{slug}", "title": title, "status": status}
    if errors:
        document["errors"] = dict(errors)
    return Reply(status, document, {"Content-Type": PROBLEM})
