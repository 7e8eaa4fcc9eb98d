"""A Problem: something a person should know, as data. Its sentence is made in `wording`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from rowpost.model.cells import CellRef

Value = str | int | Decimal | date
Values = Mapping[str, Value]
NO_VALUES: Values = MappingProxyType({})


class Severity(StrEnum):
    """error: not sent before it is solved; warning: look at it; note: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or noteworthy.

    `code` is dotted and stable (`date.not_a_date`); `where` names the cells, the one to look at
    first; `field` is the dotted path in the payload (`debtors[0].name`), '' where there is none;
    `values` fill the sentence.
    """

    code: str
    severity: Severity
    where: tuple[CellRef, ...] = ()
    field: str = ""
    values: Values = dataclasses.field(default_factory=lambda: NO_VALUES)

    @property
    def row(self) -> int:
        """The row to look at, 0 where the problem concerns the whole file."""
        return self.where[0].row if self.where else 0
