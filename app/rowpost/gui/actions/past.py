"""History: search, forget, export, compare with a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.actions.files import FileDeeds, gently
from rowpost.gui.actions.results import ResultDeeds
from rowpost.gui.background import Job
from rowpost.gui.state import State, Step, Work
from rowpost.gui.words import Words
from rowpost.model.assessment import Assessment
from rowpost.model.difference import Difference
from rowpost.model.history import Found, Personal
from rowpost.model.outside import OnProgress, StopToken, no_progress
from rowpost.model.results import RunSummary
from rowpost.model.trouble import Trouble
from rowpost.session import Session

_SHORT_BREATH = 0.005  # seconds that the window gets after every few milliseconds of work
_MOST_QUIETLY = 20_000  # rows of two files that are compared without being asked to


class PastDeeds:
    """What can be done on the History page."""

    def __init__(
        self, desk: Desk, words: Callable[[], Words], files: FileDeeds, results: ResultDeeds
    ) -> None:
        self._desk = desk
        self._words = words
        self._files = files
        self._results = results
        self._searching: Job | None = None
        self._compared_of: Assessment | None = None
        self._sought = ""
        self._was_sending = False
        desk.store.changed.connect(self._look)

    # -- Looking -----------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Find rows and runs; an empty text lists all runs again. Only the latest question is answered."""
        if self._searching is not None:
            self._searching.stop()
        self._sought = " ".join(text.split())
        if not self._sought:
            self._put(found=None)
            self.arrive()
            return
        self._searching = self._desk.look(partial(_search, text), self._found)

    def _found(self, answer: tuple[Found, datetime | None] | None) -> None:
        if answer is not None and answer[0].text == self._sought:
            found, as_of = answer
            under_way = self._desk.session.run_away
            self._put(found=found, found_as_of=as_of, under_way=under_way, difference=None)

    def arrive(self) -> None:
        """Read anew what has changed since, where a run is being sent.

        While one is only being written down nothing has changed, and the file is hardly ever free.
        """
        if self._desk.sending and self._desk.session.run_away:
            self.look_again()

    def look_again(self) -> None:
        """Read the runs, and what was searched for, once more."""
        self._results.load_runs()
        if self._desk.state.past.found is not None:
            self.search(self._sought)

    # -- Forgetting --------------------------------------------------------------------------

    def ask_to_forget(self, run: str) -> None:
        """Find out what would go, and ask in the page."""
        session = self._desk.session
        if not self._desk.occupied():
            self._desk.quietly(lambda _stop, _progress: session.personal(run), self._asked, lane=LEDGER)

    def _asked(self, personal: Personal) -> None:
        self._put(forgetting=personal)

    def keep(self) -> None:
        """Forget nothing."""
        self._put(forgetting=None)

    def forget(self) -> None:
        """Erase what was asked about; rows that were never sent are given up with it."""
        asked = self._desk.state.past.forgetting
        if asked is not None:
            self._put(forgetting=None)
            task = partial(_forget, self._desk.session, asked.run)
            self._desk.begin(Work.SAVING, task, self._forgotten, lane=LEDGER)

    def _forgotten(self, run: str) -> None:
        shown = self._desk.state.result
        result = None if shown is not None and shown.summary.run == run else shown
        self._desk.store.update(said=self._words()("history.forgotten_run", run=run), result=result)
        self._results.load_runs()

    # -- Files -------------------------------------------------------------------------------

    def save_results(self, run: RunSummary) -> None:
        """Save a copy of the run's workbook with what became of every row."""
        self._files.save_results(run)

    def save_receipt(self, run: RunSummary) -> None:
        """Save the run's receipt."""
        self._files.save_receipt(run)

    def export(self) -> None:
        """Save everything the ledger knows as CSV; it can be stopped."""
        words = self._words()
        path = self._files.ask_where(words("history.export"), words("history.export_name"))
        if path is None:
            return
        if self._desk.sending:
            self._desk.store.update(said=words("history.exporting"), trouble=None)
            self._desk.look(partial(_export_beside, path), self._files.saved)
        else:
            task = partial(_export, self._desk.session, path)
            self._desk.begin(Work.SAVING, task, self._files.saved, lane=LEDGER)

    # -- Comparing ---------------------------------------------------------------------------

    def compare(self, run: str) -> None:
        """Choose a workbook and compare it with a run; the agency is asked of what is gone."""
        path = "" if self._desk.occupied() else self._files.ask_which(self._words()("history.compare"))
        if path:
            task = partial(_compare, self._desk.session, Path(path), run)
            self._desk.begin(Work.COMPARING, task, self._compared, lane=LEDGER)

    def _look(self) -> None:
        """What is known of the past may have changed, or something new is to be compared with it."""
        was_sending, self._was_sending = self._was_sending, self._desk.sending
        if was_sending and not self._was_sending and self._desk.state.past.shown_as_of is not None:
            self.look_again()
        self._compare_on_the_way()

    def _compare_on_the_way(self) -> None:
        """On the way to Send: compare with the last run of the same organisation, behind the page."""
        state = self._desk.state
        if state.past.since is not None and state.assessment is not self._compared_of:
            self._put(since=None)
        elif self._is_due(state):
            self._compared_of = state.assessment
            task = partial(_compare_quietly, self._desk.session, state)
            self._desk.quietly(task, self._compared_since, lane=LEDGER)

    def _is_due(self, state: State) -> bool:
        new = state.assessment is not None and state.assessment is not self._compared_of
        return new and state.step is Step.SEND and state.busy is None and state.assessment is not state.sent

    def _compared_since(self, found: tuple[Assessment, Difference] | None) -> None:
        if found is not None and found[0] is self._desk.state.assessment:
            self._put(since=found[1])

    def show_since(self) -> None:
        """Show in full what the bar on Send says."""
        since = self._desk.state.past.since
        if since is not None:
            self.show_difference(since)

    def _compared(self, difference: Difference) -> None:
        self._put(difference=difference)

    def show_difference(self, difference: Difference) -> None:
        """Show a difference that was found elsewhere."""
        self._put(difference=difference)
        self._desk.store.update(step=Step.HISTORY)

    def ask_agency(self) -> None:
        """Ask of what is gone and not known."""
        difference = self._desk.state.past.difference
        if difference is not None:
            task = partial(_ask, self._desk.session, difference)
            self._desk.begin(Work.COMPARING, task, self._compared, lane=LEDGER)

    def save_difference(self) -> None:
        """Save the difference as a workbook."""
        words, session = self._words(), self._desk.session
        difference = self._desk.state.past.difference
        if difference is not None:
            name = f"{Path(difference.file_name).stem} - {words('history.difference_name')}.xlsx"
            title = words("history.save_difference")
            self._files.save(title, name, lambda path: session.write_difference(difference, path))

    def close_difference(self) -> None:
        """Go back to the list."""
        self._put(difference=None)

    def _put(self, **changes: Any) -> None:
        self._desk.store.update(past=replace(self._desk.state.past, **changes))


def _search(text: str, session: Session, stop: StopToken) -> tuple[Found, datetime | None] | None:
    return None if stop.is_set() else (session.search(text), session.as_of())


def _forget(session: Session, run: str, _stop: StopToken, _progress: OnProgress) -> str:
    session.forget(run, give_up_waiting=True)
    return run


def _export(session: Session, path: Path, stop: StopToken, progress: OnProgress) -> Path:
    session.export_ledger(path, stop=stop, progress=gently(progress, _SHORT_BREATH))
    return path


def _export_beside(path: Path, session: Session, stop: StopToken) -> Path:
    return _export(session, path, stop, no_progress)


def _compare(session: Session, path: Path, run: str, stop: StopToken, progress: OnProgress) -> Difference:
    earlier = session.earlier_run(run)
    opened = session.open(path, stop=stop, progress=progress)
    mapping = session.suggest(opened).mapping
    assessment = session.assess(opened, mapping, earlier.target, stop=stop, progress=progress)
    gentle = gently(progress, _SHORT_BREATH)
    difference = session.compare(earlier, opened, assessment, stop=stop, progress=gentle)
    return session.ask_of_gone(difference, stop=stop, progress=progress)


def _compare_quietly(
    session: Session, state: State, stop: StopToken, progress: OnProgress
) -> tuple[Assessment, Difference] | None:
    """Compare with the last run, if there is one; not if the two are so long that it would be felt."""
    opened, assessment = state.opened, state.assessment
    if opened is None or assessment is None:
        return None
    try:
        earlier = session.earlier_run("", state.target, opened.sha256)
    except Trouble:  # nothing was sent before
        return None
    if earlier.books.rows + assessment.books.rows > _MOST_QUIETLY:
        return None
    gentle = gently(progress, _SHORT_BREATH)
    return assessment, session.compare(earlier, opened, assessment, stop=stop, progress=gentle)


def _ask(session: Session, difference: Difference, stop: StopToken, progress: OnProgress) -> Difference:
    return session.ask_of_gone(difference, stop=stop, progress=progress)
