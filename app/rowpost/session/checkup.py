"""What this machine has and lacks: every part the program needs is tried for real."""

from __future__ import annotations

import os
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rowpost import __version__
from rowpost.host.screen import has_screen
from rowpost.model.outside import no_progress
from rowpost.model.problems import NO_VALUES, Problem, Severity, Values
from rowpost.model.trouble import Trouble

if TYPE_CHECKING:
    from rowpost.host.folders import Folders
    from rowpost.host.secrets import Secrets
    from rowpost.session.door import Session

Check = Callable[[], Problem]


def examine(session: Session, places: Folders, secrets: Secrets) -> tuple[Problem, ...]:
    """Try every part; what stops one is told in its own words and does not stop the others."""
    checks: tuple[Check, ...] = (
        lambda: _fine("program", version=__version__, python=platform.python_version(), system=sys.platform),
        lambda: _fine("folder", folder=str(places.data)),
        lambda: _reading(session),
        lambda: _secrets(secrets),
        lambda: _ledger(session, places.ledger_file),
        _window,
    )
    return tuple(_tried(checks, session))


def _tried(checks: tuple[Check, ...], session: Session) -> Iterator[Problem]:
    for check in checks:
        try:
            yield check()
        except Trouble as trouble:
            what = session.wording.say(trouble.code, trouble.values)
            cure = session.wording.say(f"{trouble.code}.cure", trouble.values)
            yield Problem("doctor.trouble", Severity.ERROR, values={"what": what, "cure": cure})


def _fine(name: str, **values: str | int) -> Problem:
    return Problem(f"doctor.{name}", Severity.NOTE, values=values)


def _lacking(name: str, values: Values = NO_VALUES) -> Problem:
    return Problem(f"doctor.{name}", Severity.WARNING, values=values)


def _reading(session: Session) -> Problem:
    opened = session.open(session.sample, stop=threading.Event(), progress=no_progress)
    rows = opened.layout.last_row - opened.layout.first_row + 1
    return _fine("reading", rows=rows)


def _secrets(secrets: Secrets) -> Problem:
    from rowpost.host.secrets import DATA_KEY, Place

    secrets.data_key()
    found = secrets.find(DATA_KEY)
    if found is None or found.place is Place.KEY_FILE:
        return _lacking("secrets_file")
    return _fine(f"secrets_{found.place}")


def _ledger(session: Session, file: Path) -> Problem:
    if not file.is_file():
        return _fine("ledger_new")
    ledger = session.memory.ledger
    ledger.verify()
    if ledger.has_amnesia():
        return _lacking("ledger_new_here")
    return _fine("ledger", count=len(session.runs()))


def _window() -> Problem:
    screen = has_screen(os.environ, sys.platform)
    return _fine("window") if screen and find_spec("PySide6") else _lacking("no_window")
