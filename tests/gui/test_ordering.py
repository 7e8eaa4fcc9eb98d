"""Many lines are sorted in pieces: the order is that of `sorted`, and what is equal stays as it was."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from rowpost.gui.table import ordering
from rowpost.gui.table.ordering import in_order


@given(st.lists(st.integers(0, 3), max_size=40), st.booleans(), st.integers(1, 7))
def test_pieces_come_to_the_order_of_the_whole(keys: list[int], descending: bool, size: int) -> None:
    lines = [number for number in range(len(keys)) if number % 3]
    usual, ordering._PIECE = ordering._PIECE, size
    try:
        found = in_order(lines, keys.__getitem__, descending=descending)
    finally:
        ordering._PIECE = usual
    assert found == sorted(lines, key=keys.__getitem__, reverse=descending)


def test_many_lines() -> None:
    draw = random.Random(7)
    keys = [(draw.randrange(2), draw.randrange(500)) for _ in range(9000)]
    for descending in (False, True):
        found = in_order(range(9000), keys.__getitem__, descending=descending)
        assert found == sorted(range(9000), key=keys.__getitem__, reverse=descending)
