"""The seam between threads and window."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from rowpost.gui.background import Background
from rowpost.model.outside import StopToken
from rowpost.model.trouble import Stopped
from tests.support.window import wait_until

pytestmark = pytest.mark.usefixtures("qapp")


class Heard:
    """What came back, and on which thread."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.news: list[object] = []
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.get_ident())

    def told(self, news: object) -> None:
        self.news.append(news)
        self.threads.add(threading.get_ident())


def test_a_result_comes_back_on_the_thread_of_the_window() -> None:
    background, heard = Background(), Heard()
    background.run(lambda _stop, _told: threading.get_ident(), heard.done, heard.failed)
    wait_until(lambda: not background.busy)
    assert heard.results
    assert heard.results != [threading.get_ident()]
    assert heard.threads == {threading.get_ident()}


def test_what_a_thread_may_still_hold_holds_nothing_of_the_window() -> None:
    background, heard, begun = Background(), Heard(), threading.Event()
    seen = weakref.ref(heard)

    def work(_stop: StopToken, told: Callable[[object], None]) -> None:
        begun.wait()
        told("news")

    job = background.run(work, heard.done, heard.failed, heard.told)
    begun.set()
    wait_until(lambda: not background.busy)
    assert heard.news == ["news"]
    del heard
    assert job.future is not None
    assert job.future.done()
    assert seen() is None, "the last to let go of it deletes it, on whichever thread that is"


def test_an_error_comes_back_as_it_was_raised() -> None:
    background, heard = Background(), Heard()
    surprise = ValueError("no")

    def work(_stop: StopToken, _told: Callable[[object], None]) -> None:
        raise surprise

    background.run(work, heard.done, heard.failed)
    wait_until(lambda: not background.busy)
    assert heard.errors == [surprise]
    assert not heard.results


def test_progress_is_thinned_out_but_the_last_word_arrives() -> None:
    background, heard = Background(), Heard()

    def work(_stop: StopToken, told: Callable[[int], None]) -> None:
        for number in range(10_000):
            told(number)

    background.run(work, heard.done, heard.failed, heard.told)
    wait_until(lambda: not background.busy)
    assert heard.news[-1] == 9_999
    assert len(heard.news) < 5_000
    assert heard.threads == {threading.get_ident()}


def test_one_lane_does_one_thing_after_the_other() -> None:
    background, heard = Background(), Heard()
    first = threading.Event()

    def wait(stop: StopToken, _told: Callable[[object], None]) -> str:
        first.wait(5)
        return "first"

    background.run(wait, heard.done, heard.failed, lane="ledger")
    background.run(lambda _stop, _told: "second", heard.done, heard.failed, lane="ledger")
    background.run(lambda _stop, _told: "beside", heard.done, heard.failed)
    wait_until(lambda: heard.results == ["beside"])
    first.set()
    wait_until(lambda: not background.busy)
    assert heard.results == ["beside", "first", "second"]


def test_work_can_be_asked_to_stop() -> None:
    background, heard = Background(), Heard()

    def work(stop: StopToken, _told: Callable[[object], None]) -> None:
        stop.wait(10)
        raise Stopped

    job = background.run(work, heard.done, heard.failed)
    job.stop()
    wait_until(lambda: not background.busy)
    assert isinstance(heard.errors[0], Stopped)


def test_closing_stops_everything_and_tells_nobody() -> None:
    background, heard = Background(), Heard()
    background.run(lambda stop, _told: stop.wait(10), heard.done, heard.failed)
    background.close()
    QApplication.processEvents()
    assert not background.busy
    assert not heard.results


class _Bell(QObject):
    rung = Signal(bool)


def test_a_signal_may_be_emitted_thousands_of_times() -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to True each time and aborts after about 560."""
    bell, heard = _Bell(), []
    bell.rung.connect(heard.append)
    for _ in range(2_000):
        bell.rung.emit(True)
    assert len(heard) == 2_000
