"""Open: choose a workbook, a sheet, a heading row."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QUndoStack

from rowpost.gui.actions.desk import Desk
from rowpost.gui.state import Step, Work
from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.table import NO_EDITS
from rowpost.model.workbook import Opened, Reading
from rowpost.session import Session
from rowpost.session.suggesting import Suggestion

# what else is to be said of the mapping is asked on its own page
_TOLD_HERE = frozenset({"mapping.saved_used", "mapping.saved_unreadable"})


class ReadingDeeds:
    """What can be done on the Open page."""

    def __init__(self, desk: Desk, undo: QUndoStack) -> None:
        self._desk = desk
        self._undo = undo
        self._password: str | None = None

    def open(self, path: str) -> None:
        """Read a workbook from the beginning; what was known of another one goes."""
        if not path:
            return
        self._password = None
        self._desk.store.update(
            path=path,
            step=Step.OPEN,
            reading=Reading(),
            opened=None,
            mapping=None,
            suggestion=None,
            seen=None,
            marks=frozenset(),
            edits=NO_EDITS,
            assessment=None,
            index=None,
            result=None,
        )
        self._read()

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
        self._read()

    def cancel(self) -> None:
        """Stop reading."""
        self._desk.stop()

    def _again(self, reading: Reading) -> None:
        if reading != self._desk.state.reading:
            self._desk.store.update(reading=reading, edits=NO_EDITS, assessment=None, index=None, result=None)
            self._read()

    def _read(self) -> None:
        state = self._desk.state
        task = partial(_read, self._desk.session, Path(state.path), state.reading, self._password)
        self._desk.begin(Work.READING, task, self._opened)

    def _opened(self, found: tuple[Opened, Suggestion]) -> None:
        opened, suggestion = found
        self._undo.clear()
        self._desk.store.update(
            opened=opened, mapping=suggestion.mapping, suggestion=suggestion, seen=None, marks=frozenset()
        )


def _read(
    session: Session,
    path: Path,
    reading: Reading,
    password: str | None,
    stop: StopToken,
    progress: OnProgress,
) -> tuple[Opened, Suggestion]:
    opened = session.open(path, reading, password=password, stop=stop, progress=progress)
    found = session.suggest(opened)
    told = (fact for fact in found.facts if fact.code in _TOLD_HERE)
    return replace(opened, facts=(*opened.facts, *told)), found
