"""A long sequence in the order of its rows, of which a few items are gone and a few have come."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Generic

from rowpost.model.lazy import Item, Lazy


class Patched(Lazy[Item], Generic[Item]):
    """Shows `base` without the places in `gone`, and with `come` at their rows.

    `row_at` tells the row of a place of the base; `come` are pairs of a row and an item. Nothing of
    the base is copied, so that it costs the same for ten items and for a million.
    """

    def __init__(
        self,
        base: Sequence[Item],
        row_at: Callable[[int], int],
        gone: Iterable[int],
        come: Iterable[tuple[int, Item]],
    ) -> None:
        self.base = base
        self._row_at = row_at
        self.gone = sorted(gone)
        self.come = sorted(come, key=lambda pair: pair[0])

    def __len__(self) -> int:
        return len(self.base) - len(self.gone) + len(self.come)

    @cached_property
    def _places(self) -> list[int]:
        """Where each item that has come stands among all."""
        everything = range(len(self.base))
        before = (bisect_right(everything, row, key=self._row_at) for row, _ in self.come)
        return [at - bisect_left(self.gone, at) + number for number, at in enumerate(before)]

    @cached_property
    def _skipped(self) -> list[int]:
        """For each item that is gone, how many that are not stand before it."""
        return [place - number for number, place in enumerate(self.gone)]

    def _make(self, index: int) -> Item:
        come_before = bisect_left(self._places, index)
        if come_before < len(self._places) and self._places[come_before] == index:
            return self.come[come_before][1]
        still = index - come_before
        return self.base[still + bisect_right(self._skipped, still)]
