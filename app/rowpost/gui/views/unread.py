"""Cells of a corrected copy that hold a formula without its result, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.words import Words
from rowpost.model.cells import column_letters

_NAMED = 5


def unread_sentence(cells: Sequence[tuple[int, int]], words: Words) -> str:
    """Say which cells were passed over, the first few by name; '' where there are none."""
    if not cells:
        return ""
    named = ", ".join(f"{column_letters(column)}{row}" for row, column in cells[:_NAMED])
    more = " …" if len(cells) > _NAMED else ""
    return words("review.merge.unread", count=len(cells), cells=f"{named}{more}")
