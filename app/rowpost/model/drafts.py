"""A draft: an invoice as the mapping made it from one or several rows, before it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity, Values


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a value, without its place: all cells with that value share one Flaw.

    `path` is the leaf in the payload; `related` are other leaves the sentence speaks of.
    """

    code: str
    severity: Severity
    path: str = ""
    values: Values = field(default_factory=dict)
    related: tuple[str, ...] = ()

    def at(self, where: tuple[CellRef, ...]) -> Problem:
        """Return the flaw as a Problem of these cells."""
        return Problem(self.code, self.severity, where, self.path, self.values)


@dataclass(frozen=True, slots=True)
class PlacedFlaw:
    """A flaw of one cell; `also` are other cells that have to do with it."""

    row: int
    column: int
    flaw: Flaw
    also: tuple[CellRef, ...] = ()


class Origins(Protocol):
    """Knows from which cells the leaves of a payload were made."""

    def cells(self, rows: Sequence[int], path: str, /) -> tuple[CellRef, ...]:
        """Return the cells behind `path`; () where a constant or a rule made it."""
        ...

    def place(self, rows: Sequence[int], path: str, /) -> tuple[int, int]:
        """Return row and column of the first of those cells; column 0 where there is none."""
        ...


class Nowhere:
    """The origins of a payload whose cells nobody asks for."""

    def cells(self, _rows: Sequence[int], _path: str, /) -> tuple[CellRef, ...]:
        """No cell is known."""
        return ()

    def place(self, rows: Sequence[int], _path: str, /) -> tuple[int, int]:
        """The row as a whole."""
        return rows[0], 0


NOWHERE = Nowhere()


@dataclass(slots=True)  # not frozen: one is made for every row, and frozen ones cost four times as much
class Draft:
    """One invoice to be, in the agency's own shape.

    `rows` are Excel's row numbers; `payload` holds str, bool, Decimal, dict and list only, empty
    values are not in it; `flaws` were found while converting its cells. `left_out` is the wording
    code of the reason why the row is no invoice to send, '' for all others.
    """

    rows: tuple[int, ...]
    payload: dict[str, Any]
    origins: Origins
    flaws: Sequence[PlacedFlaw] = ()
    left_out: str = ""

    def origin(self, path: str) -> tuple[CellRef, ...]:
        """Return the cells that the leaf at `path` came from, the first one to look at first."""
        return self.origins.cells(self.rows, path)
