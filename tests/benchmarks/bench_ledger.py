"""The ledger and the loop at scale: many rows, a restart in the middle of them, what a part costs."""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from rowpost.amili import AmiliClient
from rowpost.host.clock import SystemClock
from rowpost.ledger import Ledger
from rowpost.model.answers import LookAnswer
from rowpost.model.attempts import NewPart
from rowpost.model.history import Wanted
from rowpost.model.results import RunStatus
from rowpost.sending import carry_out
from tests.benchmarks.figure import Figure, at_least, at_most
from tests.safety.world import Switch, make_run, network_rules, open_ledger, ready, sending_rules, target_at
from tests.support.practice import practice

RATE = 2_000
RATE_ROWS = 10_000
RESTART_ROWS = 100_000
RESTART_SECONDS = 2.0
SEARCH_SECONDS = 0.1


def figures() -> Iterator[Figure]:
    """Measure with the full ledger on this machine's disk."""
    yield at_least("ledger.rate", rate(), "invoices/s", RATE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        run, seconds = interrupted(path)
        yield Figure("ledger.create", seconds, "s")
        yield at_most("ledger.restart", restart(path, run), "s", RESTART_SECONDS)
        with open_ledger(path) as ledger:
            started = time.perf_counter()
            ledger.search(Wanted("n77777"))
            yield at_most("ledger.search", time.perf_counter() - started, "s", SEARCH_SECONDS)
    yield commits()


def rate() -> float:
    """Return how many invoices a second go through an instant practice server in a process of its own."""
    rules, clock = sending_rules(poll_first_seconds=0.0), SystemClock()
    with tempfile.TemporaryDirectory() as folder, instant_server() as base:
        target = target_at(base)
        with open_ledger(Path(folder) / "ledger.sqlite") as ledger:
            run = make_run(ledger, target, ready(f"n{n}" for n in range(RATE_ROWS)))
            client = AmiliClient(target, "practice", network_rules(), rules, clock=clock)
            client.sign_in()
            started = time.perf_counter()
            status = carry_out(run, ledger, client, rules, clock=clock, stop=Switch(), pause=Switch())
            seconds = time.perf_counter() - started
            client.close()
    if status is not RunStatus.DONE:
        raise RuntimeError(f"the run ended {status}")
    return RATE_ROWS / seconds


@contextmanager
def instant_server() -> Iterator[str]:
    """Serve until the context is left; the address it listens at."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    child.start()
    yield str(ours.recv())
    ours.send(None)
    child.join()


def _serve(pipe: Connection) -> None:
    with practice() as server:
        pipe.send(server.api_url.removesuffix("/collection/v1"))
        pipe.recv()


def interrupted(path: Path) -> tuple[str, float]:
    """Make a run of 100,000 rows whose intents are all written down and whose process is gone."""
    invoices = ready(f"n{n}" for n in range(RESTART_ROWS))
    with open_ledger(path) as ledger:
        started = time.perf_counter()
        run = make_run(ledger, target_at("http://127.0.0.1:1"), invoices)
        seconds = time.perf_counter() - started
        rows = [row.row for row in ledger.loose(run)]
        ledger.cut(run, [NewPart(tuple(rows[n : n + 100])) for n in range(0, RESTART_ROWS, 100)])
        while (ahead := ledger.facts(run, 200).ahead) is not None:
            ledger.intend(ahead.part)
    return run, seconds


class FirstQuestion:
    """An agency that notes when it was first asked, and then stops the run."""

    def __init__(self, stop: threading.Event) -> None:
        self.at = 0.0
        self._stop = stop

    def invoices_by_source_id(self, _: str) -> LookAnswer:
        """Hold nothing."""
        self.at = time.perf_counter()
        self._stop.set()
        return LookAnswer()


def restart(path: Path, run: str) -> float:
    """Return the seconds from opening the ledger to the first look-up."""
    stop, rules = threading.Event(), sending_rules(settle_seconds=0.0)
    agency = FirstQuestion(stop)
    started = time.perf_counter()
    with open_ledger(path) as ledger:
        carry_out(
            run,
            ledger,
            agency,  # type: ignore[arg-type] # it is asked nothing else
            rules,
            clock=SystemClock(),
            stop=stop,
            pause=Switch(),
        )
    return agency.at - started


def commits() -> Figure:
    """How many durable writes a part costs, however many rows it has."""
    counted: list[str] = []
    with tempfile.TemporaryDirectory() as folder, practice() as server:
        base = server.api_url.removesuffix("/collection/v1")
        with open_ledger(Path(folder) / "ledger.sqlite", boundary=counted.append) as ledger:
            few, many = (_part(ledger, base, rows, counted) for rows in (1, 100))
    return Figure("ledger.commits_per_part", many, "commits", "the same for 1 and 100 rows", few == many)


def _part(ledger: Ledger, base: str, rows: int, counted: list[str]) -> int:
    target, clock, rules = target_at(base), SystemClock(), sending_rules(poll_first_seconds=0.0)
    run = make_run(ledger, target, ready(f"{rows}-{n}" for n in range(rows)))
    client = AmiliClient(target, "practice", network_rules(), rules, clock=clock)
    counted.clear()
    carry_out(run, ledger, client, rules, clock=clock, stop=Switch(), pause=Switch())
    client.close()
    return sum(what.startswith("before commit") for what in counted)
