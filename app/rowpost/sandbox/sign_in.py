"""Tokens: client credentials in, a bearer token out, valid for a while."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from urllib.parse import parse_qsl

from rowpost.sandbox.reply import Refused, Reply, Request, problem


class SignIn:
    """Gives out tokens to one client, and knows which of them are still valid."""

    def __init__(self, client_id: str, client_secret: str, seconds: float, now: Callable[[], float]) -> None:
        self._client = (client_id, client_secret)
        self._seconds = seconds
        self._now = now
        self._tokens: dict[str, float] = {}
        self._lock = threading.Lock()

    def token(self, request: Request) -> Reply:
        """Answer a token request."""
        if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return Reply(415, {"error": "invalid_request"})
        form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
        if form.get("grant_type") != "client_credentials":
            return Reply(400, {"error": "unsupported_grant_type"})
        given = f"{form.get('client_id')}\n{form.get('client_secret')}"
        if not hmac.compare_digest(given.encode(), "\n".join(self._client).encode()):
            return Reply(401, {"error": "invalid_client"})
        return Reply(200, self._issue(), {"Cache-Control": "no-store"})

    def _issue(self) -> dict[str, object]:
        token, now = secrets.token_urlsafe(32), self._now()
        with self._lock:
            self._tokens = {old: until for old, until in self._tokens.items() if until > now}
            self._tokens[token] = now + self._seconds
        return {
            "access_token": token,
            "token_type": "Bearer",
            "not_before": int(now),
            "expires_in": int(self._seconds),
            "expires_on": int(now + self._seconds),
            "resource": "practice",
        }

    def require(self, request: Request) -> None:
        """Refuse a request whose token is missing, unknown or too old."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        with self._lock:
            until = self._tokens.get(token, 0.0)
        if scheme.lower() != "bearer" or until <= self._now():
            answer = problem(401, "The token is missing or no longer valid.")
            raise Refused(answer.with_headers({"WWW-Authenticate": 'Bearer error="invalid_token"'}))
