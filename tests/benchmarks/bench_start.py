"""How long the program takes until it answers: the help, and the first window."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import best_of, python, run

HELP_SECONDS = 0.15


def figures() -> Iterator[Figure]:
    """Measure warm starts: the files are in the system's cache."""
    run(python("-m", "rowpost", "--help"))
    yield at_most("start.help", best_of(5, lambda: run(python("-m", "rowpost", "--help"))), "s", HELP_SECONDS)
