"""What a cell of a sheet is, and how a person points at one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Kind(IntEnum):
    """What stands in a cell; one byte in the Table."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3  # a number whose number format shows a date or a time
    BOOLEAN = 4
    ERROR = 5  # the stored text is Excel's own word: #N/A, #REF!, ...
    NO_VALUE = 6  # a formula that was saved without its result


@lru_cache(maxsize=16_384)
def column_letters(column: int) -> str:
    """Return Excel's letters of a column counted from 1: 1 -> A, 27 -> AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number, from 1, of Excel's column letters: A -> 1, AA -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell: sheet name, Excel's own row number (from 1), column (from 1; 0 = the whole row)."""

    sheet: str
    row: int
    column: int

    @property
    def letters(self) -> str:
        """The column as Excel names it, '' for a whole row."""
        return column_letters(self.column)

    @property
    def a1(self) -> str:
        """The cell as Excel names it within its sheet: F14."""
        return f"{self.letters}{self.row}"

    @property
    def address(self) -> str:
        """The cell with its sheet, as a person writes it: Fakturaer!F14."""
        return f"{self.sheet}!{self.a1}"
