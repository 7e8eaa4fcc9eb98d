"""Proposed changes as a table: cell, heading, before, after."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.gui.look.tokens import Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.views.proposal import Proposed
from rowpost.gui.words import Words

_COLUMNS = ("cell", "heading", "before", "after")


class ChangesGrid(FactLines):
    """One line a change."""

    def __init__(self, changes: Sequence[Proposed], headings: Sequence[str], words: Words) -> None:
        self._changes = changes
        self._headings = headings
        self._words = words

    @property
    def row_count(self) -> int:
        """How many changes there are."""
        return len(self._changes)

    @property
    def column_count(self) -> int:
        """Cell, heading, before, after."""
        return len(_COLUMNS)

    def heading(self, column: int) -> str:
        """Return the word over a column."""
        return self._words(f"review.change.{_COLUMNS[column]}")

    def row_name(self, row: int) -> str:
        """Return a running number."""
        return str(row + 1)

    def face(self, row: int, column: int) -> Face:
        """Return a cell; what is new stands out."""
        change, name = self._changes[row], _COLUMNS[column]
        if name == "after":
            return Face(change.after or self._words("review.empty"), strong=True, symbol="next", sign=Tone.OK)
        texts = {
            "cell": change.address,
            "heading": self._heading(change.column),
            "before": change.before or self._words("review.empty") if change.column else "",
        }
        return Face(texts[name], quiet=name != "before")

    def _heading(self, column: int) -> str:
        return self._headings[column - 1] if 0 < column <= len(self._headings) else ""
