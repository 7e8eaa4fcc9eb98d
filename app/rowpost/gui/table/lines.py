"""What lists of facts have in common: nothing can be edited, nothing is judged."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rowpost.gui.table.grid import Face, Quality


class FactLines(ABC):
    """The base of grids that only show."""

    @abstractmethod
    def face(self, row: int, column: int) -> Face:
        """Return a cell."""

    def sentence(self, _row: int, _column: int) -> str:
        """There is nothing more to say."""
        return ""

    def editable(self, _row: int, _column: int) -> bool:
        """Facts cannot be edited."""
        return False

    def edit_text(self, row: int, column: int) -> str:
        """Return the text; nobody edits it."""
        return self.face(row, column).text

    def quality(self, _: int) -> Quality | None:
        """Facts have no quality bar."""
        return None
