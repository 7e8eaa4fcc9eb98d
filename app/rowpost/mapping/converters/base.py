"""What every converter shares: one function per kind of cell, chosen once for a kind and format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rowpost.mapping.results import Converted, FromText, Target
from rowpost.model.cells import Kind
from rowpost.model.table import Cell
from rowpost.shown import shown_text


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns the cells of one column into values of one leaf.

    `text` takes what stands in a text cell; `number` and `date` what is stored and the number
    format; `boolean` '1' or '0'; `empty` is the value of an empty cell.
    """

    target: Target
    text: FromText
    number: Callable[[str, str], Converted]
    date: Callable[[str, str], Converted]
    boolean: FromText
    empty: Converted = None

    def of(self, kind: Kind, number_format: str) -> FromText:
        """Return the function from stored text to value for cells of this kind and format."""
        return {
            Kind.EMPTY: lambda _: self.empty,
            Kind.TEXT: self.text,
            Kind.NUMBER: lambda stored: self.number(stored, number_format),
            Kind.DATE: lambda stored: self.date(stored, number_format),
            Kind.BOOLEAN: self.boolean,
            Kind.ERROR: lambda stored: self.target.fails("cell.error", {"value": stored}),
            Kind.NO_VALUE: lambda _: self.target.fails("cell.no_value"),
        }[kind]


def truth(stored: str) -> str:
    """Return a boolean cell as Excel shows it."""
    return "TRUE" if stored == "1" else "FALSE"


def shown(kind: Kind, stored: str, number_format: str, epoch_1904: bool) -> str:
    """Return a cell as Excel shows it, or what is stored where the shown form is not known."""
    text = shown_text(Cell(kind, stored, number_format), epoch_1904)
    return stored if text is None else text
