"""Starts the program: without arguments the window, otherwise the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run Rowpost and return the exit code. Nothing is imported before it is known to be needed."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    arguments = sys.argv[1:] if argv is None else argv
    if arguments:
        from rowpost.cli.main import main as command_line
        from rowpost.gui import open_window

        return command_line(arguments, open_window)
    from rowpost.gui.main import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
