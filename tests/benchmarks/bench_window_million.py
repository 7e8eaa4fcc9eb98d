"""The window with a million rows. Takes minutes: run only when it is named."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.bench_window import walk
from tests.benchmarks.figure import Figure

ROWS = 1_000_000


def figures() -> Iterator[Figure]:
    """Walk it through the window; sending is watched for the first parts only."""
    yield from walk("window_million", ROWS)
