"""The practice server in a process of its own, so that a window beside it stays quick."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from rowpost.host import resources
from rowpost.host.priority import stand_back
from rowpost.model.trouble import Remedy, Trouble
from rowpost.sandbox.scenario import read_scenario
from rowpost.sandbox.server import PracticeServer

DEFAULT_SCENARIO = "practice-scenario.json"
TROUBLE_SCENARIO = "practice-trouble.json"  # to learn what the program does about trouble


@dataclass(frozen=True, slots=True)
class Address:
    """Where a practice server listens."""

    api_url: str
    token_url: str


@contextmanager
def practice_process(books_file: Path, scenario: str = DEFAULT_SCENARIO) -> Iterator[Address]:
    """Serve with a scenario that ships with the program until the context is left.

    Trouble if the server did not come up. It also ends when this process does, however that ends.
    """
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs, books_file, scenario), name="practice-server", daemon=True
    )
    child.start()
    theirs.close()
    try:
        yield _heard(ours)
    finally:
        ours.close()
        child.join()


def _heard(ours: Connection) -> Address:
    try:
        said = ours.recv()
    except EOFError:
        raise Trouble("sandbox.not_started", Remedy.CALL_FOR_HELP) from None
    if isinstance(said, Trouble):
        raise said
    return Address(*said)


def _serve(theirs: Connection, books_file: Path, scenario_name: str) -> None:
    """Serve until the other end of the pipe is closed; the operating system closes it for the dead."""
    stand_back()
    try:
        scenario = read_scenario(resources.template(scenario_name), resources.schema("scenario"))
        server = PracticeServer(schemas=resources.schemas(), scenario=scenario, books_file=books_file)
        with server:
            theirs.send((server.api_url, server.token_url))
            with suppress(EOFError, OSError, KeyboardInterrupt):
                theirs.recv()
    except Trouble as trouble:
        theirs.send(trouble)
