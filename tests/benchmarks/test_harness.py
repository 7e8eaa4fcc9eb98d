"""The harness measures what it says."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks import __main__ as program
from tests.benchmarks.figure import at_least, at_most
from tests.benchmarks.measure import best_of, python, run
from tests.benchmarks.workbook import HEADINGS, workbook

CHILD = (
    "import sys, time; held = bytearray(64 << 20); held[::4096] = b'x' * len(held[::4096]); time.sleep(0.5)"
)
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"
ROWS = 40


def test_goals_are_judged() -> None:
    assert at_most("a", 1.0, "s", 1).ok
    assert not at_most("a", 1.1, "s", 1).ok
    assert at_least("a", 5.0, "times", 5).ok
    assert not at_least("a", 4.9, "times", 5).ok


def test_the_memory_of_children_counts() -> None:
    measured = run(python("-c", PARENT))
    assert 64 < measured.peak_mib < 200
    assert measured.seconds > 0.5


def test_a_command_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="ended with 7"):
        run(python("-c", "import sys; sys.exit(7)"))


def test_best_of_takes_the_quickest() -> None:
    runs: list[int] = []
    assert best_of(3, lambda: runs.append(1)) >= 0
    assert len(runs) == 3


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["nothing"]) == 2
    assert "check" in capsys.readouterr().err


def test_ours_and_the_plain_way_find_every_row_fit() -> None:
    path = str(workbook(ROWS))
    assert len(HEADINGS) == 32
    ours = json.loads(run(python("-m", "rowpost", "check", path, "--json")).stdout)
    plain = json.loads(run(python("-m", "tests.benchmarks.plain_way", path)).stdout)
    assert ours["ready"] == plain["ready"] == ROWS
    assert ours["problems"] == []
