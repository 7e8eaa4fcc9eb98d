"""The window while a hundred thousand rows are sent to the last one. Takes minutes: only when it is named."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.bench_window import ROWS, walk
from tests.benchmarks.figure import Figure


def figures() -> Iterator[Figure]:
    """Send everything, see the results, open them once more."""
    yield from walk("window_sent", ROWS, to_the_end=True)
