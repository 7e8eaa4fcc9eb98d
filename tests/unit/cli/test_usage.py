"""Arguments that are wrong: code 2, a usage line, and with --json one document."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from rowpost.cli.main import main
from tests.architecture.rooms import ROOT


@pytest.mark.parametrize(
    "argv",
    [
        ["check", "--json"],
        ["check", "a.xlsx", "--jsn", "--json"],
        ["frobnicate", "--json"],
        ["--json"],
        ["check", "a.xlsx", "--header-row", "one", "--json"],
    ],
)
def test_one_document_says_it(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*argv, "--lang", "nb"] if argv[0] == "check" else argv)
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert (ended.value.code, error["code"]) == (2, "cli.usage")
    assert error["message"] in said.err
    assert "--help" in error["cure"]


def test_without_json_nothing_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check"])
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: rowpost check")


_HELP = """
import sys
from rowpost.__main__ import main
try:
    main(["--help"])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_help_imports_no_command_and_nothing_that_commands_need() -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    done = subprocess.run(
        [sys.executable, "-c", _HELP], env=environ, capture_output=True, text=True, check=True
    )
    assert "doctor" in done.stdout
    later = {"rowpost.checks", "rowpost.session", "rowpost.cli.check_command", "jsonschema_rs"}
    assert not later & set(done.stderr.split())
