"""How quickly, and in how little memory, `rowpost check` gets through 100,000 invoices of 32 columns."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, at_least, at_most
from tests.benchmarks.measure import python, run
from tests.benchmarks.workbook import workbook

ROWS = 100_000
PEAK_MIB = 500
TIMES_AS_FAST = 5


def figures() -> Iterator[Figure]:
    """Measure ours and the plain way with the same workbook, one after the other."""
    path = str(workbook(ROWS))
    ours = run(python("-m", "rowpost", "check", path, "--json"))
    ready = json.loads(ours.stdout)["ready"]
    yield Figure("check.ready", ready, "rows", f"= {ROWS}", ready == ROWS)
    yield Figure("check.seconds", ours.seconds, "s")
    yield at_most("check.peak", ours.peak_mib, "MiB", PEAK_MIB)
    plain = run(python("-m", "tests.benchmarks.plain_way", path))
    yield Figure("check.plain_way.ready", json.loads(plain.stdout)["ready"], "rows")
    yield Figure("check.plain_way.seconds", plain.seconds, "s")
    yield Figure("check.plain_way.peak", plain.peak_mib, "MiB")
    yield at_least("check.times_as_fast", plain.seconds / ours.seconds, "times", TIMES_AS_FAST)
