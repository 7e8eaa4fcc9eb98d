"""The machine's clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from rowpost.model.outside import StopToken


class SystemClock:
    """The real `model.outside.Clock`."""

    def now(self) -> datetime:
        """The time of day, in UTC, with its zone."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only ever grow, also while the time of day is being set."""
        return time.monotonic()

    def sleep(self, seconds: float, stop: StopToken) -> bool:
        """Wait, or until stopped; True if stopped."""
        return stop.wait(max(0.0, seconds))
