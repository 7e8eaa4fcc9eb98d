"""Prints every figure beside its goal: `dev.py bench [NAME] [--json]`; `check` means `bench_check.py`."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.figure import Figure

FOLDER = Path(__file__).parent
LONG = frozenset(
    {"history", "million", "window_cells", "window_million", "window_sent"}
)  # minutes each: only when they are named


def main(arguments: list[str]) -> int:
    """Measure; 0 if every goal is reached, 1 if not, 2 if there is no benchmark of that name."""
    names = [argument for argument in arguments if not argument.startswith("-")]
    known = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    chosen = names or [name for name in known if name not in LONG]
    if not set(chosen) <= set(known):
        sys.stderr.write(f"The benchmarks are: {', '.join(known)}\n")
        return 2
    as_json = "--json" in arguments
    figures = [_told(figure, as_json) for figure in _measure(chosen)]
    if as_json:
        sys.stdout.write(json.dumps({"figures": [asdict(figure) for figure in figures]}) + "\n")
    return 0 if all(figure.ok for figure in figures) else 1


def _measure(names: list[str]) -> Iterator[Figure]:
    for name in names:
        figures: Callable[[], Iterator[Figure]] = importlib.import_module(
            f"tests.benchmarks.bench_{name}"
        ).figures
        yield from figures()


def _told(figure: Figure, as_json: bool) -> Figure:
    mark = "ok  " if figure.ok else "MISS"
    line = f"{mark} {figure.name:<44} {figure.value:>12,.3f} {figure.unit:<8} {figure.goal}".rstrip()
    (sys.stderr if as_json else sys.stdout).write(line + "\n")
    return figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
