"""Noise fails the test that makes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.rooms import ROOT

NOISY = """
import logging
import os
import warnings
import pytest

def test_warning() -> None:
    warnings.warn("careless")

def test_log() -> None:
    logging.getLogger("somewhere").warning("careless")

def test_qt(qapp) -> None:
    from PySide6.QtCore import qWarning
    qWarning("careless")

def test_resource() -> None:
    open(__file__)

@pytest.mark.logs("said before")
def test_expected() -> None:
    logging.getLogger("somewhere").warning("as said before")

def test_home(tmp_path) -> None:
    assert os.environ["ROWPOST_HOME"].startswith(str(tmp_path))

@pytest.mark.long
def test_long() -> None:
    raise AssertionError
"""


def test_noise_fails_the_test_that_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "test_noisy.py"
    path.write_text(NOISY)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "-c",
        str(ROOT / "pyproject.toml"),
        "-p",
        "tests.conftest",
    ]
    done = subprocess.run([*command, str(path)], cwd=ROOT, capture_output=True, text=True, check=False)
    verdicts = {
        line.split(" ")[1].rpartition("::")[2]: line.split(" ")[0]
        for line in done.stdout.splitlines()
        if line.startswith(("PASSED", "FAILED", "ERROR"))
    }
    quiet = {"test_expected": "PASSED", "test_home": "PASSED"}
    loud = {"test_warning": "FAILED", "test_log": "ERROR", "test_qt": "FAILED", "test_resource": "FAILED"}
    assert verdicts == quiet | loud, done.stdout
