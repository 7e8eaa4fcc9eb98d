"""Starts the program: without arguments the window, otherwise the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rowpost.host import crash


def main(argv: Sequence[str] | None = None) -> int:
    """Run Rowpost and return the exit code. Nothing is imported before it is known to be needed."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    crash.install(_log_folder, _tell)
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and not _is_workbook(arguments):
        from rowpost.cli.main import main as command_line
        from rowpost.gui import draw_receipt, open_window

        return command_line(arguments, open_window, draw_receipt)
    from rowpost.host.screen import has_screen

    told = os.environ.get("QT_QPA_PLATFORM")  # whoever names a platform knows where the window goes
    if not (told or has_screen(os.environ, sys.platform)):
        return _no_window()
    from rowpost.gui.main import main as window

    return window(arguments)


def _is_workbook(arguments: Sequence[str]) -> bool:
    """Whether a desktop has started the program for a file; no command's name has an ending."""
    return len(arguments) == 1 and bool(Path(arguments[0]).suffix) and Path(arguments[0]).is_file()


def _no_window() -> int:
    """Say that no window can be shown here, before Qt ends the process without a word to a person."""
    from rowpost.cli.exit_codes import Exit
    from rowpost.cli.main import spoken_language
    from rowpost.wording import Wording

    wording = Wording(spoken_language((), os.environ))
    sys.stderr.write(f"{wording.say('cli.no_window')} {wording.say('cli.no_window.cure')}\n")
    return Exit.USAGE


def _log_folder() -> Path:
    from rowpost.host import folders

    return folders.find().log


def _tell(report: Path | None) -> None:
    """Say what there is to say about a crash that nobody caught, where there is somebody to read it."""
    from rowpost.cli.main import spoken_language
    from rowpost.wording import Wording

    if sys.stderr is None:  # a window without a terminal
        return
    wording = Wording(spoken_language((), os.environ))
    folder = str(report.parent if report else _log_folder())
    sys.stderr.write(f"{wording.say('cli.internal')} {wording.say('cli.internal.cure', folder=folder)}\n")


if __name__ == "__main__":
    sys.exit(main())
