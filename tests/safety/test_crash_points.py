"""The process is killed at every durable write and network boundary of a run, and again while it recovers.

The points are found by a counter: whatever boundaries the program comes to have, each is tried.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from rowpost.model.books import RowState
from rowpost.model.results import RunResult
from rowpost.sandbox import PracticeServer
from tests.safety.crash_runner import NUMBERS
from tests.safety.world import Findings, audit, look_into
from tests.support.figures import Figure
from tests.support.practice import practice
from tests.support.program import ROOT

REJECT = [{"invoiceNumber": "d", "code": "X", "message": "no"}]


@dataclass(slots=True)
class Runner:
    """The process that sends, and the folder where each history has its own."""

    process: subprocess.Popen[str]
    server: PracticeServer
    folder: Path

    def begin(self) -> History:
        """Begin a history with books of its own."""
        organization = str(uuid.uuid4())
        place = self.folder / organization
        place.mkdir()
        return History(self, organization, place)


@dataclass(slots=True)
class History:
    """One run, interrupted and resumed."""

    runner: Runner
    organization: str
    folder: Path

    def send(self, kill_at: int = 0, *, again: bool = False) -> tuple[bool, int]:
        """Send, killed at a boundary; return whether it was killed, and how many boundaries it passed."""
        log = self.folder / "boundaries.txt"
        log.write_text("")
        base = self.runner.server.api_url.removesuffix("/collection/v1")
        command = {
            "folder": str(self.folder),
            "organization": self.organization,
            "base": base,
            "kill_at": kill_at,
            "again": again,
        }
        assert self.runner.process.stdin is not None
        assert self.runner.process.stdout is not None
        self.runner.process.stdin.write(json.dumps(command) + "\n")
        self.runner.process.stdin.flush()
        code = json.loads(self.runner.process.stdout.readline())["code"]
        assert code in (0, -signal.SIGKILL)
        return code != 0, len(log.read_text().splitlines())

    def judge(self) -> tuple[RunResult, Findings]:
        """The run as the ledger tells it, and what the audit says of it."""
        with look_into(self.folder / "ledger.sqlite") as ledger:
            ledger.verify()
            result = ledger.result(ledger.runs()[0].run)
        return result, audit(result, self.runner.server.books(), self.organization)


@pytest.fixture
def runner(memory_folder: Path) -> Iterator[Runner]:
    """A runner with a practice server."""
    with practice(reject=REJECT, queuedPolls=1) as server, _process() as process:
        yield Runner(process, server, memory_folder)


@contextmanager
def _process() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.safety.crash_runner"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0


def _verify(history: History) -> None:
    """Nothing doubled, lost or lied about; after recovery every row has a verdict or may be released."""
    result, findings = history.judge()
    assert findings.clean, findings
    states = {row.invoice_number: row.state for row in result.rows}
    assert set(states) == set(NUMBERS)
    held = {
        entry["invoiceNumber"]
        for entry in history.runner.server.books()["invoices"]
        if entry["organizationId"] == history.organization
    }
    for number in NUMBERS:
        if number in held:
            assert states[number] is RowState.ACCEPTED, (number, states)
        else:
            assert states[number] in (RowState.REJECTED, RowState.NOT_KNOWN), (number, states)


def _points(runner: Runner) -> int:
    history = runner.begin()
    killed, points = history.send()
    assert not killed
    result, findings = history.judge()
    assert findings.clean
    assert [row.state for row in result.rows].count(RowState.ACCEPTED) == len(NUMBERS) - len(REJECT)
    return points


def _killed_at(runner: Runner, point: int) -> History:
    history = runner.begin()
    killed, _ = history.send(point)
    assert killed
    return history


def test_a_kill_at_every_boundary(runner: Runner, figure: Figure) -> None:
    points = _points(runner)
    for point in range(1, points + 1):
        history = _killed_at(runner, point)
        history.send()
        _verify(history)
    figure("crash points: found and passed", points)


def _recoveries(runner: Runner, seconds: Callable[[int], Iterable[int]]) -> int:
    """Kill at every point and, while it recovers, at those that `seconds` names; return how many."""
    tried = 0
    for point in range(1, _points(runner) + 1):
        for second in seconds(point):
            history = _killed_at(runner, point)
            killed, _ = history.send(second)
            history.send()
            _verify(history)
            tried += 1
            if not killed:
                break
    return tried


def test_a_second_kill_during_recovery(runner: Runner, figure: Figure) -> None:
    figure(
        "crash points: kills during recovery, everyday",
        _recoveries(runner, lambda point: [1 + point * 7 % 40]),
    )


def test_a_kill_at_every_boundary_of_sending_again(runner: Runner, figure: Figure) -> None:
    point, killed = 0, True
    while killed:
        point += 1
        history = runner.begin()
        history.send()
        killed, _ = history.send(point, again=True)
        history.send(again=True)
        _verify_again(history)
    figure("crash points: of sending again", point - 1)


def _verify_again(history: History) -> None:
    """One is new, one was rejected: whichever run has it, it is taken as often as it is said to be."""
    with look_into(history.folder / "ledger.sqlite") as ledger:
        ledger.verify()
        second, first = (ledger.result(summary.run) for summary in ledger.runs())
    states = {row.invoice_number: row.state for row in second.rows}
    rejected = [row.invoice_number for row in first.rows if row.state is RowState.REJECTED]
    books = history.runner.server.books()["invoices"]
    held = {e["invoiceNumber"]: e["times"] for e in books if e["organizationId"] == history.organization}
    assert set(held.values()) == {1}
    assert rejected == ["d"]
    assert states["d"] in (RowState.REJECTED, RowState.NOT_KNOWN)
    assert states["h"] is (RowState.ACCEPTED if "h" in held else RowState.NOT_KNOWN)
    assert set(held) >= set(NUMBERS) - {"d"}


@pytest.mark.long
def test_a_second_kill_at_every_boundary_of_recovery(runner: Runner, figure: Figure) -> None:
    figure("crash points: kills during recovery, all", _recoveries(runner, lambda _: count(1)))
