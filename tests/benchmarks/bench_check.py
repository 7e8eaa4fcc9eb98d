"""How quickly, and in how little memory, `rowpost check` gets through 100,000 invoices of 32 columns."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, at_least, at_most
from tests.benchmarks.measure import python, run
from tests.benchmarks.workbook import workbook

ROWS = 100_000
PEAK_MIB = 400
TIMES_AS_FAST = 10
TIMES_AS_FAST_WRONG = 6


def figures() -> Iterator[Figure]:
    """Measure ours and the plain way with the same workbook; then with one of which every row is wrong."""
    yield from _right()
    yield from _wrong()


def _right() -> Iterator[Figure]:
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


def _wrong() -> Iterator[Figure]:
    path = str(workbook(ROWS, wrong=True))
    ours = run(python("-m", "rowpost", "check", path, "--json"))
    not_fit = json.loads(ours.stdout)["not_fit"]
    yield Figure("check.wrong.not_fit", not_fit, "rows", f"= {ROWS}", not_fit == ROWS)
    yield Figure("check.wrong.seconds", ours.seconds, "s")
    plain = run(python("-m", "tests.benchmarks.plain_way", path))
    yield Figure("check.wrong.plain_way.not_fit", json.loads(plain.stdout)["not_fit"], "rows")
    yield Figure("check.wrong.plain_way.seconds", plain.seconds, "s")
    yield at_least("check.wrong.times_as_fast", plain.seconds / ours.seconds, "times", TIMES_AS_FAST_WRONG)
