"""What a sheet came to: invoices that are ready, rows that stay, and everything there is to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from rowpost.model.books import Books, RowState
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Outline:
    """What an assessment comes to.

    Of the ready invoices: how many debtors by name, the oldest and the newest due date. Of the rows
    that are left out: how many, by the wording code of the reason.
    """

    debtors: int = 0
    due: tuple[date, date] | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of mapping and checking one sheet.

    `ready` and `staying` are in the order of their first rows; `problems` are ordered by row,
    those of the whole file (row 0) first. At scale all three make their items when asked for one.
    `fingerprint` names the content: equal for the same invoices in a file of another name.
    """

    sheet: str
    header_row: int
    books: Books
    ready: Sequence[ReadyInvoice]
    staying: Sequence[StayingRow]
    problems: Sequence[Problem]
    fingerprint: str = ""

    @property
    def invoices(self) -> int:
        """How many invoices the rows made, fit or not."""
        return len(self.ready) + sum(row.state is RowState.NOT_FIT for row in self.staying)

    @property
    def mapping_incomplete(self) -> bool:
        """Whether something concerns every row: a field without a column, a date order nobody has decided."""
        of_the_file = takewhile(lambda problem: problem.row == 0, self.problems)
        return any(problem.severity is Severity.ERROR for problem in of_the_file)
