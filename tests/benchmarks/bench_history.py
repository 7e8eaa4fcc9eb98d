"""Looking back over 1,000,000 rows: every kind of search, the export, how long it takes to notice a stop."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from rowpost.ledger import Ledger
from rowpost.model.invoices import ReadyInvoice
from rowpost.model.outside import Progress, no_progress
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Stopped
from rowpost.reports.ledger_csv import write_ledger_csv
from rowpost.session.searching import wanted
from rowpost.wording import Wording
from tests.benchmarks.figure import Figure, at_most
from tests.safety.world import make_run, open_ledger, ready, target_at

RUNS, ROWS = 10, 100_000
SEARCH_SECONDS = 0.1
COMMON = Decimal("499.00")  # what every third invoice comes to: the hardest amount to search for


def figures() -> Iterator[Figure]:
    """Fill a ledger on this machine's disk, then ask it."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.sqlite") as ledger:
        for run in range(RUNS):
            name = make_run(ledger, target_at("http://127.0.0.1:1"), list(invoices(run)))
            ledger.finish(name, RunStatus.PAUSED)
        now = datetime.now(UTC)
        today = f"{now.astimezone():%d.%m.%Y}"
        for what, text in (
            ("number", "n5-77777"),
            ("key", "source-n5-77777"),
            ("customer", "c-5-77777"),
            ("case", "no such case"),
            ("amount", "5 77777,5"),
            ("common_amount", "499,00"),
            ("day", today),
            ("nothing", "x9-1"),
        ):
            yield at_most(f"history.search_{what}", seconds(ledger, text, now), "s", SEARCH_SECONDS)
        yield from export(ledger, Path(folder) / "out.csv")


def invoices(run: int) -> Iterator[ReadyInvoice]:
    """100,000 invoices; every third comes to the same amount, the others to one of their own."""
    for number, one in enumerate(ready(f"n{run}-{n}" for n in range(ROWS))):
        amount = COMMON if number % 3 == 0 else Decimal(f"{run}{number:05}.5")
        yield replace(one, customer_number=f"C-{run}-{number}", amount=amount, payload=b"{}")


def seconds(ledger: Ledger, text: str, now: datetime) -> float:
    """Return how long the first answer takes."""
    started = time.perf_counter()
    ledger.search(wanted(text, now))
    return time.perf_counter() - started


def export(ledger: Ledger, out: Path) -> Iterator[Figure]:
    """Write everything once, and stop once."""
    wording, now = Wording("nb"), datetime.now(UTC)
    started = time.perf_counter()
    rows = write_ledger_csv(
        ledger.everything(), out, wording, now=now, stop=threading.Event(), progress=no_progress
    )
    yield Figure("history.export", time.perf_counter() - started, "s", f"{rows} rows")
    stop, asked = threading.Event(), [0.0]

    def halfway(progress: Progress) -> None:
        if progress.done >= RUNS * ROWS // 2 and not stop.is_set():
            asked[0] = time.perf_counter()
            stop.set()

    try:
        write_ledger_csv(ledger.everything(), out, wording, now=now, stop=stop, progress=halfway)
    except Stopped:
        yield at_most("history.export_stops_within", time.perf_counter() - asked[0], "s", 0.5)
