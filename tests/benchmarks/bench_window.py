"""The window with a hundred thousand rows: how late its timer ever is, how long a frame takes."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles

from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import ROOT
from tests.benchmarks.workbook import workbook

ROWS = 100_000
TICK = 0.010  # seconds between two ticks of the timer
LATE, FRAME, WORST_FRAME, FIRST_PAINT, FILTER = 0.050, 0.016, 0.050, 0.5, 0.2
FRAMES = 300


def figures() -> Iterator[Figure]:
    """Walk a large workbook to Review, off screen; the sizes of all paints are those of a real window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT / "app"))
    with tempfile.TemporaryDirectory() as home:
        os.environ["ROWPOST_HOME"] = home
        yield from _walk()


def _walk() -> Iterator[Figure]:
    from rowpost.gui.app import make_application
    from rowpost.gui.pages.review_page import ReviewPage
    from rowpost.gui.state import Step
    from rowpost.gui.views.review_index import Chip
    from rowpost.wiring import open_session
    from tests.support.window import wait_for_state, window_over

    application = make_application(["rowpost"])
    with open_session(language="en") as session, window_over(application, session) as workplace:
        path = str(workbook(ROWS))
        with ticking() as late:
            workplace.open(path)
            wait_for_state(workplace, lambda state: state.opened is not None)
        yield at_most("window.late_while_reading", max(late), "s", LATE)
        yield at_most(
            "window.map_page",
            timed(lambda: (workplace.go(Step.MAP), application.processEvents())),
            "s",
            FIRST_PAINT,
        )
        with ticking() as late:
            workplace.act("check")
            wait_for_state(workplace, lambda state: state.busy is None)
        yield at_most("window.late_while_checking", max(late), "s", LATE)
        review = workplace.page(Step.REVIEW)
        assert isinstance(review, ReviewPage)
        assert review.table is not None
        view, bar = review.table, review.table.verticalScrollBar()
        yield at_most("window.filter", timed(lambda: review.choose(Chip.ALL)), "s", FILTER)
        frames = []
        for number in range(FRAMES):
            bar.setValue(bar.maximum() * number // FRAMES)
            frames.append(timed(view.viewport().repaint))
        yield at_most("window.frame", median(frames), "s", FRAME)
        yield at_most("window.frame_99", quantiles(frames, n=100)[98], "s", WORST_FRAME)


def timed(deed: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


class ticking:  # noqa: N801 - reads as a word: with ticking() as late
    """Runs a timer and collects by how much each tick was late, in seconds."""

    def __enter__(self) -> list[float]:
        from PySide6.QtCore import Qt, QTimer

        self._late: list[float] = [0.0]
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(round(TICK * 1000))
        return self._late

    def _tick(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, now - self._last - TICK))
        self._last = now

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
