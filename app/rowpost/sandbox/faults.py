"""Which fault strikes which request, and what it makes of the answer."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from rowpost.sandbox.patch import patched
from rowpost.sandbox.reply import Delivery, Reply, Request
from rowpost.sandbox.scenario import Fault, RetryAfter


class Faults:
    """Counts requests, and tells which fault of the scenario each of them meets."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = [(fault, [0]) for fault in faults]
        self._lock = threading.Lock()

    def next(self, operation: str, request: Request, *, early: bool = False) -> Fault | None:
        """Return the fault for this request, None if it passes. Early faults are asked for on their own."""
        with self._lock:
            for fault, seen in self._faults:
                if fault.early is early and _concerns(fault, operation, request):
                    seen[0] += 1
                    if _strikes(fault, seen[0]):
                        return fault
        return None


def _concerns(fault: Fault, operation: str, request: Request) -> bool:
    if operation not in fault.at:
        return False
    number = fault.invoice_number
    return not number or f'"{number}"'.encode() in request.body or number in request.query.values()


def _strikes(fault: Fault, seen: int) -> bool:
    return seen > fault.skip and (fault.times is None or seen <= fault.skip + fault.times)


def spoilt(fault: Fault, reply: Reply | None) -> Reply:
    """Return what the caller gets to see; `reply` is the real answer if the request was carried out."""
    real = reply or Reply(500, {"title": "The practice server was told to fail.", "status": 500})
    status = fault.status or real.status
    headers = {**real.headers, **fault.headers}
    if fault.retry_after:
        headers["Retry-After"] = retry_after(fault.retry_after)
    return dataclasses.replace(
        real,
        status=status,
        headers=headers,
        body=_body(fault, real),
        raw=None if fault.raw is None else fault.raw.encode("latin-1"),
        delivery=Delivery(
            fault.delay_seconds, fault.drip_seconds, fault.cut_after, fault.cut_head, fault.ending
        ),
    )


def _body(fault: Fault, real: Reply) -> bytes:
    if fault.hex is not None:
        body = bytes.fromhex(fault.hex)
    elif fault.text is not None:
        body = fault.text.encode()
    elif fault.json is not None:
        body = Reply(200, fault.json).payload
    else:
        body = dataclasses.replace(real, document=patched(real.document, fault.patch)).payload
    return body + b" " * fault.pad_bytes


def retry_after(wish: RetryAfter) -> str:
    """Write a Retry-After header in the form that is wished for."""
    if wish.form == "date":
        return format_datetime(datetime.now(UTC) + timedelta(seconds=wish.seconds), usegmt=True)
    return f"{wish.seconds:g}"
