"""How quickly 100,000 invoices are mapped and checked, and one edited row is checked again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter

from rowpost.intake import IntakeRules, Rechecker, assess
from rowpost.intake.examiner import Examiner
from rowpost.mapping import suggest
from rowpost.model.settings import CheckSettings
from rowpost.model.targets import Environment
from rowpost.model.workbook import Reading
from rowpost.sheets import open_workbook
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.workbook import workbook
from tests.support.catalogs import invoice_catalog

ROWS = 100_000
ORGANIZATION = "3f2b8c1e-0d4a-4c5e-9b1a-2f6d7e8c9a10"
EDITS = 20


def figures() -> Iterator[Figure]:
    """Seconds of the whole pass, milliseconds of the slowest of twenty edits."""
    catalog = invoice_catalog()
    opened = open_workbook(workbook(ROWS), Reading(), catalog)
    table, layout = opened.table, opened.layout
    mapping = suggest(table, layout, catalog)
    checks = CheckSettings(14, 36, 30, {}, {})
    rules = IntakeRules(datetime.now(UTC).date(), Environment.STAGING, ORGANIZATION, checks)
    started = perf_counter()
    found = assess(table, layout, mapping, catalog, rules)
    yield at_most("intake.assess_seconds", perf_counter() - started, "s", 3)
    if len(found.ready) != ROWS:
        raise RuntimeError(len(found.ready))
    checker = Rechecker(Examiner(table, layout, mapping, catalog, rules))
    yield at_most("intake.recheck_milliseconds", max(_edits(checker)), "ms", 50)


def _edits(checker: Rechecker) -> Iterator[float]:
    """Give one row after the other the invoice number of the first: a duplicate each time."""
    edits: dict[tuple[int, int], str] = {}
    for row in range(50_000, 50_000 + EDITS):
        edits[row, 1] = "F2000000"
        started = perf_counter()
        checker.recheck(edits, [row])
        yield (perf_counter() - started) * 1000
