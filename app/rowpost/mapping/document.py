"""The mapping: which columns, constants and rules make which fields. A plain value, saved as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from enum import StrEnum
from typing import Self

from rowpost.catalog import Catalog, Field

VERSION = 3  # 2: the grouping remembers that a person has chosen none; 3: a default without a column
SURE = 80  # confidence, in percent, from which on a suggestion is taken without asking


class DateOrder(StrEnum):
    """How dates that are written as text are read."""

    DAY_MONTH = "day_month"
    MONTH_DAY = "month_day"


class NumberStyle(StrEnum):
    """Which sign stands before the decimals of amounts that are written as text."""

    COMMA = "comma"
    POINT = "point"


class Part(StrEnum):
    """Which part of a column that holds two things."""

    WHOLE = ""
    ZIP_CODE = "zip_code"
    CITY = "city"
    ORGANIZATION = "organization"
    PERSON = "person"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is made.

    `field` is a catalog key, or for a second debtor of the same row its path
    (`debtors[1].name`). `columns` count from 1; several are joined by `joiner`. A `constant`
    stands for every row, a `default` where the cell is empty; both are written as in a cell. The
    type of a debtor is told by its numbers and name before its default is taken, which needs no column.
    `values` turns cell words into wire words. `pad` allows lost leading zeros to be put back
    where that is proved. `reason` is a wording code, `confidence` percent.
    """

    field: str
    columns: tuple[int, ...] = ()
    constant: str | None = None
    default: str = ""
    joiner: str = " "
    part: Part = Part.WHOLE
    strip_prefix: str = ""
    values: ReadOnlyMapping[str, str] = made_by(default_factory=dict)
    date_order: DateOrder | None = None
    number_style: NumberStyle | None = None
    pad: bool = True
    reason: str = "mapping.reason.chosen"
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A column that is not mapped by a guess, and the fields it could be."""

    column: int
    heading: str
    candidates: tuple[str, ...]
    reason: str


class GroupKind(StrEnum):
    """What several rows with one key are."""

    NONE = ""
    CLAIMS = "claims"
    DEBTORS = "debtors"


@dataclass(frozen=True, slots=True)
class Grouping:
    """Rows with the same value of the field `by` make one invoice with several `kind`.

    `chosen`: a person has said that each row is an invoice, so that it need not be asked again.
    """

    kind: GroupKind = GroupKind.NONE
    by: str = "invoiceNumber"
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class GoldenRow:
    """One masked row (kind, number format and stored text of every cell), and the name of what it became."""

    cells: tuple[str, ...]
    fingerprint: str
    epoch_1904: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything that turns a row of this sheet into an invoice.

    `headings` are those of the sheet it was made for, one a column. `rules` hold what is taken,
    `unsure` suggestions below the confidence that a person must look at, `questions` columns
    that could be several fields. `leave_out_zero`, `leave_out_negative`: settled rows and credit
    notes stay in the books but are not sent.
    """

    kind: str = "invoices"
    headings: tuple[str, ...] = ()
    rules: tuple[FieldRule, ...] = ()
    unsure: tuple[FieldRule, ...] = ()
    questions: tuple[Question, ...] = ()
    grouping: Grouping = made_by(default_factory=Grouping)
    leave_out_zero: bool = True
    leave_out_negative: bool = True
    name: str = ""
    golden: tuple[GoldenRow, ...] = ()

    def rule(self, key: str) -> FieldRule | None:
        """The rule of a field, None where it has none."""
        return next((rule for rule in self.rules if rule.field == key), None)

    def with_rules(self, changed: Iterable[FieldRule]) -> Self:
        """Return the mapping with these rules in the place of older ones for the same fields."""
        new = {rule.field: rule for rule in changed}
        kept = tuple(new.pop(rule.field, rule) for rule in self.rules)
        taken = {rule.field for rule in (*kept, *new.values())}
        return replace(
            self,
            rules=(*kept, *new.values()),
            unsure=tuple(rule for rule in self.unsure if rule.field not in taken),
        )

    def without(self, key: str) -> Self:
        """Return the mapping without the rule of that field."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.field != key))

    def missing(self, catalog: Catalog) -> tuple[Field, ...]:
        """The fields that every invoice must have, and that nothing makes."""
        there = {rule.field for rule in self.rules}
        return tuple(f for f in catalog.fields if f.key not in there and _is_needed(f, there))


def _is_needed(wanted: Field, there: set[str]) -> bool:
    if wanted.unless:
        return not there.issuperset(wanted.unless)
    return wanted.required and not wanted.derived
