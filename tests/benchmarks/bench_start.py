"""How long the program takes until it answers: the help, and the first window."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator

from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import ROOT, best_of, python, run
from tests.support.screen import screen, wait_for_window

HELP_SECONDS = 0.15
WINDOW_SECONDS = 1.0
PATIENCE_SECONDS = 20


def figures() -> Iterator[Figure]:
    """Measure warm starts: the files are in the system's cache, as at the second start of a day."""
    run(python("-m", "rowpost", "--help"))
    yield at_most("start.help", best_of(5, lambda: run(python("-m", "rowpost", "--help"))), "s", HELP_SECONDS)
    with screen() as environ:
        open_window(environ)
        yield at_most("start.window", best_of(5, lambda: open_window(environ)), "s", WINDOW_SECONDS)


def open_window(environ: dict[str, str]) -> None:
    """Start the program and return when its window is on the screen; then end it."""
    with tempfile.TemporaryDirectory() as home:
        moved = {**environ, "ROWPOST_HOME": home, "PYTHONPATH": str(ROOT / "app")}
        with subprocess.Popen(python("-m", "rowpost"), env=moved) as program:
            try:
                wait_for_window(moved, program.pid, PATIENCE_SECONDS)
            finally:
                program.kill()
