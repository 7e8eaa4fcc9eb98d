"""The frozen folder, which runs without Python, does the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rooms import ROOT
from tests.support.elsewhere import run_in
from tests.support.whole_way import check_practice_run


@pytest.mark.long
def test_the_practice_run_of_the_frozen_program_balances(tmp_path: Path) -> None:
    places = ["--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "work")]
    recipe = str(ROOT / "packaging" / "rowpost.spec")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places, recipe]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    program = tmp_path / "dist" / "rowpost" / "rowpost"
    done = run_in(tmp_path, program, "demo", "--headless", "--json")
    check_practice_run(done.stdout)
    assert done.returncode == 1
