"""The window as a screen reader meets it, read from another process over AT-SPI."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import tests.support
from tests.support.screen import screen

READER = Path(tests.support.__file__).parent / "screen_reader.py"
SYSTEM_PYTHON = "/usr/bin/python3"  # the bindings of AT-SPI come with the system, not from PyPI
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
SCRIPT = '"$0" --launch-immediately & "$1" -m rowpost >&2 & "$2" "$3"; code=$?; kill %1 %2; exit $code'


def test_every_control_has_a_name_and_a_cell_says_what_is_wrong(home: Path) -> None:
    with screen() as environ:
        environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        command = ["dbus-run-session", "--", "bash", "-c", SCRIPT]
        done = subprocess.run(
            [*command, LAUNCHER, sys.executable, SYSTEM_PYTHON, str(READER)],
            env=environ,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    nameless = [role for role, name in told["controls"] if not name]
    assert not nameless
    assert ["radio button", "Review"] in told["controls"], "the rail is a choice of one"
    text, sentence = told["cell"]
    assert text == "19.09.2026"
    assert sentence == "The due date (19.09.2026) is before the invoice date (21.10.2026)."
