"""Memory that two processes share is given back once nobody looks at it any more."""

from __future__ import annotations

import os
import threading
import weakref
from multiprocessing import Pipe

import pytest

from rowpost.sheets import memory

PATIENCE = 60.0  # seconds
SMALL, LARGE = 1 << 16, 64 << 20  # bytes


def given_back_on(view: memoryview) -> int:
    """Let go of a view, and return the thread that its memory went on."""
    gone, threads = threading.Event(), []

    def note() -> None:
        threads.append(threading.get_ident())
        gone.set()

    weakref.finalize(view.obj, note)
    view.release()
    assert gone.wait(PATIENCE)
    return threads[0]


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_two_look_at_the_same_memory_until_both_have_let_go(size: int) -> None:
    here, there = Pipe()
    with here, there:
        mine = memory.offer(here, size, os.getpid())
        yours = memory.accept(there, size)
        mine[-3:] = b"end"
        assert bytes(yours[-3:]) == b"end"
        given_back_on(mine)
        assert bytes(yours[-3:]) == b"end"
        given_back_on(yours)


def test_much_memory_goes_on_a_thread_of_its_own() -> None:
    """The system takes its time over it, and the last who looked may have been the window's thread."""
    here, there = Pipe()
    with here, there:
        small, large = (memory.offer(here, size, os.getpid()) for size in (SMALL, LARGE))
        before = threading.get_ident()
        assert given_back_on(small) == before
        assert given_back_on(large) != before


def test_what_is_still_looked_at_stays() -> None:
    here, there = Pipe()
    with here, there:
        view = memory.offer(here, LARGE, os.getpid())
        part = view[-3:]
        part[:] = b"end"
        view.release()
        assert bytes(part) == b"end"
        assert given_back_on(part) != threading.get_ident()
