"""The virtual environment `.venv`: made once, exactly as `locked.txt` says, and quick to find right again."""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "locked.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "rowpost-stamp"


class SetupError(Exception):
    """The environment cannot be made; the text says what to do."""


def ensure() -> None:
    """Make or renew `.venv` if it is not as the lock and pyproject.toml say. Talks on stderr alone."""
    if STAMP.is_file() and STAMP.read_text("utf-8") == _wanted() and PYTHON.exists():
        return
    if importlib.util.find_spec("pip") is None:
        raise SetupError("Python's pip is missing. On Debian: apt-get install python3-pip")
    if not PYTHON.exists():
        print(f"Making {VENV}", file=sys.stderr)
        # Without pip: Debian ships no ensurepip. The pip that started us installs from outside.
        _run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)])
    print("Installing what packaging/locked.txt lists", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    _pip("--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
    _pip("--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(_wanted(), "utf-8")


def _wanted() -> str:
    """Name the state the environment should be in."""
    parts = [sys.version.encode(), LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _pip(*arguments: str) -> None:
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check", "--no-input")
    _run([sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *quiet, *arguments])


def _run(command: list[str]) -> None:
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise SetupError("The set-up did not succeed; the lines above say why.")
