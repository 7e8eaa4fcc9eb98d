"""The work at hand is kept as it goes, and gone on with at the next start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.state import Place, State, Step
from rowpost.model.books import RowState
from rowpost.model.results import RunStatus, RunSummary
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading
from rowpost.session import Session
from rowpost.session.keeping import WorkAtHand

KEEPING = "keeping"  # the lane of the files with the work
_PAUSE = 1000  # milliseconds of quiet before the work is written down
_JUDGED = frozenset({Step.REVIEW, Step.SEND, Step.RESULTS})
_STEPS = frozenset({Step.OPEN, Step.MAP, Step.REVIEW, Step.SEND})


class Found(NamedTuple):
    """A run that was cut off, or the work at hand: whether its workbook is there, and is the same."""

    run: str = ""
    work: WorkAtHand | None = None
    there: bool = False
    same: bool = False  # another workbook may have other sheets


class KeepingDeeds(QObject):
    """Writes the work down, and brings it back."""

    def __init__(
        self,
        desk: Desk,
        read: Callable[[str, Reading], None],
        check: Callable[[], None],
        open_run: Callable[[str], None],
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._read = read
        self._check = check
        self._open_run = open_run
        self.where: Callable[[], Place] = Place
        self.return_to: Callable[[Place], None] = lambda _: None
        self._aside: dict[str, WorkAtHand] = {}  # of this sitting, by the checksum of the workbook
        self._seen: tuple[object, ...] = ()
        self._step = Step.OPEN
        self._waiting: WorkAtHand | None = None  # found, but its workbook is not read yet
        self._place: Place | None = None  # to go back to once the rows are judged
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._keep)
        desk.store.changed.connect(self._look)

    def go_on(self) -> None:
        """Find what was kept; a run that was cut off comes first."""
        session = self._desk.session
        self._desk.quietly(lambda _stop, _told: _found(session), self._resume, lane=LEDGER)

    def _resume(self, found: Found) -> None:
        run, work = found.run, found.work
        if self._desk.state.path or self._desk.state.busy:
            return  # somebody was quicker
        if run:
            self._open_run(run)
        elif work is not None and found.there:
            self._waiting = work
            reading = Reading(work.sheet, work.header_row, work.include_hidden)
            self._read(work.path, reading if found.same else Reading())
        elif work is not None:
            self._keep_aside(work)  # for when the workbook is opened from its new place
            self._desk.fail(Trouble("work.gone", Remedy.FIX_FILE, {"file": Path(work.path).name}))

    def put_aside(self, step: Step) -> bool:
        """Keep the work at a workbook that another one replaces, left at `step`; whether there was any."""
        work, session = self._work(step), self._desk.session
        if work is None:
            return False
        if not _holds_work(self._desk.state):
            self._aside.pop(work.sha256, None)
            self._desk.quietly(
                lambda _stop, _told: session.put_away(work.sha256), lambda _: None, lane=KEEPING
            )
            return False
        self._keep_aside(work)
        return True

    def _keep_aside(self, work: WorkAtHand) -> None:
        session = self._desk.session
        self._aside[work.sha256] = work
        self._desk.quietly(lambda _stop, _told: session.put_aside(work), lambda _: None, lane=KEEPING)

    def take_up(self) -> None:
        """A person has opened a workbook: bring back what was put aside of it."""
        opened, session = self._desk.state.opened, self._desk.session
        if opened is None or self._desk.state.path == str(session.sample) or self._waiting is not None:
            return
        known, sha256 = self._aside.get(opened.sha256), opened.sha256
        if known is not None:
            self._bring_back(opened, known)
        else:
            found = partial(self._bring_back, opened)
            self._desk.quietly(lambda _stop, _told: session.work_aside(sha256), found, lane=KEEPING)

    def _bring_back(self, opened: Opened, work: WorkAtHand | None) -> None:
        state = self._desk.state
        if work is None or state.opened is not opened or state.busy or _holds_work(state):
            return
        work = replace(work, path=state.path)  # the same workbook may lie elsewhere now
        reading = Reading(work.sheet, work.header_row, work.include_hidden)
        if reading == Reading(opened.table.sheet, state.reading.header_row, state.reading.include_hidden):
            self._apply(work)
        else:
            self._waiting = work
            self._read(work.path, reading)

    def close(self) -> None:
        """Write down what is not yet, before the window goes."""
        if self._timer.isActive() or self._desk.state.opened is not None:
            self._timer.stop()
            work = self._work()
            if work is not None:
                self._desk.session.keep_work(work)

    def _look(self) -> None:
        state = self._desk.state
        if state.step in _STEPS:
            self._step = state.step
        if state.opened is not None and self._waiting is not None:
            self._apply(self._waiting)
        elif self._place is not None and state.index is not None and state.step is Step.REVIEW:
            place, self._place = self._place, None
            QTimer.singleShot(0, self, lambda: self.return_to(place))
        said = (state.mapping, state.marks, state.edits, state.left_out)
        now = (state.opened, state.reading, state.target, self._step, *said)
        if any(new is not old for new, old in zip(now, self._seen or (None,) * len(now), strict=True)):
            self._seen = now
            self._timer.start()

    def _apply(self, work: WorkAtHand) -> None:
        """Bring back what was said of the workbook; nothing of it where the workbook is another one."""
        self._waiting, state = None, self._desk.state
        if state.opened is None or state.path != work.path:
            return
        if state.opened.sha256 != work.sha256:
            self._desk.fail(Trouble("work.changed", Remedy.FIX_FILE, {"file": state.opened.file_name}))
            return
        session = self._desk.session
        mapping = session.mapping_of(work.mapping, state.mapping) if work.mapping else state.mapping
        self._desk.store.update(
            mapping=mapping,
            marks=frozenset(work.marks),
            edits=MappingProxyType({(row, column): text for row, column, text in work.edits}),
            left_out=frozenset(work.left_out),
            target=next((one for one in session.targets() if one.name == work.target), state.target),
            step=Step.MAP if work.step != Step.OPEN else Step.OPEN,
            said=session.wording.say("gui.open.resumed"),
        )
        if work.step in _JUDGED:
            self._place = Place(work.chip, work.row, work.column)
            self._check()

    def _keep(self) -> None:
        made, session = self._made(), self._desk.session
        if made is not None:
            self._desk.quietly(lambda _stop, _told: session.keep_work(made()), lambda _: None, lane=KEEPING)

    def _work(self, left_at: Step | None = None) -> WorkAtHand | None:
        made = self._made(left_at)
        return made() if made else None

    def _made(self, left_at: Step | None = None) -> Callable[[], WorkAtHand] | None:
        """What makes the work that is to be kept; nothing while older work waits, and not the sample."""
        state = self._desk.state
        if state.opened is None or self._waiting is not None or state.path == str(self._desk.session.sample):
            return None
        step = left_at if left_at in _STEPS else self._step
        place = self._place or self.where()
        return partial(_work_of, state, state.opened, step, self._desk.session, place)


def _holds_work(state: State) -> bool:
    """Whether a person has said anything of the workbook that opening it anew would not find out."""
    told = state.suggestion
    mapped = told is not None and state.mapping != told.mapping
    return bool(state.edits or state.left_out or state.marks or mapped or state.reading != Reading())


def _work_of(state: State, opened: Opened, step: Step, session: Session, place: Place) -> WorkAtHand:
    return WorkAtHand(
        path=str(Path(state.path).absolute()),
        sha256=opened.sha256,
        sheet=opened.table.sheet,
        header_row=state.reading.header_row,
        include_hidden=state.reading.include_hidden,
        mapping=session.mapping_document(state.mapping) if state.mapping else None,
        marks=tuple(sorted(state.marks)),
        edits=tuple((row, column, text) for (row, column), text in state.edits.items()),
        left_out=tuple(sorted(state.left_out)),
        target=state.target.name,
        step=step.value,
        chip=place.chip,
        row=place.row,
        column=place.column,
    )


def _found(session: Session) -> Found:
    """Return the latest run if it was cut off, else the work that was kept."""
    runs = session.runs()
    if runs and cut_off(runs[0]):
        return Found(runs[0].run)
    work = session.kept_work()
    if work is None or not Path(work.path).is_file():
        return Found("", work)
    with Path(work.path).open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == work.sha256
    return Found("", work, there=True, same=same)


def cut_off(run: RunSummary) -> bool:
    """Whether a run ended without a word: rows wait, or are not known, and nobody has stopped it."""
    waiting = sum(run.books.by_state.get(one, 0) for one in (RowState.WAITING, RowState.NOT_KNOWN))
    return bool(waiting) and run.status is not RunStatus.STOPPED
