"""A review follows the edits: a few rows are judged by the child, many by the whole pass."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

import pytest

from rowpost.intake import Revision, assess
from rowpost.model.books import RowState
from rowpost.model.outside import no_progress
from rowpost.model.trouble import Stopped
from rowpost.model.workbook import Opened
from rowpost.session.review import Review
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import RULES, mapped, row_with, sheet_of

ROWS = [row_with(Fakturanr=str(n), Forfallsdato="x" if n == 3 else "2026-09-01") for n in range(1, 31)]
NOBODY: frozenset[int] = frozenset()


@pytest.fixture
def review() -> Iterator[Review]:
    table, layout = sheet_of(*ROWS)
    opened = Opened("a.xlsx", "a.xlsx", 0, "", (), table, layout)
    made = Review(opened, mapped(table, layout), invoice_catalog(), RULES)
    yield made
    made.close()


def brought(review: Review, edits: Mapping[tuple[int, int], str], out: frozenset[int] = NOBODY) -> Revision:
    return review.bring_to(edits, out, stop=threading.Event(), progress=no_progress)


def test_edits_and_their_undoing(review: Review) -> None:
    first = brought(review, {})
    assert (len(first.assessment.ready), len(first.assessment.staying)) == (29, 1)
    mended = brought(review, {(4, 3): "2026-09-01"})
    assert len(mended.assessment.ready) == 30
    assert mended.base is first.base, "only that row was judged again"
    twins = brought(review, {(4, 3): "2026-09-01", (6, 1): "1"})
    assert [entry.code for entry in twins.assessment.staying] == ["duplicate.invoice_number"] * 2
    back = brought(review, {})
    assert list(back.assessment.problems) == list(first.assessment.problems)
    assert back.assessment.books.by_state[RowState.WAITING] == 29


def test_a_row_left_out_and_taken_back(review: Review) -> None:
    brought(review, {})
    out = brought(review, {}, frozenset({2, 4}))
    assert [entry.code for entry in out.assessment.staying] == ["left_out.by_hand"] * 2
    back = brought(review, {}, frozenset({2}))
    assert [entry.code for entry in back.assessment.staying] == ["left_out.by_hand", "date.not_a_date"]


def test_nothing_changed_is_nothing_to_do(review: Review) -> None:
    first = brought(review, {})
    assert brought(review, {}) is first


def test_what_was_stopped_is_taken_up_again(review: Review) -> None:
    brought(review, {})
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        review.bring_to({(4, 3): "2026-09-01"}, NOBODY, stop=stop, progress=no_progress)
    assert len(brought(review, {(4, 3): "2026-09-01"}).assessment.ready) == 30


def test_it_agrees_with_the_whole_pass_in_this_process(review: Review) -> None:
    brought(review, {})
    edits = {(7, 5): "x", (9, 1): "1", (11, 7): "10915596785"}
    table, layout = sheet_of(*ROWS)
    whole = assess(table.with_edits(edits), layout, mapped(table, layout), invoice_catalog(), RULES)
    found = brought(review, edits).assessment
    assert [(one.row, one.code, one.values) for one in found.problems] == [
        (one.row, one.code, one.values) for one in whole.problems
    ]
    assert [(entry.rows, entry.code) for entry in found.staying] == [
        (entry.rows, entry.code) for entry in whole.staying
    ]


def test_after_the_child_has_gone_the_whole_pass_takes_over(review: Review) -> None:
    brought(review, {})
    review.close()
    mended = brought(review, {(4, 3): "2026-09-01"})
    assert len(mended.assessment.ready) == 30
    assert not mended.verdicts, "all rows were judged together"
