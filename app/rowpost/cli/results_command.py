"""`rowpost results RUN`: what became of every row."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli import parser as arguments_of
from rowpost.cli.outcome import finish
from rowpost.cli.work import working

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("which", metavar="RUN", help=wording.say("cli.arg.run"))
    arguments_of.add_reports(parser, wording)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Show the run; the exit code is that of its books."""
    with working(arguments, console) as session:
        return finish(session, arguments.which, arguments, console)
