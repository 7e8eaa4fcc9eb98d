"""The program as a person meets it: a real window, and nothing but the keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.keyboard import Person, window_manager
from tests.support.screen import screen
from tests.support.whole_way import check_practice_run


def test_the_sample_goes_all_the_way_by_keyboard_alone(home: Path) -> None:
    with screen() as environ, window_manager(environ):
        command = [sys.executable, "-m", "rowpost"]
        with ended(subprocess.Popen(command, env=environ)) as program:
            person = Person(environ)
            person.wait_for("Open a workbook")
            person.wait_until_rests(program.pid)
            person.press("Tab", "space")  # "Try it with sample data"
            person.wait_for("Open a workbook - sample-invoices.xlsx")
            person.press_until("ctrl+Return", "Match the columns")
            person.press_until("ctrl+Return", "Review the rows")
            person.press("F8", "F8")
            person.press_until("ctrl+Return", "^Send - sample-invoices.xlsx")
            person.press_until("ctrl+Return", "^Send$")  # the one question
            person.press("space")
            person.wait_for("Results - sample-invoices.xlsx", 90)
            person.press("alt+F4")
            assert program.wait(20) == 0
    run = json.loads(_rowpost("runs", "--json"))["runs"][0]["run"]
    check_practice_run(_rowpost("results", run, "--json"))


@contextmanager
def ended(program: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Never wait for a window that a failed test has left open."""
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def _rowpost(*arguments: str) -> str:
    command = [sys.executable, "-m", "rowpost", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
