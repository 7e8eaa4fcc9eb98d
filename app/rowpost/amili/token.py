"""Sign-in: a token is fetched once, shared, and renewed before it ends."""

from __future__ import annotations

import threading
from decimal import Decimal
from urllib.parse import urlencode

from rowpost.amili import strict_json
from rowpost.amili.transport import NoReply, Reply, Transport
from rowpost.model.answers import Cause
from rowpost.model.outside import Clock
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy

_EARLY = 30.0  # seconds before its end a token is no longer used
_PAUSE = 0.5  # seconds before the second try, doubled for each further one


class Tokens:
    """The token of one target. Single flight: who comes while it is being fetched waits for it."""

    def __init__(
        self,
        target: Target,
        secret: str | None,
        transport: Transport,
        clock: Clock,
        *,
        deadline: float,
        tries: int,
    ) -> None:
        self._target = target
        self._secret = secret
        self._transport = transport
        self._clock = clock
        self._deadline = deadline
        self._tries = tries
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    def get(self) -> str | Cause:
        """Return a token, or why there is none."""
        with self._lock:
            if self._token and self._clock.monotonic() < self._until:
                return self._token
            return self._fetch()

    def forget(self, token: str) -> None:
        """The agency no longer takes this token."""
        with self._lock:
            if token == self._token:
                self._token = ""

    def _fetch(self) -> str | Cause:
        if not self._secret:
            return Cause("sign_in.no_secret", Remedy.SIGN_IN)
        never = threading.Event()
        for turn in range(self._tries):
            if turn:
                self._clock.sleep(_PAUSE * 2 ** (turn - 1), never)
            found = self._ask()
            if isinstance(found, str) or found.remedy is not Remedy.TRY_LATER:
                break
        return found

    def _ask(self) -> str | Cause:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._target.client_id,
            "client_secret": self._secret or "",
        }
        reply = self._transport.request(
            "POST",
            self._target.token_url,
            body=urlencode(form).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            deadline=self._deadline,
        )
        return reply.cause if isinstance(reply, NoReply) else self._read(reply)

    def _read(self, reply: Reply) -> str | Cause:
        if reply.status in (400, 401, 403):
            return Cause("sign_in.refused", Remedy.SIGN_IN)
        if reply.status == 404:
            return Cause("sign_in.wrong_address", Remedy.FIX_SETTINGS)
        if reply.status != 200:
            return Cause("sign_in.unavailable", Remedy.TRY_LATER, {"status": reply.status})
        try:
            document = strict_json.read(reply.body)
        except ValueError:
            document = None
        token = document.get("access_token") if isinstance(document, dict) else None
        if not isinstance(document, dict) or not isinstance(token, str) or not token.isascii() or not token:
            return Cause("sign_in.odd_answer", Remedy.CALL_FOR_HELP)
        self._token = token
        self._until = self._clock.monotonic() + _seconds(document.get("expires_in")) - _EARLY
        return token


def _seconds(value: object) -> float:
    """Read `expires_in`, which some servers write as a string; a minute where it is not there."""
    try:
        return max(0.0, min(float(value), 86_400.0)) if isinstance(value, (int, str, Decimal)) else 60.0
    except ValueError:
        return 60.0
