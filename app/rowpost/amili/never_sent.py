"""The one place that tells a request that was certainly never sent from one that may have been.

Certainly never sent: the connection was never made (name not found, refused, no answer while
connecting, TLS handshake or proxy failed). Anything that went wrong later may have been sent.
"""

from __future__ import annotations

import ssl

import requests
import urllib3.exceptions as u3

from rowpost.model.answers import Cause
from rowpost.model.trouble import Remedy

NO_ANSWER = Cause("network.no_answer", Remedy.TRY_LATER)
TOO_SLOW = Cause("network.deadline", Remedy.TRY_LATER)

# the innermost urllib3 reason: the wording code, what helps
_WHILE_CONNECTING: tuple[tuple[type[BaseException], str, Remedy], ...] = (
    (u3.NameResolutionError, "network.no_such_host", Remedy.TRY_LATER),
    (u3.NewConnectionError, "network.refused", Remedy.TRY_LATER),
    (u3.ConnectTimeoutError, "network.connect_timeout", Remedy.TRY_LATER),
    (u3.ProxyError, "network.proxy", Remedy.FIX_SETTINGS),
    (u3.SSLError, "network.tls", Remedy.FIX_SETTINGS),
    (ssl.SSLError, "network.tls", Remedy.FIX_SETTINGS),
)


def judge(error: BaseException, *, connected: bool) -> tuple[bool, Cause]:
    """Return (never sent, cause). `connected`: the connection, TLS and proxy included, had been made."""
    if connected:
        return False, NO_ANSWER
    for reason in _reasons(error):
        for kind, code, remedy in _WHILE_CONNECTING:
            if isinstance(reason, kind):
                return True, Cause(code, remedy)
    # the proxy's own connection, or a URL that requests will not open: nothing was connected either
    known = isinstance(error, (requests.ConnectionError, requests.exceptions.InvalidURL))
    return known, Cause("network.refused", Remedy.TRY_LATER) if known else NO_ANSWER


def _reasons(error: BaseException) -> list[BaseException]:
    """The error and what it was made of, outermost first."""
    found: list[BaseException] = []
    queue: list[object] = [error]
    while queue and len(found) < 16:
        item = queue.pop(0)
        if isinstance(item, BaseException) and item not in found:
            found.append(item)
            queue += [getattr(item, "reason", None), getattr(item, "original_error", None), *item.args]
    return found
