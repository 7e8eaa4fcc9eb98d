"""Follow-up: what the agency holds, asked beside all other work.

Asking has a lane of its own, so that neither sending nor reading waits for it, and it ends none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.background import Job
from rowpost.gui.background import Work as Task
from rowpost.gui.follow_state import FollowState, FollowTab
from rowpost.model.answers import Batch, BatchesAnswer
from rowpost.model.followup import Asked, Fetched, FollowUp, Known, Sums
from rowpost.model.outside import Progress
from rowpost.model.targets import Target
from rowpost.session import Session

if TYPE_CHECKING:
    from rowpost.sending import Adoption

T = TypeVar("T")
_Added = tuple[FollowUp, date, Sums]
ASKING = "follow"  # the lane of questions to the agency
_ARRANGING = "arranging"
_FEW = 2000  # lines that are filtered and sorted at once


class FollowDeeds:
    """What can be done on the Follow-up page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._job: Job | None = None
        self._wish = object()  # what is to be shown of the lines

    @property
    def _state(self) -> FollowState:
        return self._desk.state.follow

    def _put(self, **changes: Any) -> None:
        self._desk.store.update(follow=replace(self._state, **changes))

    def _with_sums(self, find: Callable[[Session], FollowUp], done: Callable[[_Added], None]) -> None:
        """Add up what is found, beside the window: there may be many lines."""

        def work(session: Session) -> _Added:
            from rowpost.followup import add_up

            follow, today = find(session), session.clock.now().astimezone().date()
            return follow, today, add_up(follow.lines, today)

        self._look(work, done)

    # -- Invoices ----------------------------------------------------------------------------

    def arrive(self) -> None:
        """Begin with the latest run, where nothing else was chosen."""
        runs = self._desk.state.runs
        if self._state.follow is None and runs and not self._state.asking:
            self.choose_run(runs[0].run)

    def choose_run(self, run: str) -> None:
        """Show what is known of a run; nobody is asked."""
        self._with_sums(lambda session: session.followed(run), self._show)

    def _show(self, found: _Added) -> None:
        follow, today, sums = found
        self._put(follow=follow, today=today, sums=sums, known=None, tab=FollowTab.INVOICES)

    def ask(self) -> None:
        """Ask the agency for what is shown."""
        follow, session = self._state.follow, self._desk.session
        if follow is None or self._state.asking:
            return
        if follow.sought:
            self.seek(follow.sought)
            return
        self._ask(
            lambda stop, progress: session.fetch(follow, stop=stop, progress=progress),
            lambda found: self._keep(follow, found),
        )

    def ask_again(self, asked: Asked) -> None:
        """Ask the agency for one invoice alone."""
        follow, session = self._state.follow, self._desk.session
        if follow is None or self._state.asking:
            return
        alone = replace(follow, lines=[line for line in follow.lines if line.asked == asked])
        self._ask(
            lambda stop, progress: session.fetch(alone, stop=stop, progress=progress),
            lambda found: self._keep(follow, found),
        )

    def seek(self, text: str) -> None:
        """Search at the agency: by invoice number, key, customer or case number."""
        session, target = self._desk.session, self._desk.state.target
        if not text.strip() or self._state.asking:
            return
        self._ask(
            lambda stop, progress: session.seek(_ready(session, target), text, stop=stop, progress=progress),
            lambda found: self._keep(*found),
        )

    def _keep(self, follow: FollowUp, found: Fetched) -> None:
        """Show the answers, and keep them; while rows are sent that comes as soon as they are."""
        if self._desk.sending:
            later = self._desk.session
            self._desk.quietly(lambda _stop, _told: later.kept(follow, found), lambda _: None, lane=LEDGER)
        self._with_sums(lambda session: session.kept(follow, found), self._kept)

    def _kept(self, found: _Added) -> None:
        follow, today, sums = found
        self._put(follow=follow, today=today, sums=sums, tab=FollowTab.INVOICES)
        if self._state.known is not None:
            self.show(self._state.known.asked)

    def show(self, asked: Asked) -> None:
        """Show one invoice in full, as it was last answered."""
        follow = self._state.follow
        if follow is not None:
            self._look(lambda session: session.in_full(follow.target, asked), self._shown)

    def _shown(self, known: Known) -> None:
        self._put(known=known)

    # -- Batches -----------------------------------------------------------------------------

    def open_tab(self, tab: FollowTab) -> None:
        """Show invoices or batches."""
        self._put(tab=tab)

    def list_batches(self) -> None:
        """Ask for the organisation's batches."""
        session, target = self._desk.session, self._desk.state.target
        if self._state.asking:
            return
        self._ask(
            lambda stop, progress: session.batches(_ready(session, target), stop=stop, progress=progress),
            self._listed,
        )

    def _listed(self, answer: BatchesAnswer) -> None:
        target = self._desk.state.target
        self._put(batches=answer, batches_of=target, batch=None, adoption=None)
        self._look(lambda session: session.belongs_to(target), lambda owners: self._put(owners=owners))

    def choose_batch(self, batch: Batch) -> None:
        """Show the rows of a batch that was listed."""
        self._put(batch=batch, adoption=None)

    def open_batch(self, batch_id: str) -> None:
        """Ask for one batch with its rows."""
        session, target = self._desk.session, self._desk.state.target
        if batch_id.strip() and not self._state.asking:
            self._ask(lambda _stop, _progress: session.batch(_ready(session, target), batch_id), self._opened)

    def _opened(self, batch: Batch) -> None:
        self._put(batch=batch, adoption=None, tab=FollowTab.BATCHES)

    def adopt(self, run: str, batch_id: str) -> None:
        """Tie a batch's answers to the open rows of a run that it proves."""
        session = self._desk.session
        if run and batch_id.strip() and not self._state.asking and not self._desk.occupied():
            self._ask(
                lambda stop, _progress: session.adopt_batch(run, batch_id, stop=stop),
                self._adopted,
                lane=LEDGER,
            )

    def _adopted(self, adoption: Adoption) -> None:
        self._put(adoption=adoption)
        target = self._desk.state.target
        self._look(lambda session: session.belongs_to(target), lambda known: self._put(owners=known))
        self._look(lambda session: session.runs(), lambda runs: self._desk.store.update(runs=tuple(runs)))

    # -- Asking ------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Ask nothing more; what was answered so far is kept."""
        if self._job is not None:
            self._job.stop()

    def _ask(self, task: Task[Progress, T], done: Callable[[T], None], *, lane: str = ASKING) -> None:
        def finished(result: T) -> None:
            self._put(asking=False, progress=None)
            done(result)

        def failed(error: Exception) -> None:
            self._put(asking=False, progress=None)
            self._desk.fail(error)

        self._desk.store.update(trouble=None, said="")
        self._put(asking=True, progress=None)
        self._job = self._desk.background.run(task, finished, failed, self._tell, lane=lane)

    def _tell(self, progress: Progress) -> None:
        self._put(progress=progress)

    def arrange(self, count: int, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Filter and sort so many lines: a few at once, many beside the window; the newest wish counts."""
        self._wish = wish = object()

        def arranged(found: T) -> None:
            if self._wish is wish:
                done(found)

        if count <= _FEW:
            done(work())
        else:
            self._desk.quietly(lambda _stop, _progress: work(), arranged, lane=_ARRANGING)

    def _look(self, work: Callable[[Session], T], done: Callable[[T], None]) -> None:
        self._desk.look(lambda session, _stop: work(session), done)


def _ready(session: Session, target: Target) -> Target:
    """The target as it can be reached. Trouble where its settings lack something."""
    return target if target.name == "practice" else session.target(target.name)
