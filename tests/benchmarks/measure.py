"""Runs a command and measures it: wall time, and the memory of it and all its children at the peak."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE_SECONDS = 0.02
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a command did. `peak_mib` is 0 where the system does not tell (only Linux does)."""

    seconds: float
    peak_mib: float
    exit_code: int
    stdout: str


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python with such arguments."""
    return [sys.executable, *arguments]


def run(command: Sequence[str]) -> Measured:
    """Run a command in the top folder, with a ROWPOST_HOME of its own, and measure it."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        environ = {
            **os.environ,
            "ROWPOST_HOME": home,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "app"), str(ROOT))),
        }
        started = time.perf_counter()
        with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=subprocess.PIPE) as process:
            watch = _Watch(process.pid)
            _, noise = process.communicate()
            seconds = time.perf_counter() - started
            peak = watch.peak()
        if process.returncode not in (0, 1):
            raise RuntimeError(
                f"{' '.join(command)} ended with {process.returncode}: {noise.decode()[-2000:]}"
            )
        out.seek(0)
        return Measured(seconds, peak / 2**20, process.returncode, out.read())


def best_of(times: int, work: Callable[[], object]) -> float:
    """Return the seconds of the quickest of some runs: the one that was disturbed least."""
    return min(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class _Watch:
    """Adds up the memory of a process and its children again and again, and keeps the largest sum."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._peak = max(self._peak, sum(map(_memory, _family(self._pid))))

    def peak(self) -> int:
        """End the watch and return the largest sum, in bytes."""
        self._over.set()
        self._thread.join()
        return self._peak


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _memory(pid: int) -> int:
    """Return the bytes of a process, shared ones divided among those who share them."""
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
