"""A helper lets the program that a person looks at go first."""

from __future__ import annotations

import multiprocessing
import os
import sys

from rowpost.host.priority import stand_back


def polite(before: int) -> bool:
    """Whether this process takes less now than it did; run in a child, for there is no way back."""
    stand_back()
    return sys.platform == "win32" or os.nice(0) > before


def test_a_helper_is_less_urgent_than_who_started_it() -> None:
    before = 0 if sys.platform == "win32" else os.nice(0)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(polite, (before,))
