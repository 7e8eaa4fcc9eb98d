"""The composition root: the real parts, put together once."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from rowpost.catalog import load_catalog
from rowpost.host import folders, resources, settings
from rowpost.host.clock import SystemClock
from rowpost.host.language import system_language
from rowpost.host.locks import InstanceLock
from rowpost.host.secrets import Secrets, client_secret_of
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session import Memory, Parts, Session
from rowpost.wording import Wording

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from rowpost.amili import AmiliClient
    from rowpost.host.folders import Folders
    from rowpost.model.outside import Clock
    from rowpost.model.settings import Settings
    from rowpost.session.courier import StartCourier
    from rowpost.session.diary import Log
    from rowpost.session.errands import Practising

SAMPLE = "sample-invoices.xlsx"


def open_session(overrides: Sequence[str] = (), language: str = "") -> Session:
    """Return a session over this machine's real parts.

    `overrides` are settings for this session alone (`SECTION.NAME=VALUE`); `language` goes before
    the one in the settings. Trouble where the settings cannot be read or a folder not be written.
    """

    def own_log(places: Folders, decided: Settings, clock: Clock) -> Log:
        from rowpost.host import log

        return log.Log(places.log, decided.privacy, clock)

    return Session(parts(overrides, language, own_log))


def open_away(overrides: Sequence[str], language: str, voice: Log, practising: Practising | None) -> Session:
    """Return the courier's session: its log and practice server are the window's, and it forgets nothing."""
    made = parts(overrides, language, lambda *_: voice)

    def started(_stack: ExitStack, _scenario: str) -> Target:
        if practising is None:
            raise Trouble("sandbox.not_started", Remedy.CALL_FOR_HELP)
        return practising.target

    keeping_all = memory_opener(made.places, made.secrets, made.clock, 0)
    return Session(replace(made, open_memory=keeping_all, start_practice=started))


def parts(
    overrides: Sequence[str], language: str, make_log: Callable[[Folders, Settings, Clock], Log]
) -> Parts:
    """Return this machine's real parts."""
    places = folders.find()
    decided = settings.load(places, overrides)
    places.create()
    catalog = load_catalog(resources.schemas(), options=decided.checks.options)
    secrets = Secrets(places)
    clock = SystemClock()
    return Parts(
        settings=decided,
        catalog=catalog,
        wording=Wording(language or decided.appearance.language or system_language(os.environ), catalog),
        clock=clock,
        places=places,
        sample=resources.template(SAMPLE),
        who=who(),
        secrets=secrets,
        log=make_log(places, decided, clock),
        open_memory=memory_opener(places, secrets, clock, decided.privacy.forget_after_days),
        look_into_memory=memory_looker(places, secrets, clock),
        start_practice=practice_starter(places),
        reach=agency_reacher(secrets, clock),
        change_settings=settings_changer(places, overrides),
        start_courier=courier_starter(overrides, language),
    )


def courier_starter(overrides: Sequence[str], language: str) -> StartCourier:
    """Return what starts the process that sends. It is not a daemon: nothing here ends it."""

    def start(talk: Connection, wishes: Connection) -> BaseProcess:
        from multiprocessing import get_context

        arguments = (talk, wishes, tuple(overrides), language)
        process = get_context("spawn").Process(target=courier, args=arguments, name="courier", daemon=False)
        process.start()
        return process

    return start


def courier(talk: Connection, wishes: Connection, overrides: Sequence[str], language: str) -> None:
    """Run in the courier's process."""
    from rowpost.session.carrying import carry

    carry(talk, wishes, partial(open_away, overrides, language))


def who() -> str:
    """Return the name this person is signed in with on this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a user database
        return ""


def memory_opener(
    places: Folders, secrets: Secrets, clock: Clock, forget_after_days: int
) -> Callable[[ExitStack], Memory]:
    """Return what opens the ledger; read-only while another copy of the program works with it.

    Personal data of settled runs whose days are over is erased at this occasion (0 days: nothing is).
    """

    def open_memory(stack: ExitStack) -> Memory:
        from rowpost.ledger import FileWitness, Ledger

        try:
            stack.enter_context(InstanceLock(places.ledger_file))
        except Trouble as trouble:
            if not places.ledger_file.is_file():
                raise
            return looked_into(places, secrets, clock, trouble, stack)
        witness = FileWitness(places.witness_file)
        ledger = Ledger.open(places.ledger_file, secrets.data_key(), clock=clock, witness=witness)
        stack.enter_context(ledger)
        return Memory(ledger, ledger, forgotten=ledger.erase_old(forget_after_days))

    return open_memory


def looked_into(
    places: Folders, secrets: Secrets, clock: Clock, occupied: Trouble, stack: ExitStack
) -> Memory:
    """Open the ledger to be read only; the lock that its owner holds is not touched."""
    from rowpost.ledger import Reader

    reader = Reader.look_into(places.ledger_file, secrets.data_key(), clock=clock)
    return Memory(stack.enter_context(reader), occupied=occupied)


def memory_looker(places: Folders, secrets: Secrets, clock: Clock) -> Callable[[ExitStack], Memory]:
    """Return what opens the ledger to be read only, whoever owns it."""
    return partial(looked_into, places, secrets, clock, Trouble("gui.sending_first", Remedy.TRY_LATER))


def settings_changer(places: Folders, overrides: Sequence[str]) -> Callable[[Mapping[str, Any]], Settings]:
    """Return what writes settings into the person's file and answers with those in force from then on."""

    def change(changes: Mapping[str, Any]) -> Settings:
        settings.save(places, changes)
        return settings.load(places, overrides)

    return change


def practice_starter(places: Folders) -> Callable[[ExitStack, str], Target]:
    """Return what starts the practice server with a scenario ('': the usual one); it ends with the stack."""

    def start(stack: ExitStack, scenario: str) -> Target:
        from rowpost.sandbox import PracticeServer
        from rowpost.sandbox.process import DEFAULT_SCENARIO, practice_process

        serving = practice_process(places.practice_books_file, scenario or DEFAULT_SCENARIO)
        address = stack.enter_context(serving)
        return Target(
            name="practice",
            environment=Environment.PRACTICE,
            api_url=address.api_url,
            token_url=address.token_url,
            organization_id=PracticeServer.organization_id,
            client_id=PracticeServer.client_id,
        )

    return start


def agency_reacher(secrets: Secrets, clock: Clock) -> Callable[[Target, str | None, Settings], AmiliClient]:
    """Return what makes a client for a target; the secret is looked for where it belongs."""

    def reach(target: Target, secret: str | None, decided: Settings) -> AmiliClient:
        from rowpost.amili import AmiliClient

        known = secret or secret_of(target, secrets)
        return AmiliClient(target, known, decided.network, decided.sending, clock=clock)

    return reach


def secret_of(target: Target, secrets: Secrets) -> str:
    """Return the client secret of a target. Trouble where there is none."""
    if target.name == "practice":
        from rowpost.sandbox import PracticeServer

        return PracticeServer.client_secret
    found = secrets.find(client_secret_of(target.name, target.organization_id))
    if found is None:
        raise Trouble("target.no_secret", Remedy.SIGN_IN, {"target": target.name})
    return found.value
