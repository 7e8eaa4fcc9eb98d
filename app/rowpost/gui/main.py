"""Opens the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rowpost.gui.app import make_application
from rowpost.gui.workplace import Workplace
from rowpost.session import Session


def main(argv: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Open the window and return the exit code once it is closed. A session is made if none is given."""
    make_application([sys.argv[0], *(argv or [])])
    if session is not None:
        return show(session)
    from rowpost.wiring import open_session

    with open_session() as made:
        return show(made)


def show(session: Session, start: Path | None = None, *, run: str = "", practice: bool = True) -> int:
    """Show the window over a session until it is closed; `start` is read, or `run` shown, at once."""
    application = make_application(sys.argv[:1])
    workplace = Workplace(application, session, practice=practice)
    workplace.show()
    if start is not None:
        workplace.open_sample() if start == session.sample else workplace.open(str(start))
    if run:
        workplace.act(f"run:{run}")
    code = application.exec()
    workplace.close()
    return code
