"""What is known from before: claims that were sent, and rejections that were seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from rowpost.checks.rulebook import RULES
from rowpost.model.drafts import Flaw
from rowpost.model.problems import Problem, Value

# a claim that another run holds: whether it was sent at all, is not ours to say
_NOT_SENT_FOR_SURE = {"waiting": "duplicate.waiting", "not_known": "duplicate.not_known"}

SOURCE_ID, NUMBER = "uniqueSourceInvoiceId", "invoiceNumber"


@dataclass(frozen=True, slots=True)
class SentBefore:
    """An invoice in the ledger: which run, when, and what became of it (a `RowState` word)."""

    run: str
    on: date
    state: str
    row: int = 0
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class RejectedBefore:
    """An invoice that the agency has rejected: its payload's SHA-256, why, how often that was said."""

    sha256: bytes
    reason: str
    count: int
    on: date


class KnownClaims(Protocol):
    """The claims of one organisation in one environment. Must be quick: asked once for every row."""

    def by_source_id(self, source_id: str) -> SentBefore | None:
        """The claim sent under this key."""
        ...

    def by_number(self, normalized_number: str) -> SentBefore | None:
        """A claim whose invoice number is the same but for case, zeros and blanks."""
        ...


def sent_before(known: KnownClaims, source_id: str, normalized_number: str, number: str) -> Flaw | None:
    """Return the flaw of an invoice that the ledger knows: the same key, or the same number."""
    code, found = "duplicate.sent_before", known.by_source_id(source_id)
    if found is None:
        code, found = "duplicate.number_sent_before", known.by_number(normalized_number)
    if found is None:
        return None
    code = _NOT_SENT_FOR_SURE.get(found.state, code)
    values: dict[str, Value] = {"field": NUMBER, "value": number, "date": found.on, "run": found.run}
    values |= {"state": found.state, "other_row": found.row, "file": found.file_name}
    return Flaw(code, RULES[code].severity, NUMBER, values, (SOURCE_ID,))


def rejected_before(number: str, found: RejectedBefore) -> Flaw:
    """Return the flaw of an invoice that comes unchanged after it was rejected."""
    values: dict[str, Value] = {
        "field": NUMBER,
        "value": number,
        "count": found.count,
        "date": found.on,
        "reason": found.reason,
    }
    return Flaw("rejected.before", RULES["rejected.before"].severity, NUMBER, values)


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run of the same organisation: its invoices, what they were worth, the name of their content."""

    run: str
    on: date
    file_name: str
    invoices: int
    totals: Mapping[str, Decimal]
    fingerprint: str = ""


def earlier_runs_like(
    fingerprint: str, invoices: int, totals: Mapping[str, Decimal], runs: Iterable[EarlierRun]
) -> list[Problem]:
    """Return the runs that had the same content, or by chance the same count and totals."""
    found = []
    for earlier in runs:
        code = ""
        if fingerprint and earlier.fingerprint == fingerprint:
            code = "duplicate.same_content"
        elif invoices and earlier.invoices == invoices and earlier.totals == totals:
            code = "duplicate.same_totals"
        if code:
            values: dict[str, Value] = {"date": earlier.on, "file": earlier.file_name, "run": earlier.run}
            found.append(Problem(code, RULES[code].severity, values=values))
    return found
