"""How a file differs from what an earlier run was about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from rowpost.model.answers import Cause
from rowpost.model.results import RunSummary


class Change(StrEnum):
    """What became of an invoice between two files."""

    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"  # another amount
    UNCLEAR = "unclear"  # the two cannot be compared; the line says why
    SAME = "same"


class AtAgency(StrEnum):
    """What the agency says of an invoice that is gone from the sheet."""

    OPEN = "open"
    CLOSED = "closed"  # paid, withdrawn, closed: nothing remains
    ABSENT = "absent"  # the agency holds no such invoice
    NEVER_SENT = "never_sent"  # so nobody has to be asked
    NOT_KNOWN = "not_known"  # not asked, or not answered


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One invoice. `before` and `now` are in major units of `currency`, None where nobody knows.

    `code` says why the two cannot be compared (a wording code). `status` is the agency's own word,
    `remaining` what is still owed there.
    """

    change: Change
    invoice_number: str
    source_id: str
    currency: str
    before: Decimal | None = None
    now: Decimal | None = None
    rows_before: tuple[int, ...] = ()
    rows_now: tuple[int, ...] = ()
    code: str = ""
    at_agency: AtAgency = AtAgency.NOT_KNOWN
    status: str = ""
    remaining: Decimal | None = None
    case_id: str = ""


@dataclass(frozen=True)
class Difference:
    """A file beside an earlier run of the same organisation.

    `unnumbered` counts invoices without a number, which cannot be compared: (earlier, now). `asked_at`
    is when the agency was asked of those that are gone, None if it was not; `cause` is what kept
    (some of) the answers away.
    """

    earlier: RunSummary
    file_name: str
    lines: Sequence[DifferenceLine]
    unnumbered: tuple[int, int] = (0, 0)
    asked_at: datetime | None = None
    cause: Cause | None = None

    @cached_property
    def counts(self) -> Mapping[Change, int]:
        """How many invoices have changed in which way."""
        return Counter(line.change for line in self.lines)

    @property
    def still_open(self) -> Sequence[DifferenceLine]:
        """Invoices that are gone from the sheet though the agency still collects them."""
        return [line for line in self.lines if line.at_agency is AtAgency.OPEN]
