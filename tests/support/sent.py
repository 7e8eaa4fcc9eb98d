"""The sample, sent to the practice server once: a home, of which every test that needs it gets a copy."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from rowpost.model.outside import no_progress
from rowpost.wiring import open_session

NEVER = threading.Event()


def home_with_sample_sent(home: Path) -> Path:
    """Make a home whose only run is the sample, decided to its end; three of its rows are rejected."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(home))
        with open_session(language="en") as session:
            target = session.practice  # the one a window begins with
            opened = session.open(session.sample, stop=NEVER, progress=no_progress)
            mapping = session.suggest(opened).mapping
            assessment = session.assess(opened, mapping, target, stop=NEVER, progress=no_progress)
            run = session.create_run(opened, assessment, target, mapping=mapping)
            session.send(run, stop=NEVER, pause=NEVER, on_event=lambda _: None)
    return home


def copy_home(made: Path) -> None:
    """Give the test that runs a copy of a home, with ledger, keys and the practice server's books."""
    shutil.copytree(made, os.environ["ROWPOST_HOME"])
