"""`rowpost release RUN`: a person has looked, and lets rows that are not known be sent again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working
from rowpost.model.trouble import Remedy, Trouble

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("which", metavar="RUN", help=wording.say("cli.arg.run"))
    parser.add_argument("--row", type=int, action="append", metavar="N", help=wording.say("cli.arg.row"))
    parser.add_argument("--all", action="store_true", help=wording.say("cli.arg.all"))
    parser.add_argument("--reason", required=True, metavar="TEXT", help=wording.say("cli.arg.reason"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Release the rows; nothing is sent by this."""
    if bool(arguments.row) == arguments.all:
        raise Trouble("cli.release.which", Remedy.FIX_SETTINGS)
    with working(arguments, console) as session:
        count = session.release(arguments.which, arguments.row or None, arguments.reason)
        code = "cli.release.done" if count else "cli.release.none"
        console.say(code, {"count": count, "run": arguments.which})
        if console.as_json:
            console.document({"run": arguments.which, "released": count})
    return Exit.FINE
