"""`rowpost doctor`: what this machine has and lacks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working
from rowpost.model.problems import Severity

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.model.problems import Problem
    from rowpost.wording import Wording

_MARKS = {Severity.NOTE: "+", Severity.WARNING: "!", Severity.ERROR: "x"}


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare nothing: the command takes what every command takes."""


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Look at everything the program needs; code 2 where something must be put right."""
    with working(arguments, console) as session:
        findings = session.doctor()
        if console.as_json:
            console.document({"findings": [as_document(finding, console.wording) for finding in findings]})
        for finding in findings:
            console.line(f"{_MARKS[finding.severity]} {console.wording.say(finding.code, finding.values)}")
            if finding.severity is not Severity.NOTE:
                console.line(f"  {console.wording.say(finding.code + '.cure', finding.values)}")
    bad = any(finding.severity is Severity.ERROR for finding in findings)
    return Exit.USAGE if bad else Exit.FINE


def as_document(finding: Problem, wording: Wording) -> dict[str, object]:
    """Describe one finding for a script."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": wording.say(finding.code, finding.values),
        "values": {name: str(value) for name, value in finding.values.items()},
    }
