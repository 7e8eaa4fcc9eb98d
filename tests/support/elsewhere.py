"""Runs things outside of this checkout and its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# The Python that the environment of these tests was made from: it has pip, which the environment has not.
BARE_PYTHON = getattr(sys, "_base_executable", sys.executable)
OURS = {"PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY"}


def run_in(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder that is its ROWPOST_HOME too, without this checkout on its path."""
    environ = {name: value for name, value in os.environ.items() if name not in OURS}
    environ["ROWPOST_HOME"] = str(folder / "home")
    words = [str(part) for part in command]
    return subprocess.run(words, cwd=folder, env=environ, capture_output=True, text=True, check=False)
