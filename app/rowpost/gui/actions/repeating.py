"""Fix and send again: back to Review with what was rejected or released, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QUndoStack

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.state import State, Work
from rowpost.mapping import Mapping as ColumnMapping
from rowpost.model.outside import OnProgress, StopToken
from rowpost.model.results import RunResult, RunSummary
from rowpost.model.targets import Target
from rowpost.model.workbook import Opened, Reading
from rowpost.session import Session
from rowpost.session.again import Edits
from rowpost.session.suggesting import Suggestion


@dataclass(frozen=True, slots=True)
class _Brought:
    """The run's workbook as it was read then, without its edits, which are a layer over it."""

    opened: Opened
    mapping: ColumnMapping
    edits: Edits
    target: Target
    suggestion: Suggestion | None


class RepeatingDeeds:
    """What a person can do about the rows that were not accepted."""

    def __init__(self, desk: Desk, undo: QUndoStack, check: Callable[[], None]) -> None:
        self._desk = desk
        self._undo = undo
        self._check = check

    def fix_and_send_again(self) -> None:
        """Show in Review what of the run can be sent again; the workbook is read anew where it must be."""
        state, session = self._desk.state, self._desk.session
        result = state.result
        if result is None or state.working(Work.SENDING):
            return

        def bring(stop: StopToken, progress: OnProgress) -> _Brought:
            return _bring(session, state, result, stop, progress)

        self._desk.begin(Work.READING, bring, self._show, lane=LEDGER)

    def _show(self, brought: _Brought) -> None:
        self._undo.clear()
        self._desk.store.update(
            opened=brought.opened,
            path=brought.opened.path,
            mapping=brought.mapping,
            suggestion=brought.suggestion,
            seen=None,
            edits=brought.edits,
            left_out=frozenset(),
            target=brought.target,
            assessment=None,
            index=None,
            sent=None,
        )
        self._check()


def _is_of(opened: Opened, summary: RunSummary) -> bool:
    return (opened.sha256, opened.table.sheet) == (summary.file_sha256, summary.sheet)


def _bring(
    session: Session, state: State, result: RunResult, stop: StopToken, progress: OnProgress
) -> _Brought:
    summary = result.summary
    target = session.target_of(summary)
    here = state.opened
    if here is not None and state.mapping is not None and _is_of(here, summary):
        opened = session.again(result, here, target)
        return _Brought(opened, state.mapping, state.edits, target, state.suggestion)
    reading = Reading(summary.sheet, summary.header_row, state.reading.include_hidden)
    read = session.open(session.workbook_of(summary), reading, stop=stop, progress=progress)
    opened = session.again(result, read, target)
    edited, then = session.as_then(opened, summary.run)
    found = then or session.suggest(opened)
    opened = replace(opened, table=read.table)
    return _Brought(opened, found.mapping, edited.table.edits, target, found)
