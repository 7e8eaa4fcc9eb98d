"""The command line's frame: arguments in, exit code out, every trouble in one sentence with its cure."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost.cli.console import Console
from rowpost.cli.exit_codes import BY_REMEDY, Exit
from rowpost.cli.parser import command, parse
from rowpost.host.language import system_language
from rowpost.model.trouble import Stopped, Trouble
from rowpost.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from rowpost.reports.receipt import DrawReceipt
    from rowpost.session import Session

    OpenWindow = Callable[[Session, Path], int]


def main(
    argv: Sequence[str],
    open_window: OpenWindow | None = None,
    draw_receipt: DrawReceipt | None = None,
) -> int:
    """Run one command; return the exit code of the contract.

    `open_window` is how `demo` shows itself, `draw_receipt` how a receipt becomes a PDF file.
    """
    use_utf8()
    wording = Wording(spoken_language(argv, os.environ))
    arguments = parse(argv, wording)
    arguments.open_window, arguments.draw_receipt = open_window, draw_receipt
    console = Console(wording, as_json=arguments.json)
    try:
        return command(arguments.command).run(arguments, console)
    except Trouble as trouble:
        report(trouble, console)
        return BY_REMEDY[trouble.remedy]
    except (KeyboardInterrupt, Stopped):
        console.end_progress()
        console.aside("cli.interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has had enough, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.INTERRUPTED
    except Exception as surprise:  # noqa: BLE001 - the last resort: one sentence, a report without values
        return surprised(surprise, console)


def spoken_language(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Find the language before the arguments are parsed, for the help: --lang, else the system's."""
    for place, argument in enumerate(argv):
        name, _, value = argument.partition("=")
        if name == "--lang":
            return value or next(iter(argv[place + 1 :]), "")
    language = system_language(environ)
    return language if language in LANGUAGES else "en"


def use_utf8() -> None:
    """Write UTF-8, whatever the console's code page: pipes and files must hold every name exactly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def report(trouble: Trouble, console: Console) -> None:
    """Say what is wrong and what to do; with `--json` as the one document as well."""
    error = console.explain(trouble)
    if console.as_json:
        if console.told:
            error["facts"] = [
                {"code": fact.code, "message": console.wording.say(fact.code, fact.values)}
                for fact in console.told
            ]
        console.document({"error": error})


def surprised(surprise: Exception, console: Console) -> int:
    """Keep a report that holds types and places, no values; say where it is."""
    from rowpost.host import crash, folders

    folder = folders.find().log
    crash.keep(surprise, folder)
    console.end_progress()
    for code in ("cli.internal", "cli.internal.cure"):
        console.aside(code, {"folder": str(folder)})
    if console.as_json:
        console.document({"error": {"code": "cli.internal", "message": console.wording.say("cli.internal")}})
    return Exit.INTERNAL
