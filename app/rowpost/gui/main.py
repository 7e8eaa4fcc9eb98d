"""Opens the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from rowpost.gui.app import make_application
from rowpost.gui.collecting import Collector
from rowpost.gui.second_start import FirstWindow, hand_over, name_for
from rowpost.gui.workplace import Workplace
from rowpost.host import folders
from rowpost.host.language import system_language
from rowpost.model.trouble import Trouble
from rowpost.session import Session
from rowpost.wording import Wording

_NOT_STARTED = 2


def main(argv: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Open the window and return the exit code once it is closed. A session is made if none is given."""
    make_application([sys.argv[0], *(argv or [])])
    if session is not None:
        return show(session)
    file = str(Path(argv[0]).absolute()) if argv else ""
    if hand_over(name_for(folders.find().data), file):
        return 0
    from rowpost.wiring import open_session

    try:
        made = open_session()
    except Trouble as trouble:
        return refuse(trouble)
    with made:
        return show(made, Path(file) if file else None)


def refuse(trouble: Trouble) -> int:
    """Say why the program cannot start, where no window is there to say it in; return the exit code."""
    wording = Wording(system_language(os.environ))
    sentences = [wording.say(code, trouble.values) for code in (trouble.code, f"{trouble.code}.cure")]
    QMessageBox.critical(None, QApplication.applicationDisplayName(), "\n\n".join(sentences))
    return _NOT_STARTED


def show(session: Session, start: Path | None = None, *, run: str = "", practice: bool = True) -> int:
    """Show the window over a session until it is closed; `start` is read, or `run` shown, at once."""
    application = make_application(sys.argv[:1])
    gc.disable()  # until the collector looks, on this thread and no other
    workplace = Workplace(application, session, practice=practice)
    workplace.show()
    collector = Collector(application)
    first = FirstWindow(name_for(folders.find().data), workplace.come_forward, workplace)
    if start is not None:
        workplace.open_sample() if start == session.sample else workplace.open(str(start))
    elif not run:
        workplace.go_on()
    if run:
        workplace.act(f"run:{run}")
    code = application.exec()
    first.close()
    workplace.close()
    collector.close()
    return code
