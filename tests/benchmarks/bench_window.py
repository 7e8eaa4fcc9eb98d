"""The window with a hundred thousand rows, off screen; `bench_window_million` is the same with a million."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.measure import ROOT
from tests.benchmarks.workbook import workbook

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from rowpost.gui.look.look import Look
    from rowpost.gui.pages.review_page import ReviewPage
    from rowpost.gui.table.review import ReviewGrid
    from rowpost.gui.workplace import Workplace

ROWS = 100_000
TICK = 0.010  # seconds between two ticks of the timer
LATE, FRAME, WORST_FRAME, FIRST_PAINT, FILTER = 0.050, 0.016, 0.050, 0.5, 0.2
MEMORY_MIB = 300  # of the window's own process, above the Table
FRAMES = 300
WINDOW = 1280, 800  # pixels; of a table too that is painted while work goes on
PAINT_EVERY = 0.050  # seconds
PARTS_SENT = 40  # of which lateness is measured, and as many again while a table is painted
PATIENCE = 900_000  # milliseconds


def figures() -> Iterator[Figure]:
    """Walk a large workbook through the window."""
    yield from walk("window", ROWS)


def walk(name: str, rows: int, *, to_the_end: bool = False) -> Iterator[Figure]:
    """Read, map, review and send; the sizes of all paints are those of a real window.

    `to_the_end`: send everything, and tell nothing but that.
    """
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
            way = _Walk(name, application, workplace)
            path = str(workbook(rows))
            yield from way.all_sent(path) if to_the_end else way.figures(path)
            collector.close()


class _Walk:
    """One way through the window; figures come as they are measured."""

    def __init__(self, name: str, application: QApplication, workplace: Workplace) -> None:
        self._name = name
        self._application = application
        self._workplace = workplace

    def figures(self, path: str) -> Iterator[Figure]:
        self._workplace.window.resize(*WINDOW)
        self._come_to_rest()
        before = own_memory()
        yield from self._read(path)
        yield from self._check()
        yield from self._review()
        yield self._at_most("memory", (own_memory() - before) / 2**20, "MiB", MEMORY_MIB)
        yield from self._read_again()
        yield from self._paint()
        yield from self._send()

    def all_sent(self, path: str) -> Iterator[Figure]:
        """Send to the last row."""
        self._come_to_rest()
        for _ in (*self._read(path), *self._check()):
            pass  # told elsewhere
        store = self._workplace.store
        self._look_at_what_will_be_sent()
        with ticking() as late:
            self._confirm()
            self._wait(lambda: store.state.busy is None)
            ended = len(late)
            self._wait(lambda: len(late) > ended + 1)
        yield self._at_most("late_to_the_end", max(late[: ended - 1]), "s", LATE)
        yield self._at_most("results_first_paint", sum(late[ended - 1 :]), "s", FIRST_PAINT)
        yield from self._load()

    def _come_to_rest(self) -> None:
        """Nobody opens a file before the window has been painted; that first paint is the start's."""
        from tests.support.window import let_settle

        let_settle()
        self._wait(lambda: not self._workplace.background.busy)

    def _read(self, path: str) -> Iterator[Figure]:
        from rowpost.gui.state import Step

        with ticking() as late:
            self._workplace.open(path)
            self._wait(lambda: self._workplace.store.state.opened is not None)
        yield self._at_most("late_while_reading", max(late), "s", LATE)
        shown = timed(lambda: (self._workplace.go(Step.MAP), self._application.processEvents()))
        yield self._at_most("map_page", shown, "s", FIRST_PAINT)

    def _check(self) -> Iterator[Figure]:
        """The last ticks waited for the rows to be shown: together they are the first paint."""
        with ticking() as late:
            self._workplace.act("check")
            self._wait(lambda: self._workplace.store.state.busy is None)
            checked = len(late)
            self._wait(lambda: len(late) > checked + 1)
        yield self._at_most("late_while_checking", max(late[: checked - 1]), "s", LATE)
        yield self._at_most("first_paint", sum(late[checked - 1 :]), "s", FIRST_PAINT)

    def _review(self) -> Iterator[Figure]:
        from rowpost.gui.state import Step
        from rowpost.gui.views.review_index import Chip

        review: ReviewPage = self._workplace.page(Step.REVIEW)  # type: ignore[assignment]
        assert review.table is not None
        chips = (Chip.MUST_FIX, Chip.READY, Chip.ALL)
        slowest = max(timed(lambda chip=chip: self._choose(review, chip)) for chip in chips)  # type: ignore[misc]
        yield self._at_most("filter", slowest, "s", FILTER)
        view, bar = review.table, review.table.verticalScrollBar()
        frames = []
        for number in range(FRAMES):
            bar.setValue(bar.maximum() * number // FRAMES)
            frames.append(timed(view.viewport().repaint))
        yield from self._frames("frame", frames)

    def _choose(self, review: ReviewPage, chip: object) -> None:
        review.choose(chip)  # type: ignore[arg-type]
        self._application.processEvents()

    def _look_at_what_will_be_sent(self) -> None:
        """The question is asked on the Send page, so a person has seen that page before."""
        from rowpost.gui.state import Step

        self._workplace.go(Step.SEND)
        self._application.processEvents()

    def _confirm(self) -> None:
        from tests.support.window import answer

        answer(lambda: self._workplace.act("confirm_send"), lambda question: question.yes.click())

    def _send(self) -> Iterator[Figure]:
        self._look_at_what_will_be_sent()
        with ticking() as late:
            self._confirm()
            self._wait(lambda: self._are_sent(PARTS_SENT))
        yield self._at_most("late_while_sending", max(late), "s", LATE)
        with self._painting() as paints:
            self._wait(lambda: self._are_sent(2 * PARTS_SENT))
        yield from self._frames("paint_while_sending", paints)
        self._workplace.desk.ask_to_stop()  # the rest is not waited for
        yield from self._end()
        yield from self._load()

    def _end(self) -> Iterator[Figure]:
        """The last ticks waited for the results to be shown: together they are their first paint."""
        with ticking() as late:
            self._wait(lambda: self._workplace.store.state.busy is None)
            ended = len(late)
            self._wait(lambda: len(late) > ended + 1)
        yield self._at_most("late_at_the_end", max(late[: ended - 1], default=0.0), "s", LATE)
        yield self._at_most("results_first_paint", sum(late[ended - 1 :]), "s", FIRST_PAINT)

    def _load(self) -> Iterator[Figure]:
        """The same run, opened from the history."""
        store = self._workplace.store
        for what in ("late", "paint"):
            shown = store.state.result
            assert shown is not None
            measure = ticking() if what == "late" else self._painting()
            with measure as seconds:
                self._workplace.act(f"run:{shown.summary.run}")
                self._wait(lambda shown=shown: store.state.result is not shown)  # type: ignore[misc]
            if what == "late":
                yield self._at_most("late_while_loading", max(seconds[:-1]), "s", LATE)
                continue
            yield from self._frames("paint_while_loading", seconds)

    def _painting(self) -> AbstractContextManager[list[float]]:
        from rowpost.gui.state import Step

        review: ReviewPage = self._workplace.page(Step.REVIEW)  # type: ignore[assignment]
        assert review.sheet is not None
        return painting(review.look, review.sheet.grid)

    def _are_sent(self, parts: int) -> bool:
        state = self._workplace.store.state
        watch = state.watch
        return state.busy is None or (watch is not None and watch.earlier + len(watch.parts) >= parts)

    def _read_again(self) -> Iterator[Figure]:
        """The same file once more: what was known of it, let go of now, is as large as what comes."""
        from rowpost.gui.state import Step

        state = self._workplace.store
        with ticking() as late:
            self._read_the_same()
        yield self._at_most("late_while_reading_again", max(late), "s", LATE)
        self._workplace.go(Step.MAP)
        self._wait(lambda: state.state.seen is not None)
        self._workplace.act("check")
        self._wait(lambda: state.state.index is not None)

    def _read_the_same(self) -> None:
        """It takes the place of what was opened once it has been read."""
        store = self._workplace.store
        before = store.state.opened
        self._workplace.deeds.reading.read_again()
        self._wait(lambda: store.state.opened is not before)

    def _paint(self) -> Iterator[Figure]:
        """Paint a whole table again and again, while the same file is read and checked once more."""
        from rowpost.gui.state import Step

        state = self._workplace.store
        with self._painting() as paints:
            self._read_the_same()
            self._workplace.go(Step.MAP)
            self._wait(lambda: state.state.seen is not None)
        yield from self._frames("paint_while_reading", paints)
        with self._painting() as paints:
            self._workplace.act("check")
            self._wait(lambda: state.state.index is not None)
        yield from self._frames("paint_while_checking", paints)

    def _frames(self, what: str, seconds: list[float]) -> Iterator[Figure]:
        yield self._at_most(what, median(seconds), "s", FRAME)
        yield self._at_most(f"{what}_99", quantiles(seconds, n=100)[98], "s", WORST_FRAME)

    def _wait(self, true: Callable[[], bool]) -> None:
        from tests.support.window import wait_until

        store = self._workplace.store
        wait_until(lambda: store.state.trouble is not None or true(), PATIENCE)
        if store.state.trouble is not None:
            raise store.state.trouble

    def _at_most(self, what: str, value: float, unit: str, limit: float) -> Figure:
        return at_most(f"{self._name}.{what}", value, unit, limit)


def timed(deed: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def own_memory() -> int:
    """Bytes that this process alone holds, without shared memory (Linux only, else 0)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    kib = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("RssAnon:"))
    return int(kib) * 1024


@contextmanager
def painting(look: Look, grid: ReviewGrid) -> Iterator[list[float]]:
    """Show a table in a window of its own, and collect how long each full paint takes, in seconds."""
    from PySide6.QtCore import QTimer

    from rowpost.gui.table.model import TableModel
    from rowpost.gui.table.review import frozen_columns
    from rowpost.gui.table.sheet_view import SheetView
    from tests.support.window import sweep

    view = SheetView(look, "", TableModel(grid))
    view.freeze(frozen_columns(grid.source))
    view.fit_columns()
    view.resize(*WINDOW)
    view.show()
    view.viewport().repaint()
    paints: list[float] = []
    timer = QTimer()
    down = view.verticalScrollBar()

    def paint() -> None:
        """Paint other rows than before."""
        down.setValue((down.value() + view.viewport().height()) % max(1, down.maximum()))
        paints.append(timed(view.viewport().repaint))

    timer.timeout.connect(paint)
    timer.start(round(PAINT_EVERY * 1000))
    yield paints
    timer.stop()
    view.close()
    view.deleteLater()
    sweep()  # with all that only this view still held; the program's own window is not charged for it


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
