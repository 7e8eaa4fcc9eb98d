"""Judging: all rows at once when a person asks, single ones at once behind the page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rowpost.gui.actions.desk import LEDGER, Desk
from rowpost.gui.state import State, Step, Work
from rowpost.model.outside import OnProgress, StopToken
from rowpost.session import Session

if TYPE_CHECKING:
    from rowpost.gui.views.review_index import ReviewIndex
    from rowpost.session.review import Review

REVIEW = "review"  # the lane of the child that judges edited rows
Edits = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Judged:
    """A review and what it has found."""

    review: Review
    index: ReviewIndex


class JudgingDeeds:
    """Keeps one review, and brings the state up to the edits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._review: Review | None = None
        self._following = False
        self._tried: tuple[Step, ReviewIndex | None] | None = None  # judged, or given up, in this step
        desk.store.changed.connect(self._look)

    def check(self) -> None:
        """Judge every row, then show them."""
        self._check(lambda: self._desk.store.update(step=Step.REVIEW))

    def _check(self, then: Callable[[], None]) -> None:
        """Judge every row afresh, with what the ledger knows now."""
        state = self._desk.state
        if state.opened is not None and state.mapping is not None:
            task = partial(_begin, self._desk.session, state)
            self._desk.begin(Work.CHECKING, task, partial(self._begun, then), lane=LEDGER)

    def _begun(self, then: Callable[[], None], judged: Judged) -> None:
        self._forget()
        self._review, self._tried = judged.review, None
        index = judged.index
        self._desk.store.update(assessment=index.assessment, index=index)
        then()
        self.follow()

    def follow(self) -> None:
        """Judge what was edited; several edits in a row are judged together."""
        state = self._desk.state
        if self._following or self._review is None or state.index is None:
            return
        if state.index.follows(state.edits, state.left_out):
            return
        self._following = True
        task = partial(_follow, self._review, state.index, state.edits, state.left_out)
        self._desk.background.run(task, self._followed, self._lost, lane=REVIEW)

    def _followed(self, judged: Judged) -> None:
        self._following = False
        state = self._desk.state
        if judged.review is self._review and state.index is not None:
            self._desk.store.update(assessment=judged.index.assessment, index=judged.index)
        self.follow()

    def _lost(self, error: Exception) -> None:
        self._following = False
        self._desk.fail(error)

    # -- Before sending, and after ---------------------------------------------------------------

    def _look(self) -> None:
        """What is looked at is judged: before it is sent as a whole, and anew once it has been sent."""
        state = self._desk.state
        if self._tried and self._tried[0] is not state.step:
            self._tried = None
        if state.busy is not None or self._following or self._tried:
            return
        if _is_unjudged(state) or _was_sent(state):
            self._tried = state.step, state.index
            self._check(lambda: None)

    def _forget(self) -> None:
        if self._review is not None:
            review, self._review = self._review, None
            self._desk.quietly(lambda _stop, _progress: review.close(), lambda _: None, lane=REVIEW)

    def close(self) -> None:
        """End the child that waits for edits; the window is closing, and no lane works any more."""
        review, self._review = self._review, None
        if review is not None:
            review.close()


def _is_unjudged(state: State) -> bool:
    """Whether a person looks at rows that have not been judged as they are now."""
    if state.step is Step.SEND and state.provisional:
        return True
    return state.step is Step.REVIEW and state.index is None and state.mapping is not None


def _was_sent(state: State) -> bool:
    """Whether a person looks at rows that have been sent since they were judged."""
    handed_over = state.sent is not None and state.assessment is state.sent
    return state.step is Step.REVIEW and handed_over and state.result is not None


def _begin(session: Session, state: State, stop: StopToken, progress: OnProgress) -> Judged:
    from rowpost.gui.views.review_index import ReviewIndex

    assert state.opened is not None  # noqa: S101 - asked for before
    assert state.mapping is not None  # noqa: S101 - asked for before
    hidden = state.reading.include_hidden
    review = session.review(state.opened, state.mapping, state.target, include_hidden=hidden)
    revision = review.judge_all(state.edits, state.left_out, stop=stop, progress=progress)
    return Judged(review, ReviewIndex(state.opened, revision, state.edits, state.left_out))


def _follow(
    review: Review,
    index: ReviewIndex,
    edits: Edits,
    left_out: frozenset[int],
    stop: StopToken,
    progress: OnProgress,
) -> Judged:
    revision = review.bring_to(edits, left_out, stop=stop, progress=progress)
    return Judged(review, index.revised(revision, edits, left_out))
