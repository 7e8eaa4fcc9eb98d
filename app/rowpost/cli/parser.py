"""The arguments of every command, as the contract names them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol

from rowpost import __version__
from rowpost.cli.console import Console
from rowpost.cli.exit_codes import Exit
from rowpost.wording import LANGUAGES, Wording

COMMANDS = (
    "demo",
    "inspect",
    "check",
    "explain",
    "send",
    "resume",
    "runs",
    "results",
    "release",
    "close",
    "forget",
    "diff",
    "track",
    "batches",
    "template",
    "sandbox",
    "doctor",
)


class Command(Protocol):
    """What each file in this package offers."""

    def add_arguments(self, parser: argparse.ArgumentParser, wording: Wording) -> None:
        """Declare the command's own arguments."""
        ...

    def run(self, arguments: argparse.Namespace, console: Console) -> int:
        """Do it; return the exit code."""
        ...


class Parser(argparse.ArgumentParser):
    """An argument parser that keeps the contract where arguments are wrong: one document with `--json`."""

    console: Console | None = None

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, in our words with the parser's own beside them; end with code 2."""
        said = message
        if self.console:
            values = {"message": message, "command": self.prog}
            said = self.console.wording.say("cli.usage", values)
            if self.console.as_json:
                cure = self.console.wording.say("cli.usage.cure", values)
                self.console.document({"error": {"code": "cli.usage", "message": said, "cure": cure}})
        self.print_usage(sys.stderr)
        self.exit(Exit.USAGE, f"{said}\n")


def command(name: str) -> Command:
    """Return the module of a command. Its heavy imports wait until it runs."""
    module: Command = import_module(f"rowpost.cli.{name}_command")
    return module


def parse(argv: Sequence[str], wording: Wording) -> argparse.Namespace:
    """Read the arguments; ends the program with code 2 and a usage line where they are wrong."""
    parser = Parser(prog="rowpost", description=wording.say("cli.about"))
    parser.console = Console(wording, as_json="--json" in argv)
    parser.add_argument("--version", action="version", version=f"rowpost {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=wording.say("cli.command"))
    for name in COMMANDS:
        summary = wording.say(f"cli.{name}.about")
        child = commands.add_parser(name, help=summary, description=summary)
        child.console = parser.console
        add_everywhere(child, wording)
        if name in argv:  # `--help` alone needs no command's own file
            command(name).add_arguments(child, wording)
    return parser.parse_args(argv)


def add_everywhere(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare what every command takes."""
    parser.add_argument("--json", action="store_true", help=wording.say("cli.arg.json"))
    parser.add_argument("--lang", choices=LANGUAGES, help=wording.say("cli.arg.lang"))
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="SECTION.NAME=VALUE",
        help=wording.say("cli.arg.option"),
    )


def add_reading(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare how the workbook is to be read."""
    parser.add_argument("file", metavar="FILE", help=wording.say("cli.arg.file"))
    parser.add_argument("--sheet", default="", metavar="SHEET", help=wording.say("cli.arg.sheet"))
    parser.add_argument("--header-row", type=int, metavar="N", help=wording.say("cli.arg.header_row"))
    hidden = parser.add_mutually_exclusive_group()
    hidden.add_argument(
        "--include-hidden",
        dest="include_hidden",
        action="store_const",
        const=True,
        help=wording.say("cli.arg.include_hidden"),
    )
    hidden.add_argument(
        "--leave-out-hidden",
        dest="include_hidden",
        action="store_const",
        const=False,
        help=wording.say("cli.arg.leave_out_hidden"),
    )
    parser.add_argument("--password-stdin", action="store_true", help=wording.say("cli.arg.password_stdin"))


def add_columns(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare where the columns' fields come from."""
    parser.add_argument("--mapping", default="", metavar="FILE|NAME", help=wording.say("cli.arg.mapping"))
    parser.add_argument(
        "--column",
        dest="columns",
        action="append",
        default=[],
        metavar="FIELD=HEADING",
        help=wording.say("cli.arg.column"),
    )


def add_mapping(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare how columns become fields."""
    add_columns(parser, wording)
    parser.add_argument(
        "--save-mapping", default="", metavar="NAME", help=wording.say("cli.arg.save_mapping")
    )
    parser.add_argument(
        "--set",
        dest="constants",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help=wording.say("cli.arg.set"),
    )


def add_target(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare where the invoices go. The secret is never an argument."""
    parser.add_argument("--target", default="", metavar="NAME", help=wording.say("cli.arg.target"))
    parser.add_argument("--api-url", default="", metavar="URL", help=wording.say("cli.arg.api_url"))
    parser.add_argument("--token-url", default="", metavar="URL", help=wording.say("cli.arg.token_url"))
    parser.add_argument("--org", default="", metavar="UUID", help=wording.say("cli.arg.org"))
    parser.add_argument("--client-id", default="", metavar="ID", help=wording.say("cli.arg.client_id"))


def add_reports(parser: argparse.ArgumentParser, wording: Wording) -> None:
    """Declare the files that tell what became of a run."""
    parser.add_argument("--results", default="", metavar="OUT.xlsx", help=wording.say("cli.arg.results"))
    parser.add_argument("--receipt", default="", metavar="OUT.pdf", help=wording.say("cli.arg.receipt"))
