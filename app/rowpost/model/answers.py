"""What the agency answered, as far as it could be read. Nothing here is a verdict yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from rowpost.model.problems import Values
from rowpost.model.trouble import Remedy

Json: TypeAlias = "bool | int | str | Decimal | list[Json] | dict[str, Json] | None"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something did not go as wished: a wording code, what helps, and values for the sentence."""

    code: str
    remedy: Remedy
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Word:
    """What an answer says about one row, by whichever key it names the row.

    `index` counts from 0, -1 where the answer gives none; `raw` is the agency's own text.
    """

    accepted: bool
    invoice_number: str = ""
    source_id: str = ""
    index: int = -1
    invoice_id: str = ""
    case_id: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """What came back from a POST.

    `status` is 0 where no answer was read; then `never_sent` tells whether a byte of the request
    may have left this machine. `words` are the rows that a refusal names. `retry_after` is in
    seconds, None where the answer does not say.
    """

    status: int
    cause: Cause | None = None
    never_sent: bool = False
    batch_id: str = ""
    words: tuple[Word, ...] = ()
    retry_after: float | None = None
    raw: str = ""


class BatchState(StrEnum):
    """Where a batch is; a word that we do not know is OPEN: keep asking."""

    OPEN = "open"
    SUCCESS = "success"
    PARTIAL = "partial"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether the agency is done with the batch."""
        return self is not BatchState.OPEN


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as the agency shows it; `raw_state` is its own word, `document` the whole answer."""

    batch_id: str
    state: BatchState
    words: tuple[Word, ...] = ()
    raw_state: str = ""
    kind: str = ""
    created_at: datetime | None = None
    finished_at: datetime | None = None
    created_by: str = ""
    document: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """Answer to "what became of this batch?": `batch`, or `missing` (404), or `cause` of no answer."""

    batch: Batch | None = None
    missing: bool = False
    cause: Cause | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim of an invoice or a case; `kind` is the agency's own word. What is lacking is '' or None."""

    kind: str = ""
    currency: str = ""
    original_amount: Decimal | None = None
    current_amount: Decimal | None = None
    paid_amount: Decimal | None = None
    credited_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice as the agency holds it; what the answer lacks is '' or None.

    `odd` are fields that are there but cannot be read, each as `name: what stands there`.
    """

    invoice_id: str
    invoice_number: str = ""
    source_id: str = ""
    case_id: str = ""
    kind: str = ""
    status: str = ""
    currency: str = ""
    original_amount: Decimal | None = None
    current_amount: Decimal | None = None
    paid_amount: Decimal | None = None
    invoice_date: str = ""
    due_date: str = ""
    reference: str = ""
    document: Mapping[str, Json] = field(default_factory=dict)
    credited_amount: Decimal | None = None
    claims: tuple[ClaimFacts, ...] = ()
    debtors: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookAnswer:
    """Answer to "do you hold this invoice?"; with a `cause` nothing is known."""

    found: tuple[InvoiceFacts, ...] = ()
    cause: Cause | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as the agency holds it; what the answer lacks is '' or None. Amounts in major units.

    `odd` are fields that are there but cannot be read, each as `name: what stands there`.
    """

    case_id: str
    case_number: str = ""
    status: str = ""
    sub_status: str = ""
    kind: str = ""
    registered_at: datetime | None = None
    closed_at: datetime | None = None
    remaining_amount: Decimal | None = None
    remaining_principal: Decimal | None = None
    account_number: str = ""
    payment_reference: str = ""
    debtors: tuple[str, ...] = ()
    invoices: tuple[InvoiceFacts, ...] = ()
    document: Mapping[str, Json] = field(default_factory=dict)
    claims: tuple[ClaimFacts, ...] = ()
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CasesAnswer:
    """Cases found; with a `cause` these are not all, or nothing is known."""

    cases: tuple[CaseFacts, ...] = ()
    cause: Cause | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class BatchesAnswer:
    """The organisation's latest batches, newest first; with a `cause` nothing is known."""

    batches: tuple[Batch, ...] = ()
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Listed(Generic[Item]):
    """One page of a list.

    `pages` says how many there are in all, 0 where the answer does not; `unread` counts items that
    are nothing that could be read. With a `cause` no page was read, and it was the last one.
    """

    items: tuple[Item, ...] = ()
    pages: int = 0
    unread: int = 0
    cause: Cause | None = None
