"""`rowpost demo`: the whole way on the practice server, with the sample workbook."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from rowpost.cli.work import NEVER, Prepared, working
from rowpost.host.screen import has_screen

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.session import Session
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--headless", action="store_true", help=wording.say("cli.arg.headless"))
    parser.set_defaults(yes=True, include_hidden=None, results="", receipt="")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Send the sample and tell; where there is a screen and no wish for text alone, show it there too."""
    here = arguments.headless or arguments.json or not has_screen(os.environ, sys.platform)
    console.aside("cli.demo.starting")
    with working(arguments, console) as session:
        code = practise(session, arguments, console)
        if here or not arguments.open_window:
            return code
        latest = session.runs()[0].run
        shown: int = arguments.open_window(session, run=latest)
        return shown


def practise(session: Session, arguments: argparse.Namespace, console: Console) -> int:
    """Send the sample workbook to a practice organisation of its own, and tell what became of it."""
    from rowpost.cli.send_command import send

    target = session.fresh_practice()
    opened = session.open(session.sample, stop=NEVER, progress=console.progress)
    found = session.suggest(opened)
    assessment = session.assess(
        opened, found.mapping, target, in_child=False, stop=NEVER, progress=console.progress
    )
    console.end_progress()
    return send(session, Prepared(opened, found.mapping, assessment, target, found), arguments, console)
