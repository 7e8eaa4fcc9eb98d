"""Which rows are shown: a group, a kind of problem, a text, a value; each narrows what is left."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import compress

from rowpost.gui.views.places import Kind
from rowpost.gui.views.review_index import Chip, ReviewIndex
from rowpost.model.workbook import Layout


@dataclass(frozen=True)
class RowFilter:
    """The filter in force. `with_text` and `with_value` are flags by row, None where nothing is asked."""

    chip: Chip = Chip.ALL
    kind: Kind | None = None
    with_text: bytearray | None = None
    with_value: bytearray | None = None

    def rows(self, index: ReviewIndex) -> array[int]:
        """The Excel rows that are let through, in their order."""
        rows = index.rows(self.chip, self.kind)
        for flags in (self.with_text, self.with_value):
            if flags is not None:
                rows = array("I", compress(rows, map(flags.__getitem__, rows)))
        return rows


def flagged(flags: bytearray, layout: Layout) -> list[int]:
    """The rows of the table that are flagged."""
    rows = range(layout.first_row, layout.last_row + 1)
    no_data = {row for row, _ in layout.left_out}
    return [row for row in compress(rows, map(flags.__getitem__, rows)) if row not in no_data]
