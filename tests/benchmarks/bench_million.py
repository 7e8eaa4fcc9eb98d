"""How `rowpost check` grows from 100,000 invoices to 1,000,000. Takes minutes: run only when it is named."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import Measured, python, run
from tests.benchmarks.workbook import workbook

ROWS, TIMES = 100_000, 10
MOST_TIMES = 11
PEAK_MIB = 2048


def figures() -> Iterator[Figure]:
    """Measure both sizes in one run; the texts stand in their cells in both."""
    small, large = _check(ROWS), _check(ROWS * TIMES)
    ready = json.loads(large.stdout)["ready"]
    yield Figure("million.ready", ready, "rows", f"= {ROWS * TIMES}", ready == ROWS * TIMES)
    yield Figure("million.seconds", large.seconds, "s")
    yield at_most("million.times_as_long", large.seconds / small.seconds, "times", MOST_TIMES)
    yield at_most("million.peak", large.peak_mib, "MiB", PEAK_MIB)


def _check(rows: int) -> Measured:
    return run(python("-m", "rowpost", "check", str(workbook(rows, inline=True)), "--json"))
