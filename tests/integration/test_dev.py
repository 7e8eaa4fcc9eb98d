"""`packaging/dev.py` as a newcomer meets it: a fresh clone, and a Python that has only pip."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.architecture.rooms import ROOT
from tests.support.elsewhere import BARE_PYTHON, run_in
from tests.support.whole_way import check_practice_run

QUICK_SECONDS = 3


def dev(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_in(folder, BARE_PYTHON, "packaging/dev.py", *arguments)


def test_without_a_command_it_says_what_there_is() -> None:
    done = dev(ROOT)
    assert done.returncode == 2
    assert "dev.py demo" in done.stderr
    assert done.stdout == ""


def test_an_unknown_command_does_nothing() -> None:
    assert dev(ROOT, "demonstrate").returncode == 2


@pytest.mark.long
def test_a_fresh_clone_sets_itself_up(tmp_path: Path) -> None:
    clone = tmp_path / "a folder with blanks"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    first = dev(clone, "demo", "--headless", "--json")
    check_practice_run(first.stdout)
    started = time.monotonic()
    second = dev(clone, "run", "--version")
    assert time.monotonic() - started < QUICK_SECONDS
    assert second.stdout.startswith("rowpost ")
    assert second.stderr == ""
    script = clone / "packaging" / "dev.py"
    made = run_in(tmp_path, BARE_PYTHON, script, "run", "template", "empty.xlsx")
    assert (tmp_path / "empty.xlsx").is_file(), made
    installed = clone / ".venv" / "bin" / "rowpost"
    assert run_in(tmp_path, installed, "--version").stdout == second.stdout
