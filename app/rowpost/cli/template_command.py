"""`rowpost template OUT.xlsx`: an empty workbook with the right columns."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli.exit_codes import Exit
from rowpost.cli.work import working

if TYPE_CHECKING:
    from rowpost.cli.console import Console
    from rowpost.wording import Wording


def add_arguments(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the command's own arguments."""
    parser.add_argument("--kind", choices=["invoices"], default="invoices", help=wording.say("cli.arg.kind"))
    parser.add_argument("out", metavar="OUT.xlsx", help=wording.say("cli.arg.out"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write the template in the language of `--lang`."""
    with working(arguments, console) as session:
        session.write_template(Path(arguments.out))
        console.say("cli.wrote", {"file": arguments.out})
        if console.as_json:
            console.document(
                {"file": arguments.out, "kind": arguments.kind, "lang": session.wording.language}
            )
    return Exit.FINE
