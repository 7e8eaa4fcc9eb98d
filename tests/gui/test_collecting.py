"""Rubbish is looked for in small bites once the window is there."""

from __future__ import annotations

import gc

from rowpost.gui.collecting import collect_calmly


def test_a_million_new_objects_are_no_reason_to_look_through_everything() -> None:
    before = gc.get_threshold()
    full = gc.get_stats()[2]["collections"]
    try:
        collect_calmly()
        kept = [[number] for number in range(1_000_000)]
        assert gc.get_stats()[2]["collections"] == full
        assert len(kept) == 1_000_000
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def test_circles_still_go() -> None:
    before = gc.get_threshold()
    try:
        collect_calmly()
        young = gc.get_stats()[1]["collected"]
        for _ in range(200_000):
            circle: list[object] = []
            circle.append(circle)
        assert sum(one["collected"] for one in gc.get_stats()[:2]) > young
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
