"""Following up: what the agency holds of invoices, seen at one time and at the time before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from rowpost.model.answers import CaseFacts, Cause, InvoiceFacts
from rowpost.model.targets import Target


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invoice is asked for by; one of the keys is enough. `rows` are the workbook's.

    `row` is the row's number in the ledger, 0 where it is no row of a run.
    """

    invoice_number: str = ""
    source_id: str = ""
    rows: tuple[int, ...] = ()
    row: int = 0
    invoice_id: str = ""

    @property
    def key(self) -> str:
        """What tells it from others: our own key, else the agency's, else the invoice number."""
        if self.source_id:
            return f"source {self.source_id}"
        return f"id {self.invoice_id}" if self.invoice_id else f"number {self.invoice_number}"

    @property
    def query(self) -> Mapping[str, str]:
        """The question: by source id where there is one, else by invoice number."""
        if self.source_id:
            return {"UniqueSourceInvoiceId": self.source_id}
        return {"InvoiceNumber": self.invoice_number}


class Standing(StrEnum):
    """How an invoice stands, told by its amounts alone: the agency's words for "closed" are not known."""

    OPEN = "open"  # something remains, nothing was paid or credited
    PART = "part"  # something remains, something was paid or credited
    PAID = "paid"  # nothing remains, something was paid, nothing credited
    CREDITED = "credited"  # nothing remains, something was credited, nothing paid
    SETTLED = "settled"  # nothing remains; of both, or it is not said how
    UNCLEAR = "unclear"  # what remains is not said, or less than nothing
    SEVERAL = "several"  # more than one answer to one key
    NOT_FOUND = "not_found"  # the agency answered, and holds none
    NOT_ASKED = "not_asked"  # no answer yet


@dataclass(frozen=True, slots=True)
class Seen:
    """What the agency said of an invoice at one time, as a table shows it; '' and None: not said.

    `answers` counts the different answers to one key: 0 not found, 2 or more worth a look.
    `kind` and all that ends in `status` are the agency's own words. Amounts in major units.
    """

    answers: int = 0
    invoice_id: str = ""
    invoice_number: str = ""
    source_id: str = ""
    kind: str = ""
    status: str = ""
    case_number: str = ""
    case_status: str = ""
    sub_status: str = ""
    currency: str = ""
    original: Decimal | None = None
    remaining: Decimal | None = None
    paid: Decimal | None = None
    credited: Decimal | None = None
    due_date: str = ""
    account_number: str = ""
    payment_reference: str = ""
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One invoice followed up.

    `seen` is the newest answer, None before there is one; `before` the last one of an earlier day,
    which changes are told from. `cause` says why the newest question brought no answer.
    """

    asked: Asked
    seen: Seen | None = None
    seen_at: datetime | None = None
    before: Seen | None = None
    before_at: datetime | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one invoice was answered: all different answers, and the cases that it is in."""

    asked: Asked
    found: tuple[InvoiceFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answers so far; `remarks` are troubles with lists that were made up for by single questions.

    `whole` is False where somebody stopped it: invoices without an answer were not asked.
    """

    answers: Sequence[Answer] = ()
    remarks: tuple[Cause, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Invoices of a run (`run`, made at `made_at`), or what a search found (`sought`), at one target."""

    target: Target
    run: str = ""
    sought: str = ""
    made_at: datetime | None = None
    lines: Sequence[FollowLine] = ()
    remarks: tuple[Cause, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """An invoice in full, as it was last answered; `seen_at` is None where it never was."""

    asked: Asked
    found: tuple[InvoiceFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    seen_at: datetime | None = None


class Age(StrEnum):
    """How long past its due date an open invoice is."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    OVER_90 = "over_90"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Total:
    """What the invoices of one currency come to; `silent` counts those whose remaining amount is not said."""

    count: int = 0
    original: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    credited: Decimal = Decimal(0)
    remaining: Decimal = Decimal(0)
    by_age: Mapping[Age, Decimal] = field(default_factory=dict)
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """What many lines come to, added up once.

    `changes` counts the changed ones by how they stand now (None: as before); `since` is the latest
    look of an earlier day, None where there was none; `statuses` counts the agency's own words;
    `causes` are why questions brought no answer, each once.
    """

    standings: Mapping[Standing, int] = field(default_factory=dict)
    changes: Mapping[Standing | None, int] = field(default_factory=dict)
    since: datetime | None = None
    seen_at: datetime | None = None
    statuses: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, Total] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()
