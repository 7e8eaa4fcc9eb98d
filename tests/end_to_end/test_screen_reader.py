"""The window as a screen reader meets it, read from another process over AT-SPI."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tests.support
from tests.support.screen import screen

READER = Path(tests.support.__file__).parent / "screen_reader.py"
SYSTEM_PYTHON = "/usr/bin/python3"  # the bindings of AT-SPI come with the system, not from PyPI
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
SCRIPT = '"$0" --launch-immediately & "$1" -m rowpost >&2 & "$2" "$3"; code=$?; kill %1 %2; exit $code'
PAGES = 12  # the way of the sample, and the four places apart


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What was heard on the way through all pages."""
    with screen() as environ:
        environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        environ["ROWPOST_HOME"] = str(tmp_path_factory.mktemp("home"))
        command = ["dbus-run-session", "--", "bash", "-c", SCRIPT]
        done = subprocess.run(
            [*command, LAUNCHER, sys.executable, SYSTEM_PYTHON, str(READER)],
            env=environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_control_of_every_page_has_a_name(told: Any) -> None:
    controls = told["controls"]
    assert len({page for page, *_ in controls}) == PAGES
    assert not [(page, role) for page, role, name, _ in controls if not name]
    pickers = [(page, name) for page, role, name, label in controls if role == "combo box" and not label]
    assert not pickers, "a picker's name is what it holds: something must say what it is for"


def test_what_is_one_of_several_is_heard_as_such(told: Any) -> None:
    heard = {(role, name.split("  ")[0]) for _, role, name, _ in told["controls"]}
    chips = {"Review", "Results", "Must fix", "Ready", "Rejected", "Accepted", "Invoices", "Batches"}
    assert {("radio button", one) for one in chips} <= heard


def test_a_cell_says_what_is_wrong(told: Any) -> None:
    text, sentence = told["cells"]["Rows of the workbook"]
    assert text == "19.09.2026"
    assert sentence == "The due date (19.09.2026) is before the invoice date (21.10.2026)."


def test_a_rejection_is_read_with_the_agencys_own_words(told: Any) -> None:
    text, sentence = told["cells"]["What became of every row"]
    assert text.startswith("The debtor is registered as deceased.")
    assert sentence.endswith(f'"{text}"')
    assert sentence != text, "our sentence stands before theirs"


def test_what_is_new_is_announced(told: Any) -> None:
    assert "The table is on the clipboard." in told["announced"]
