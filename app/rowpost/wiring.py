"""The composition root: the real parts, put together once."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rowpost.catalog import load_catalog
from rowpost.host import folders, log, resources, settings
from rowpost.host.clock import SystemClock
from rowpost.host.secrets import Secrets, client_secret_of
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import Parts, Session
from rowpost.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowpost.host.folders import Folders
    from rowpost.ledger import Ledger
    from rowpost.model.settings import Settings
    from rowpost.sending import Agency

SAMPLE = "sample-invoices.xlsx"


def open_session(overrides: Sequence[str] = (), language: str = "") -> Session:
    """Return a session over this machine's real parts.

    `overrides` are settings for this session alone (`SECTION.NAME=VALUE`); `language` goes before
    the one in the settings. Trouble where the settings cannot be read or a folder not be written.
    """
    places = folders.find()
    decided = settings.load(places, overrides)
    places.create()
    log.start(places.log, decided.privacy)
    catalog = load_catalog(resources.schemas(), options=decided.checks.options)
    secrets = Secrets(places)
    clock = SystemClock()
    return Session(
        Parts(
            settings=decided,
            catalog=catalog,
            wording=Wording(language or decided.appearance.language, catalog),
            clock=clock,
            mappings=places.mappings,
            sample=resources.template(SAMPLE),
            who=who(),
            open_ledger=ledger_opener(places, secrets, clock),
            start_practice=practice_starter(places),
            reach=agency_reacher(secrets, decided),
        )
    )


def who() -> str:
    """Return the name this person is signed in with on this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a user database
        return ""
