"""Open: choose a workbook, a sheet, a heading row. All but the workbook itself can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

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


class ReadingDeeds:
    """What can be done on the Open page."""

    def __init__(self, desk: Desk, undo: QUndoStack, words: Callable[[], Words]) -> None:
        self._desk = desk
        self._undo = undo
        self._words = words
        self._password: str | None = None

    def open(self, path: str) -> None:
        """Read a workbook from the beginning; what was known of another one goes."""
        if not path or self._desk.occupied():
            return
        if self._desk.state.index is not None:
            task = partial(_corrections, self._desk.session, Path(path), self._desk.state)
            self._desk.begin(Work.READING, task, partial(self._compared, path))
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
        self._password = None
        self._begin(path, reading)

    def read_again(self) -> None:
        """Read the same file once more, as it lies on the disk now."""
        state = self._desk.state
        if state.path:
            self._begin(state.path, state.reading)

    def open_outside(self) -> None:
        """Show the workbook in the program that the desktop has for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._desk.state.path))

    def _begin(self, path: str, reading: Reading) -> None:
        state = self._desk.state
        goes_on = state.hold is not None and state.hold.seconds > 0  # else it waits in the history
        self._desk.store.update(
            hold=state.hold if goes_on else None,
            watch=state.watch if goes_on else None,
            path=path,
            step=Step.OPEN,
            reading=reading,
            opened=None,
            mapping=None,
            suggestion=None,
            seen=None,
            marks=frozenset(),
            edits=NO_EDITS,
            left_out=frozenset(),
            corrected=None,
            assessment=None,
            index=None,
            result=None,
        )
        self._undo.clear()
        self._read(reading, self._opened)

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
        self._password = password
        self._read(self._desk.state.reading, self._opened)

    def cancel(self) -> None:
        """Stop reading."""
        self._desk.stop()

    def _again(self, reading: Reading) -> None:
        """Read the same workbook another way; the old way comes back with undo."""
        before = _as_read(self._desk.state)
        if reading == before.reading:
            return

        def opened(found: tuple[Opened, Suggestion]) -> None:
            self._opened(found, reading)
            after, name = _as_read(self._desk.state), self._words()("undo.reading")
            self._undo.push(Swap(name, before, after, self._restore, done=True))

        self._read(reading, opened)

    def _restore(self, wanted: Read) -> None:
        """Read the workbook as before, and take what was said of it from memory."""
        now = self._desk.state.opened

        def opened(found: tuple[Opened, Suggestion]) -> None:
            if now is not None and found[0].sha256 != now.sha256:  # the file has been saved anew
                self._opened(found, wanted.reading)
            else:
                self._show(found[0], wanted)

        self._read(wanted.reading, opened)

    def _read(self, reading: Reading, done: Callable[[tuple[Opened, Suggestion]], None]) -> None:
        state = self._desk.state
        task = partial(_read, self._desk.session, Path(state.path), reading, self._password, state.target)
        self._desk.begin(Work.READING, task, done)

    def _opened(self, found: tuple[Opened, Suggestion], reading: Reading | None = None) -> None:
        opened, told = found
        how = reading or self._desk.state.reading
        self._show(opened, Read(how, told.mapping, told, frozenset(), NO_EDITS, frozenset()))

    def _show(self, opened: Opened, read: Read) -> None:
        self._desk.store.update(
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
