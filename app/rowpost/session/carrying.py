"""What the courier does in its own process: take the ledger, write the run down, send, tell."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from rowpost.host import crash, folders
from rowpost.host.priority import stand_back
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Remedy, Trouble
from rowpost.session.again import setup_bytes
from rowpost.session.counted import Counted
from rowpost.session.errands import (
    Begun,
    Done,
    Errand,
    GoOn,
    NewRun,
    Noted,
    Packed,
    Practising,
    ShowRun,
    Told,
)
from rowpost.session.watching import WRITING, Wait, Watch, Watcher

if TYPE_CHECKING:
    from rowpost.model.results import RunResult
    from rowpost.sending import Event
    from rowpost.session.door import Session

_TELL_EVERY = 0.1  # seconds between words about how far it is
_ENDING = {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}  # Windows has no other one
_DECIDED = (RowState.ACCEPTED, RowState.REJECTED)
_OPEN = (RowState.WAITING, RowState.NOT_KNOWN)


class Voice:
    """What the window hears; also a log, whose lines the window writes. Any thread may speak."""

    def __init__(self, talk: Connection) -> None:
        self._talk = talk
        self._one_at_a_time = threading.Lock()

    def say(self, message: object) -> None:
        """Say something; where nobody listens any more, that is noticed by `Ears`."""
        with self._one_at_a_time, suppress(OSError):
            self._talk.send(message)

    def write(self, event: str, /, **fields: str | int) -> None:
        """Have an event written into the log."""
        self.say(Noted(event, fields))

    def close(self) -> None:
        """There is nothing to be closed."""


class Ears:
    """Hears the wishes of a person, in a thread. A window that is gone wishes that nothing more is sent."""

    def __init__(self, wishes: Connection) -> None:
        self.stop = threading.Event()
        self.pause = threading.Event()
        self.hurries = 0
        self.deserted = False  # the window is gone, or this process is told to end: no person wished it
        self._wishes = wishes
        threading.Thread(target=self._listen, name="rowpost-wishes", daemon=True).start()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                told: Told = self._wishes.recv()
                if told.stop:
                    self.stop.set()
                (self.pause.set if told.pause else self.pause.clear)()
                self.hurries = told.hurries
        self.desert()

    def desert(self) -> None:
        """Let nothing more be sent, though nobody has wished for an end."""
        if not self.stop.is_set():
            self.deserted = True
            self.stop.set()


class Reporter:
    """Tells how far a run is, a few times a second however much happens."""

    def __init__(self, voice: Voice, watcher: Watcher) -> None:
        self._voice = voice
        self._watcher = watcher
        self._lock = threading.Lock()
        self._news = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._report, name="rowpost-report", daemon=True)
        self._thread.start()

    def see(self, event: Event) -> None:
        """Take an event into account."""
        with self._lock:
            self._watcher.see(event)
            self._news = True

    def _report(self) -> None:
        while not self._over.wait(_TELL_EVERY):
            self._tell()

    def _tell(self) -> None:
        with self._lock:
            now = self._watcher.now() if self._news else None
            self._news = False
        if now is not None:
            self._voice.say(now)

    def close(self) -> None:
        """Tell the last of it."""
        self._over.set()
        self._thread.join()
        self._tell()


OpenAway = Callable[[Voice, Practising | None], "Session"]


def carry(talk: Connection, wishes: Connection, open_session: OpenAway) -> None:
    """Run in the courier's process: wait for an errand, carry it out, end."""
    stand_back()
    crash.install(lambda: folders.find().log, lambda _report: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells everybody; the window decides
    ears, voice = Ears(wishes), Voice(talk)
    _load()
    try:
        errand: Errand = talk.recv()
        for sign in _ENDING:  # a log-out tells everybody too; until now there was nothing to be ended
            signal.signal(sign, lambda *_: threading.Thread(target=ears.desert).start())
        _carry_out(errand, talk, voice, ears, open_session)
        voice.say(Done())
    except (EOFError, ConnectionResetError):
        return  # nobody wants anything any more
    except Trouble as trouble:
        voice.say(trouble)
    except Exception as surprise:  # noqa: BLE001 - Python's own words would show what is in the rows
        crash.keep(surprise, folders.find().log)
        values = {"kind": type(surprise).__name__}
        voice.say(Trouble("courier.unexpected", Remedy.CALL_FOR_HELP, values))


def _load() -> None:
    """Load what every errand needs while nobody waits for it."""
    import rowpost.amili
    import rowpost.intake.passing_on
    import rowpost.ledger
    import rowpost.sending  # noqa: F401 - that they are loaded is all


def _carry_out(errand: Errand, talk: Connection, voice: Voice, ears: Ears, open_session: OpenAway) -> None:
    match errand:
        case NewRun():
            _send_new(errand, talk, voice, ears, open_session)
        case GoOn():
            with open_session(voice, errand.practising) as session:
                _send(session, errand.run, errand.practising, voice, ears)
                _hand_back(session.result(errand.run), talk, voice)
        case ShowRun():
            with open_session(voice, None) as session, session.beside() as looking:
                _hand_back(looking.result(errand.run), talk, voice)


def _send_new(errand: NewRun, talk: Connection, voice: Voice, ears: Ears, open_session: OpenAway) -> None:
    from rowpost.intake import passing_on

    edits = {}
    while piece := talk.recv():
        edits.update({(row, column): text for row, column, text in piece})
    assessment = passing_on.receive(talk)
    about = replace(errand.about, setup=setup_bytes(errand.mapping, edits))
    with open_session(voice, errand.practising) as session:
        ready = Counted(assessment.ready, partial(_tell_written, voice))
        run = session.write_down(about, replace(assessment, ready=ready))
        _send(session, run, errand.practising, voice, ears)
        _hand_back(session.result(run), talk, voice)


def _tell_written(voice: Voice, written: int, total: int) -> None:
    voice.say(Watch(total, wait=Wait(WRITING, 0), written=written))


def _hand_back(result: RunResult, talk: Connection, voice: Voice) -> None:
    """Lay the rows of a run into memory that the window offers."""
    from rowpost.ledger.run_rows import RunRows
    from rowpost.sheets import memory, sections

    assert isinstance(result.rows, RunRows)  # noqa: S101 - that is how the ledger has them
    arrays = result.rows.arrays
    voice.say(Packed(result.summary, result.places.with_case, sections.lengths(arrays)))
    sections.lay_out(arrays, memory.accept(talk, sections.size_of(arrays)))


def _send(session: Session, run: str, practising: Practising | None, voice: Voice, ears: Ears) -> None:
    voice.say(Begun(run))
    counts = session.invoices_by_state(run)
    decided = sum(counts.get(state, 0) for state in _DECIDED)
    watcher = Watcher(decided + sum(counts.get(state, 0) for state in _OPEN), decided)
    watcher.begin(session.under_way(run))
    if practising is not None:
        session.practise(practising.scenario)
    reporter = Reporter(voice, watcher)
    try:
        status = session.send(
            run, stop=ears.stop, pause=ears.pause, hurries=lambda: ears.hurries, on_event=reporter.see
        )
    finally:
        reporter.close()
    if ears.deserted and status is RunStatus.STOPPED:
        session.leave_open(run)
