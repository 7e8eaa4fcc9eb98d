from __future__ import annotations

import threading
from datetime import UTC, datetime

from rowpost.host.clock import SystemClock


def test_now_has_its_zone() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs((datetime.now(UTC) - now).total_seconds()) < 60


def test_sleep_ends_when_stopped_or_over() -> None:
    clock = SystemClock()
    stop = threading.Event()
    started = clock.monotonic()
    assert clock.sleep(0.01, stop) is False
    assert clock.monotonic() - started >= 0.01
    assert clock.sleep(-1, stop) is False
    stop.set()
    assert clock.sleep(3600, stop) is True
