"""Rubbish is looked for on the window's own thread, in small bites."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QApplication

from rowpost.gui.collecting import Collector
from tests.support.window import wait_until


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """One for the test; Python's own way afterwards."""
    made = Collector(qapp)
    yield made
    made.close()
    made.deleteLater()


class Circle:
    """Holds itself, and tells on which thread it goes."""

    gone_on: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.gone_on.append(threading.get_ident())


def test_circles_made_on_other_threads_go_on_the_windows_own(collector: Collector) -> None:
    Circle.gone_on.clear()
    worker = threading.Thread(target=lambda: [Circle() for _ in range(10_000)])
    worker.start()
    worker.join()
    assert not Circle.gone_on
    wait_until(lambda: len(Circle.gone_on) == 10_000)
    assert set(Circle.gone_on) == {threading.get_ident()}


def test_a_mass_of_new_objects_is_never_looked_through(collector: Collector) -> None:
    looked = [one["collections"] for one in gc.get_stats()]
    frozen = gc.get_freeze_count()
    kept = [[number] for number in range(1_000_000)]
    collector.look()
    assert gc.get_freeze_count() - frozen >= len(kept)
    assert [one["collections"] for one in gc.get_stats()][1:] == looked[1:]


def test_everything_is_looked_through_in_the_end(collector: Collector) -> None:
    full = gc.get_stats()[2]["collections"]
    for _ in range(101):
        gc.collect(1)
    kept = [[number] for number in range(6_000)]
    collector.look()
    assert gc.get_stats()[2]["collections"] > full
    assert kept


def test_python_does_it_again_afterwards(qapp: QApplication) -> None:
    Collector(qapp).close()
    assert gc.isenabled()
    assert not gc.get_freeze_count()
