"""What all deeds share: the door, the state, the background, and how work begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from rowpost.gui.background import Background, Job
from rowpost.gui.background import Work as Task
from rowpost.gui.state import NOTHING_SAID, Busy, State, Work
from rowpost.gui.store import Store
from rowpost.host import crash, folders
from rowpost.model.outside import Progress, StopToken
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.session import Session

T = TypeVar("T")
P = TypeVar("P")
Question = Callable[[Session, StopToken], T]
LEDGER = "ledger"  # the lane of everything that reaches the ledger: it has one owner
LOOKING = "looking"  # the lane of those who look into the ledger while a courier has it
SETTINGS = "settings"  # the lane of settings and secrets, which no run under way may keep back

_FIRST = {Work.SENDING: "gui.sending_first", Work.SAVING: "gui.saving_first"}


class Desk(QObject):
    """One person's place of work."""

    def __init__(self, session: Session, store: Store, background: Background) -> None:
        super().__init__()
        self.session = session
        self.store = store
        self.background = background
        self._job: Job | None = None

    @property
    def state(self) -> State:
        """What is known now."""
        return self.store.state

    def begin(
        self,
        work: Work,
        task: Task[P, T],
        done: Callable[[T], None],
        *,
        progress: Callable[[P], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        lane: str = "work",
        about: str = "",
    ) -> None:
        """Start work that the pages show as busy; what was under way is asked to stop.

        Progress that nobody else takes is shown as that of the busy work, trouble as that of the window.
        """
        if self.occupied():
            return
        self.stop()
        job: Job | None = None

        def finished(result: T) -> None:
            if self._job is job:
                self._end()
                done(result)

        def went_wrong(error: Exception) -> None:
            if self._job is job:
                self._end()
                (failed or self.fail)(error)

        def told(news: P) -> None:
            if self._job is job:
                (progress or self._show_progress)(news)

        self.store.update(busy=Busy(work, about=about), **NOTHING_SAID)
        job = self._job = self.background.run(task, finished, went_wrong, told, lane=lane)

    @property
    def sending(self) -> bool:
        """Whether rows are being sent, so that a courier has the ledger."""
        return self._job is not None and self.state.working(Work.SENDING)

    def occupied(self) -> bool:
        """Whether rows are being sent or a file is being saved: other work never ends that. Says so."""
        busy = self.state.busy
        code = _FIRST.get(busy.work, "") if self._job is not None and busy is not None else ""
        if code:
            self.fail(Trouble(code, Remedy.TRY_LATER))
        return bool(code)

    def look(self, question: Question[T], done: Callable[[T], None]) -> Job:
        """Ask the ledger for something; while rows are being sent, beside the courier that has it.

        What was read beside a courier that has ended meanwhile is asked for once more.
        """
        if not self.sending:
            return self.quietly(lambda stop, _told: question(self.session, stop), done, lane=LEDGER)

        def answered(found: T) -> None:
            if self.sending or job.stop_token.is_set():
                done(found)
            else:
                self.look(question, done)

        job = self.quietly(partial(_beside, self.session, question), answered, lane=LOOKING)
        return job

    def _show_progress(self, news: object) -> None:
        busy = self.state.busy
        if busy is not None and isinstance(news, Progress):
            self.store.update(busy=replace(busy, progress=news))

    def quietly(self, task: Task[Any, T], done: Callable[[T], None], *, lane: str = "work") -> Job:
        """Start work that nobody has to wait for; trouble is shown all the same."""
        return self.background.run(task, done, self.fail, lane=lane)

    def stop(self) -> None:
        """Ask the work under way to end; its result is thrown away."""
        if self._job is not None:
            self._job.stop()
            self._end()

    def ask_to_stop(self) -> None:
        """Ask the work under way to end by itself; its result still counts."""
        busy = self.state.busy
        if self._job is not None and busy is not None:
            self._job.stop()
            self.store.update(busy=replace(busy, stopping=True))

    def fail(self, error: Exception) -> None:
        """Show what stopped the work; what nobody expected is shown by its kind alone."""
        if isinstance(error, Stopped):
            return
        self.store.update(trouble=error if isinstance(error, Trouble) else self.unexpected(error))

    def unexpected(self, error: Exception) -> Trouble:
        """Keep what nobody expected for support; return what can be told of it."""
        crash.keep(error, folders.find().log)
        return Trouble("gui.unexpected", Remedy.CALL_FOR_HELP, {"kind": type(error).__name__})

    def _end(self) -> None:
        self._job = None
        told = self.state.trouble
        over = told is not None and told.code in _FIRST.values()  # what had to be waited for has ended
        self.store.update(busy=None, trouble=None if over else told)


def _beside(session: Session, question: Question[T], stop: StopToken, _told: object) -> T:
    with session.beside() as looking:
        return question(looking, stop)
