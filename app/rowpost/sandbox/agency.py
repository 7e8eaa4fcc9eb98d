"""The agency: a request in, a reply out. It knows nothing of sockets."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from rowpost.sandbox.account import account
from rowpost.sandbox.books import Books
from rowpost.sandbox.faults import Faults, retry_after, spoilt
from rowpost.sandbox.judge import Judge
from rowpost.sandbox.reception import Reception
from rowpost.sandbox.reply import Refused, Reply, Request, problem
from rowpost.sandbox.scenario import RetryAfter, Scenario
from rowpost.sandbox.search import Search
from rowpost.sandbox.sign_in import SignIn

BASE = "/collection/v1"
OF_ORGANIZATION = f"{BASE}/orgs/(?P<organization>[^/]+)"
ROUTES = (
    ("POST", "token", re.compile("/token")),
    ("POST", "createInvoices", re.compile(f"{OF_ORGANIZATION}/invoices")),
    ("GET", "getInvoices", re.compile(f"{OF_ORGANIZATION}/invoices")),
    ("GET", "getInvoice", re.compile(f"{OF_ORGANIZATION}/invoices/(?P<id>[^/]+)")),
    ("GET", "getBatches", re.compile(f"{OF_ORGANIZATION}/batches")),
    ("GET", "getBatch", re.compile(f"{OF_ORGANIZATION}/batches/(?P<id>[^/]+)")),
    ("GET", "getCases", re.compile(f"{OF_ORGANIZATION}/cases")),
    ("GET", "books", re.compile("/_books")),
)


def route(method: str, path: str) -> tuple[str, str, str]:
    """Return operation, organisation and id of a path ('' where it has none). Refused with 404 or 405."""
    found = [(verb, name, match) for verb, name, pattern in ROUTES if (match := pattern.fullmatch(path))]
    for verb, name, match in found:
        if verb == method:
            parts = match.groupdict()
            return name, parts.get("organization", ""), parts.get("id", "")
    raise Refused(problem(405 if found else 404, "There is nothing here."))


class Agency:
    """One agency with its books, playing one scenario. Safe to use from many threads."""

    def __init__(
        self,
        scenario: Scenario,
        judge: Judge,
        books: Books,
        client: tuple[str, str],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._scenario = scenario
        self._books = books
        self._now = now
        self._faults = Faults(scenario.faults)
        self._sign_in = SignIn(*client, scenario.token_seconds, now)
        self._reception = Reception(scenario, judge, books, now)
        self._search = Search(scenario, books, now)
        self._requests: Counter[str] = Counter()
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Reply:
        """Answer a request, spoilt by the scenario's fault if it meets one."""
        try:
            operation, organization, name = route(request.method, request.path)
        except Refused as refused:
            return refused.reply
        if operation == "books":
            return Reply(200, self.account())
        self._count(operation)
        fault = self._faults.next(operation, request)
        if fault is None:
            return self._carry_out(operation, organization, name, request)
        carried_out = self._carry_out(operation, organization, name, request) if fault.applied else None
        return spoilt(fault, carried_out)

    def early(self, request: Request) -> Reply | None:
        """Return the reply to a request whose body is not to be read, None if it is to be read."""
        try:
            operation, _, _ = route(request.method, request.path)
        except Refused:
            return None
        fault = self._faults.next(operation, request, early=True)
        if fault is None:
            return None
        self._count(operation)
        return spoilt(fault, None)

    def account(self) -> dict[str, Any]:
        """Tell what is in the books (see `account.account`), and `requests`: how many of each operation."""
        with self._lock:
            requests = dict(self._requests)
        return {**account(self._books), "requests": requests}

    def _count(self, operation: str) -> None:
        with self._lock:
            self._requests[operation] += 1

    def _carry_out(self, operation: str, organization: str, name: str, request: Request) -> Reply:
        if operation == "token":
            return self._sign_in.token(request)
        try:
            self._limit_rate()
            self._sign_in.require(request)
            return self._of_organization(operation, self._known(organization), name, request)
        except Refused as refused:
            return refused.reply

    def _of_organization(self, operation: str, organization: str, name: str, request: Request) -> Reply:
        match operation:
            case "createInvoices":
                return self._reception.take(organization, request)
            case "getInvoices":
                return self._search.invoices(organization, request.query)
            case "getInvoice":
                return self._search.invoice(organization, name)
            case "getBatches":
                return self._search.batches(organization, request.query)
            case "getBatch":
                return self._search.batch(organization, name)
            case _:
                return self._search.cases(organization, request.query)

    def _limit_rate(self) -> None:
        limit, now = self._scenario.rate_limit, self._now()
        if limit is None:
            return
        with self._lock:
            while self._recent and self._recent[0] <= now - limit.seconds:
                self._recent.popleft()
            if len(self._recent) < limit.requests:
                self._recent.append(now)
                return
            wait = int(self._recent[0] + limit.seconds - now) + 1
        headers: dict[str, str | None] = {}
        if limit.retry_after != "none":
            headers["Retry-After"] = retry_after(RetryAfter(wait, limit.retry_after))
        raise Refused(problem(429, "Too many requests.").with_headers(headers))

    def _known(self, organization: str) -> str:
        try:
            identity = str(uuid.UUID(organization))
        except ValueError:
            identity = ""
        known = self._scenario.organizations
        if not identity or (known and identity not in known):
            raise Refused(problem(404, "There is no such organisation."))
        return identity
