"""A crash that nobody caught: one sentence, a report, and no value anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.architecture.rooms import ROOT
from tests.support.elsewhere import run_in

PERSON = "10915596784"  # a published synthetic number
CRASHING = f"""
import sys, threading
sys.path.insert(0, {str(ROOT / "app")!r})
from rowpost.__main__ import main
import rowpost.cli.main as line
def fails(*_):
    worker = threading.Thread(target=lambda: {{}}["{PERSON}"])
    worker.start()
    worker.join()
    return 0
line.main = fails
sys.exit(main(["demo"]))
"""


def test_a_thread_that_crashes_leaves_a_sentence_and_a_report(tmp_path: Path) -> None:
    done = run_in(tmp_path, sys.executable, "-c", CRASHING)
    (report,) = (tmp_path / "home" / "log").iterdir()
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert str(report.parent) in done.stderr
    assert "KeyError" in report.read_text("utf-8")
    assert PERSON not in done.stderr + report.read_text("utf-8")
