r"""Set-up and the commands of everyday work; the standard library is all it needs.

    python3 packaging/dev.py demo [...]       the practice run; without a display in the terminal
    python3 packaging/dev.py test [...]       lint, types, import contracts, tests (--long: all)
    python3 packaging/dev.py bench [NAME] [--json]    every figure with its goal
    python3 packaging/dev.py safety [--long]  the safety suite with its figures
    python3 packaging/dev.py corpus           how many cells we show as Excel showed them
    python3 packaging/dev.py hostile          broken and hostile workbooks
    python3 packaging/dev.py paths            both ways of reading a sheet give the same Table
    python3 packaging/dev.py check            lint, types and import contracts alone
    python3 packaging/dev.py fix              let ruff put right what it can
    python3 packaging/dev.py run [...]        the program, with its own arguments
    python3 packaging/dev.py lock             renew packaging/locked.txt from pyproject.toml
    python3 packaging/dev.py freeze           make a folder that runs without Python

The first call makes `.venv`; later ones find it. Further arguments go on to the program or the test runner.
On Windows: py packaging\dev.py demo
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this with an older one should read why
    sys.exit(f"Rowpost needs Python 3.11 or later; this is {sys.version.split()[0]}.")

import environment
import machine
from environment import PYTHON, ROOT

EVERYTHING = (machine.WINDOW, machine.X11, machine.WINDOW_TESTS)
STATIC_CHECKS = {
    "lint": ("-m", "ruff", "check", "--output-format", "concise", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"),
    "types": ("-m", "mypy", "app", "packaging"),
}


WORKERS = "3"  # one more than the least machine has cores: tests wait for other processes half of their time


def demo(arguments: list[str]) -> int:
    """Run the practice run; in the terminal where no window could be seen."""
    window = machine.has_display() and not {"--headless", "--json"} & set(arguments)
    if window and not machine.install(machine.missing((machine.WINDOW, machine.X11))):
        return 1
    return run(["demo", *arguments] if window else ["demo", "--headless", *arguments])


def run(arguments: list[str]) -> int:
    """Run the program where the person is, so that names of files mean what they seem to."""
    return subprocess.run([str(PYTHON), "-P", "-m", "rowpost", *arguments], check=False).returncode


def check(_: list[str]) -> int:
    """Run everything that finds faults without running the program; stop at the first that does."""
    for name, command in STATIC_CHECKS.items():
        print(f"-- {name}", file=sys.stderr, flush=True)
        code = _python(*command)
        if code:
            return code
    return 0


def test(arguments: list[str]) -> int:
    """Run the checks and then the tests."""
    if not machine.install(machine.missing(EVERYTHING)):
        return 1
    workers = [] if any(argument.startswith("-n") for argument in arguments) else ["-n", WORKERS]
    return check([]) or _python("-m", "pytest", *workers, *arguments)


def bench(arguments: list[str]) -> int:
    """Measure; 1 if a figure misses its goal."""
    if not machine.install(machine.missing(EVERYTHING)):
        return 1
    return _python("-m", "tests.benchmarks", *arguments)


def safety(arguments: list[str]) -> int:
    """Run the safety suite and print its figures."""
    return _python("-m", "tests.safety", *arguments)


def corpus(_: list[str]) -> int:
    """Print how many cells of the workbooks in ../shared/corpus we show as Excel showed them."""
    return _python("-m", "tests.unit.shown.corpus")


def hostile(arguments: list[str]) -> int:
    """Open every broken and hostile workbook that the tests can make, and print how they ended."""
    return _python("-m", "pytest", "-q", "--long", "tests/unit/sheets/test_hostile.py", *arguments)


def paths(arguments: list[str]) -> int:
    """Hold the two ways of reading a sheet against each other."""
    return _python("-m", "pytest", "-q", "tests/unit/sheets/test_both_paths.py", *arguments)


def fix(_: list[str]) -> int:
    """Put right what ruff can put right."""
    return _python("-m", "ruff", "check", "--fix", ".") or _python("-m", "ruff", "format", ".")


def lock(_: list[str]) -> int:
    """Renew the lock: the newest versions that pyproject.toml allows, for all systems."""
    uv = shutil.which("uv", path=os.pathsep.join((str(PYTHON.parent), os.environ.get("PATH", ""))))
    if uv is None:
        raise environment.SetupError("To renew the lock, install uv first: python3 -m pip install uv")
    options = ("--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade")
    silent = ("--quiet", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header")
    sources = ("--group", "dev", "--output-file", "packaging/locked.txt", "pyproject.toml")
    return subprocess.run(
        [uv, "pip", "compile", *options, *silent, *sources], cwd=ROOT, check=False
    ).returncode


def freeze(arguments: list[str]) -> int:
    """Make `dist/rowpost`, a folder that runs without Python."""
    return _python("-m", "PyInstaller", "--noconfirm", *arguments, "packaging/rowpost.spec")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    each.__name__: each
    for each in (demo, test, bench, safety, corpus, hostile, paths, check, fix, run, lock, freeze)
}


def _python(*arguments: str) -> int:
    """Run the environment's Python in the top folder and return its exit code.

    What is compiled is kept, whatever the machine says: the tests start the program a thousand times.
    """
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "app"), str(ROOT)))}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environ, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run one command."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if command is not lock:
            environment.ensure()
        return command(arguments[1:])
    except environment.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
