"""Judging every row: when the mapping is done, and again behind the page that shows the rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.background import Job
from rowpost.gui.background import Work as Task
from rowpost.gui.state import Step, Work
from rowpost.gui.views.review_index import ReviewIndex
from rowpost.mapping import Mapping
from rowpost.model.outside import OnProgress, Progress, StopToken
from rowpost.model.targets import Target
from rowpost.model.workbook import Opened
from rowpost.session import Session


class MatchingDeeds:
    """From a mapping to judged rows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._again: Job | None = None

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
