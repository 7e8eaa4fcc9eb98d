"""The window while a hundred thousand cells change at once. Takes minutes: only when it is named."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.bench_window import LATE, PATIENCE, ROWS, ticking
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import ROOT
from tests.benchmarks.workbook import workbook

if TYPE_CHECKING:
    from rowpost.gui.pages.review_page import ReviewPage
    from rowpost.gui.workplace import Workplace

COLUMN = 4  # of the grid: amounts


def figures() -> Iterator[Figure]:
    """Change a whole column in every way, and take it back."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT / "app"))
    with tempfile.TemporaryDirectory() as home:
        os.environ["ROWPOST_HOME"] = home
        from rowpost.gui.app import make_application
        from rowpost.gui.collecting import Collector
        from rowpost.wiring import open_session
        from tests.support.window import window_over

        application = make_application(["rowpost"])
        with open_session(language="en") as session, window_over(application, session) as workplace:
            collector = Collector(application)  # as the program does
            yield from _changed(workplace, workbook(ROWS))
            collector.close()


def _changed(workplace: Workplace, path: Path) -> Iterator[Figure]:
    review = _reviewed(workplace, path)
    view = review.table
    assert view is not None
    for name, deed in (
        ("copy", view.copy),
        ("paste", lambda: _paste(review)),
        ("undo", workplace.undo.undo),
        ("redo", workplace.undo.redo),
        ("undo_again", workplace.undo.undo),
        ("fill", view.fill_down),
        ("undo_fill", workplace.undo.undo),
        ("empty", view.empty),
        ("undo_empty", workplace.undo.undo),
    ):
        _select(review)
        with ticking() as late:
            deed()
            _wait(workplace, lambda late=late: len(late) > 1 and _is_settled(workplace))  # type: ignore[misc]
        yield at_most(f"window_cells.late_{name}", max(late), "s", LATE)


def _reviewed(workplace: Workplace, path: Path) -> ReviewPage:
    from rowpost.gui.pages.review_page import ReviewPage
    from rowpost.gui.state import Step
    from rowpost.gui.views.review_index import Chip

    workplace.open(str(path))
    _wait(workplace, lambda: workplace.store.state.opened is not None)
    workplace.act("check")
    _wait(workplace, lambda: _is_settled(workplace))
    review = workplace.page(Step.REVIEW)
    assert isinstance(review, ReviewPage)
    review.choose(Chip.ALL)
    return review


def _select(review: ReviewPage) -> None:
    from PySide6.QtCore import QItemSelection, QItemSelectionModel

    view = review.table
    assert view is not None
    model = view.table_model
    first, last = model.index(0, COLUMN), model.index(model.rowCount() - 1, COLUMN)
    view.setCurrentIndex(first)
    view.selectionModel().select(
        QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def _paste(review: ReviewPage) -> None:
    """Put back what was copied, each text a little longer."""
    from PySide6.QtGui import QGuiApplication

    clipboard, view = QGuiApplication.clipboard(), review.table
    assert view is not None
    clipboard.setText(clipboard.text().replace("\n", "0\n"))
    view.paste()


def _is_settled(workplace: Workplace) -> bool:
    state = workplace.store.state
    if state.cells is not None or state.busy is not None or workplace.background.busy:
        return False
    return state.index is not None and state.index.follows(state.edits, state.left_out)


def _wait(workplace: Workplace, true: Callable[[], bool]) -> None:
    from tests.support.window import wait_until

    store = workplace.store
    wait_until(lambda: store.state.trouble is not None or true(), PATIENCE)
    if store.state.trouble is not None:
        raise store.state.trouble
