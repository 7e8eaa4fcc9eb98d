"""Map: say which column is which field."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QUndoStack

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.actions.history import Swap
from rowpost.gui.background import Job
from rowpost.gui.background import Work as Task
from rowpost.gui.state import Step, Work
from rowpost.gui.views.review_index import ReviewIndex
from rowpost.mapping import FieldRule, Mapping
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.targets import Target
from rowpost.model.workbook import Opened
from rowpost.session import Session


class MatchingDeeds:
    """What can be done on the Map page."""

    def __init__(self, desk: Desk, undo: QUndoStack) -> None:
        self._desk = desk
        self._undo = undo
        self._again: Job | None = None

    def choose_column(self, key: str, column: int) -> None:
        """Take a field from a column; 0: from nowhere."""
        mapping = self._desk.state.mapping
        if mapping is None:
            return
        if column <= 0:
            self._put(mapping.without(key))
        else:
            self._put(mapping.with_rules([FieldRule(key, columns=(column,))]))

    def choose_constant(self, key: str, text: str) -> None:
        """Take the same value for every row."""
        mapping = self._desk.state.mapping
        if mapping is not None:
            self._put(mapping.with_rules([FieldRule(key, constant=text)]))

    def _put(self, mapping: Mapping) -> None:
        before = self._desk.state.mapping
        if mapping != before:
            self._undo.push(Swap("", before, mapping, self._set))

    def _set(self, mapping: Mapping | None) -> None:
        self._desk.store.update(mapping=mapping, assessment=None, index=None, result=None)

    def check(self) -> None:
        """Judge every row, then show them."""
        task = self._task()
        if task is not None:
            self._desk.begin(Work.CHECKING, task, self._assessed, lane=LEDGER)

    def check_again(self) -> None:
        """Judge once more behind the page that shows the rows; an older judgement is thrown away."""
        if self._again is not None:
            self._again.stop()
        task = self._task()
        if task is not None:
            edits = self._desk.state.edits
            self._again = self._desk.quietly(task, partial(self._judged, edits), lane=LEDGER)

    def _task(self) -> Task[Progress, ReviewIndex] | None:
        state = self._desk.state
        if state.opened is None or state.mapping is None:
            return None
        opened = replace(state.opened, table=state.opened.table.with_edits(state.edits))
        hidden = state.reading.include_hidden
        return partial(_assess, self._desk.session, opened, state.mapping, state.target, hidden)

    def _assessed(self, index: ReviewIndex) -> None:
        self._desk.store.update(assessment=index.assessment, index=index, step=Step.REVIEW)

    def _judged(self, edits: object, index: ReviewIndex) -> None:
        if edits is self._desk.state.edits:
            self._desk.store.update(assessment=index.assessment, index=index)


def _assess(
    session: Session,
    opened: Opened,
    mapping: Mapping,
    target: Target,
    include_hidden: bool | None,
    stop: StopToken,
    progress: OnProgress,
) -> ReviewIndex:
    assessment = session.assess(
        opened, mapping, target, include_hidden=include_hidden, stop=stop, progress=progress
    )
    return ReviewIndex(opened.table, opened.layout, assessment)
