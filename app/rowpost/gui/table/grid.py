"""What a table shows, without Qt: the model asks a Grid, one call a cell."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from rowpost.gui.look.tokens import Tone


class Face(NamedTuple):
    """One cell as it is painted."""

    text: str
    tone: Tone | None = None  # what the mark says; None: no mark
    right: bool = False  # amounts stand at the right
    quiet: bool = False  # greyed: a title, a total, a row that stays
    strong: bool = False
    changed: bool = False  # a person has edited it
    symbol: str = ""  # an icon before the text
    sign: Tone = Tone.PLAIN  # the colour of that icon
    shares: tuple[tuple[int, Tone], ...] = ()  # a bar of counts is painted in place of the text


class Quality(NamedTuple):
    """How many cells of a column are fine, to be looked at, to be fixed, and empty."""

    ok: int
    check: int
    must_fix: int
    empty: int


class Grid(Protocol):
    """Rows and columns from 0, in the order in which the source has them."""

    @property
    def row_count(self) -> int:
        """How many rows there are in all."""
        ...

    @property
    def column_count(self) -> int:
        """How many columns there are."""
        ...

    def heading(self, column: int) -> str:
        """What stands over a column."""
        ...

    def row_name(self, row: int) -> str:
        """What stands before a row: its number in the workbook."""
        ...

    def face(self, row: int, column: int) -> Face:
        """How a cell is painted."""
        ...

    def sentence(self, row: int, column: int) -> str:
        """What is to be said of a cell beyond its text; '' for nothing."""
        ...

    def editable(self, row: int, column: int) -> bool:
        """Whether a person may change the cell."""
        ...

    def edit_text(self, row: int, column: int) -> str:
        """The text an editor starts with."""
        ...

    def quality(self, column: int) -> Quality | None:
        """The quality bar of a column, None where there is none."""
        ...
