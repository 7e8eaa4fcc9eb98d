"""`rowpost close RUN --row N`: a person has looked, and says how a row stands that contradicts itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("which", metavar="RUN", help=wording.say("cli.arg.run"))
    parser.add_argument("--row", type=int, required=True, metavar="N", help=wording.say("cli.arg.close_row"))
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--there", action="store_true", help=wording.say("cli.arg.there"))
    how.add_argument("--not-there", action="store_true", help=wording.say("cli.arg.not_there"))
    parser.add_argument("--reason", required=True, metavar="TEXT", help=wording.say("cli.arg.close_reason"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the decision down; nothing is sent by this."""
    with working(arguments, console) as session:
        session.close_row(arguments.which, arguments.row, there=arguments.there, reason=arguments.reason)
        console.say("cli.close.done", {"row": arguments.row, "run": arguments.which})
        if console.as_json:
            console.document({"run": arguments.which, "row": arguments.row, "there": arguments.there})
    return Exit.FINE
