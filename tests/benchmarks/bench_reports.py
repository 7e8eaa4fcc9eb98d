"""How long it takes to put a result beside each of 100,000 rows, and to mark a problem in each."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from rowpost.model.books import RowState
from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity
from rowpost.reports.problem_workbook import write_problem_workbook
from rowpost.reports.results_workbook import write_results_workbook
from rowpost.wording import Wording
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import ROOT, python, run
from tests.benchmarks.workbook import workbook
from tests.support.catalogs import invoice_catalog
from tests.support.runs import made_result, made_run
from tests.support.tables import table_of

ROWS = 100_000
LIMIT = 30.0
SHEET = "Fakturaer"
_MISSING = "/nowhere.xlsx"


def figures() -> Iterator[Figure]:
    """Measure each kind of report in a process of its own."""
    path = str(workbook(ROWS))
    for kind in ("results", "problems", "list"):
        told = run(python("-m", "tests.benchmarks.bench_reports", kind, path))
        yield at_most(f"reports.{kind}.seconds", json.loads(told.stdout), "s", LIMIT)
        yield Figure(f"reports.{kind}.peak", told.peak_mib, "MiB")


def _make(kind: str, source: Path) -> None:
    """Write one report to `build/` and print the seconds that it took."""
    out = ROOT / "build" / "benchmarks" / f"{kind}.xlsx"
    wording, sha256 = Wording("nb", invoice_catalog()), hashlib.sha256(source.read_bytes()).hexdigest()
    states, rows = list(RowState), range(2, ROWS + 2)
    results = made_run(
        [made_result((row,), states[row % len(states)], raw="Unknown debtor") for row in rows],
        sheet=SHEET,
        sha256=sha256,
    )
    problems = [Problem("sheets.text_file", Severity.ERROR, (CellRef(SHEET, row, 5),)) for row in rows]
    start = perf_counter()
    if kind == "problems":
        write_problem_workbook(source, table_of([], sheet=SHEET), 1, problems, out, wording, sha256=sha256)
    else:
        write_results_workbook(results, source if kind == "results" else Path(_MISSING), out, wording)
    sys.stdout.write(json.dumps(perf_counter() - start))


if __name__ == "__main__":
    _make(sys.argv[1], Path(sys.argv[2]))
