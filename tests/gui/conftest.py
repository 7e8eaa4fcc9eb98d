"""A window for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rowpost.gui.app import make_application
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.session import Session
from rowpost.wiring import open_session
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog
from tests.support.window import rubbish_on_this_thread, window_over


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    return make_application(["rowpost"])


@pytest.fixture(autouse=True)
def _rubbish() -> Iterator[None]:
    """Of pages and dialogs without a window too."""
    with rubbish_on_this_thread():
        yield


@pytest.fixture
def words() -> Words:
    """English."""
    catalog = invoice_catalog()
    return Words(Wording("en", catalog), catalog)


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    """The real parts, in a folder of the test's own."""
    with open_session(language="en") as made:
        yield made


@pytest.fixture
def workplace(qapp: QApplication, session: Session) -> Iterator[Workplace]:
    """A window that is shown."""
    with window_over(qapp, session) as made:
        yield made
