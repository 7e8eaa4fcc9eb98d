"""Open: choose a workbook, a sheet, a heading row. All but the workbook itself can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QUndoStack

from rowpost.gui.actions.desk import Desk
from rowpost.gui.actions.history import Swap
from rowpost.gui.state import Corrected, State, Step, Work
from rowpost.gui.views.unread import unread_sentence
from rowpost.gui.words import Words
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.table import NO_EDITS
from rowpost.model.targets import Target
from rowpost.model.trouble import Remedy, Trouble
from rowpost.model.workbook import Opened, Reading
from rowpost.session import Session
from rowpost.session.suggesting import Suggestion

# what else is to be said of the mapping is asked on its own page
_TOLD_HERE = frozenset({"mapping.saved_used", "mapping.saved_unreadable"})


@dataclass(frozen=True, slots=True)
class Read:
    """How the workbook is read, and everything that a person has said about what was read."""

    reading: Reading
    mapping: ColumnMapping | None
    suggestion: Suggestion | None
    marks: frozenset[str]
    edits: Mapping[tuple[int, int], str]
    left_out: frozenset[int]


class _Wanted(NamedTuple):
    """A workbook, and how it is to be read."""

    path: str
    reading: Reading


class _Refused(NamedTuple):
    """What kept a workbook from being read."""

    error: Exception
    wanted: _Wanted


class ReadingDeeds:
    """What can be done on the Open page."""

    def __init__(self, desk: Desk, undo: QUndoStack, words: Callable[[], Words]) -> None:
        self._desk = desk
        self._undo = undo
        self._words = words
        self._password: str | None = None
        self._refused: _Refused | None = None
        self.leaving: Callable[[Step], bool] = lambda _: (
            False
        )  # whether there was work in what goes; it is kept
        self.arrived: Callable[[], None] = lambda: None

    def open(self, path: str) -> None:
        """Read a workbook from the beginning; one that is open stays until the new one has been read."""
        if not path or self._desk.occupied():
            return
        if self._desk.state.index is not None:
            task = partial(_corrections, self._desk.session, Path(path), self._desk.state)
            wanted, name = _Wanted(path, Reading()), Path(path).name
            done, failed = partial(self._compared, path), partial(self._failed, wanted, self._desk.state.step)
            self._password = None
            self._desk.begin(Work.READING, task, done, failed=failed, about=name)
        else:
            self._open_new(path)

    def _compared(self, path: str, corrected: Corrected | None) -> None:
        """A copy of the workbook under review is merged; anything else is a new workbook."""
        if corrected is None:
            self._open_new(path)
        elif not corrected.changes:
            words = self._words()
            said = words("review.merge.nothing", file=corrected.file_name)
            if corrected.unread:
                said = f"{said} {unread_sentence(corrected.unread, words)}"
            self._desk.store.update(said=said, step=Step.REVIEW)
        else:
            self._desk.store.update(corrected=corrected, step=Step.REVIEW)

    def _open_new(self, path: str) -> None:
        self._password = None
        self._begin(path, Reading())

    def read_as(self, path: str, reading: Reading) -> None:
        """Read a workbook as it was read before."""
        self._begin(path, reading)

    def read_again(self) -> None:
        """Read the file that could not be read, or else the one at hand, as it lies on the disk now."""
        wanted = self._wanted()
        if wanted.path:
            self._begin(wanted.path, wanted.reading)

    def open_outside(self) -> None:
        """Show the workbook in the program that the desktop has for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._desk.state.path))

    def _begin(self, path: str, reading: Reading) -> None:
        """Read a workbook that takes the place of the one that is open, as soon as it has been read."""
        if self._desk.occupied():
            return
        before, wanted = self._desk.state.step, _Wanted(path, reading)
        self._desk.store.update(step=Step.OPEN)
        self._read(wanted, partial(self._replace, wanted, before), partial(self._failed, wanted, before))

    def _failed(self, wanted: _Wanted, before: Step, error: Exception) -> None:
        """Go back to where a person was: nothing has been changed. How to try again is remembered."""
        self._refused = _Refused(error, wanted)
        if self._desk.state.opened is not None and self._desk.state.step is Step.OPEN:
            self._desk.store.update(step=before)
        self._desk.store.update(refused=Path(wanted.path).name)
        self._desk.fail(error)

    def _wanted(self) -> _Wanted:
        """Return what a person wants to have read while its trouble is shown, else what is open."""
        state = self._desk.state
        if self._refused is not None and state.trouble is self._refused.error:
            return self._refused.wanted
        return _Wanted(state.path, state.reading)

    def _replace(self, wanted: _Wanted, step: Step, found: tuple[Opened, Suggestion]) -> None:
        """Show the new workbook; the work at the one before is kept, and that is said."""
        before, had_work = self._desk.state, self.leaving(step)
        opened, told = found
        goes_on = before.hold is not None and before.hold.seconds > 0  # else it waits in the history
        self._refused = None
        self._undo.clear()
        self._show(
            opened,
            _fresh(told, wanted.reading),
            path=wanted.path,
            step=Step.OPEN,
            hold=before.hold if goes_on else None,
            watch=before.watch if goes_on else None,
            corrected=None,
            left=before.path if had_work and before.path != wanted.path else "",
        )
        changed = before.opened is not None and before.opened.sha256 != opened.sha256
        if had_work and changed and before.path == wanted.path:
            self._desk.fail(Trouble("work.changed", Remedy.FIX_FILE, {"file": opened.file_name}))
        self.arrived()

    def choose_sheet(self, name: str) -> None:
        """Read another sheet of the same workbook."""
        self._again(Reading(sheet=name, include_hidden=self._desk.state.reading.include_hidden))

    def choose_heading_row(self, row: int) -> None:
        """Take another row as the one that names the columns; 0: there is none."""
        self._again(replace(self._desk.state.reading, header_row=row))

    def choose_hidden(self, *, include: bool) -> None:
        """Answer whether hidden rows belong to the work."""
        self._again(replace(self._desk.state.reading, include_hidden=include))

    def unlock(self, password: str) -> None:
        """Read the same workbook with its password, which is kept in memory only."""
        wanted = self._wanted()
        self._password = password
        self._begin(wanted.path, wanted.reading)

    def _again(self, reading: Reading) -> None:
        """Read the same workbook another way; the old way comes back with undo."""
        before = _as_read(self._desk.state)
        if reading == before.reading:
            return

        def opened(found: tuple[Opened, Suggestion]) -> None:
            self._show(found[0], _fresh(found[1], reading))
            after, name = _as_read(self._desk.state), self._words()("undo.reading")
            self._undo.push(Swap(name, before, after, self._restore, done=True))

        self._read(_Wanted(self._desk.state.path, reading), opened)

    def _restore(self, wanted: Read) -> None:
        """Read the workbook as before, and take what was said of it from memory."""
        now = self._desk.state.opened

        def opened(found: tuple[Opened, Suggestion]) -> None:
            if now is not None and found[0].sha256 != now.sha256:  # the file has been saved anew
                self._show(found[0], _fresh(found[1], wanted.reading))
            else:
                self._show(found[0], wanted)

        self._read(_Wanted(self._desk.state.path, wanted.reading), opened)

    def _read(
        self,
        wanted: _Wanted,
        done: Callable[[tuple[Opened, Suggestion]], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        path, target = Path(wanted.path), self._desk.state.target
        task = partial(_read, self._desk.session, path, wanted.reading, self._password, target)
        self._desk.begin(Work.READING, task, done, failed=failed, about=path.name)

    def _show(self, opened: Opened, read: Read, **more: Any) -> None:
        self._desk.store.update(
            **more,
            opened=opened,
            reading=read.reading,
            mapping=read.mapping,
            suggestion=read.suggestion,
            seen=None,
            marks=read.marks,
            edits=read.edits,
            left_out=read.left_out,
            assessment=None,
            index=None,
            result=None,
        )


def _fresh(told: Suggestion, reading: Reading) -> Read:
    """Return a reading of which nobody has said anything yet."""
    return Read(reading, told.mapping, told, frozenset(), NO_EDITS, frozenset())


def _as_read(state: State) -> Read:
    return Read(state.reading, state.mapping, state.suggestion, state.marks, state.edits, state.left_out)


def _read(
    session: Session,
    path: Path,
    reading: Reading,
    password: str | None,
    target: Target,
    stop: StopToken,
    progress: OnProgress,
) -> tuple[Opened, Suggestion]:
    opened = session.open(path, reading, password=password, stop=stop, progress=progress)
    found = session.suggest(opened)
    found = replace(found, mapping=session.with_known_words(found.mapping, opened, target))
    told = (fact for fact in found.facts if fact.code in _TOLD_HERE)
    return replace(opened, facts=(*opened.facts, *told)), found


def _corrections(
    session: Session, path: Path, state: State, stop: StopToken, progress: OnProgress
) -> Corrected | None:
    assert state.opened is not None  # noqa: S101 - nothing is under review without a workbook
    opened = replace(state.opened, table=state.opened.table.with_edits(state.edits))
    found = session.corrections(path, opened, state.reading, stop=stop, progress=progress)
    return None if found is None else Corrected(path.name, found.changes, found.unread)
