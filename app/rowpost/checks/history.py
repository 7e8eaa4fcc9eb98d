"""What is known from before: claims that were sent, and rejections that were seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    """An invoice in the ledger: which run, when, and what became of it (a `RowState` word).

    `row` is the row of that run's workbook, `amount` what was sent for it.
    """

    run: str
    on: date
    state: str
    row: int = 0
    file_name: str = ""
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RejectedBefore:
    """An invoice that the agency has rejected: its payload's SHA-256, why, how often that was said."""

    sha256: bytes
    reason: str
    count: int
    on: date


class KnownClaims(Protocol):
    """The claims of one organisation in one environment. Must be quick: asked once for every row."""

    def __len__(self) -> int:
        """How many claims there are."""
        ...

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
class Content:
    """What a run, or a workbook on its way, is made of: rows that can be sent, and their totals.

    `sheet` names the sheet of a file by its bytes: SHA-256 and the sheet's name.
    """

    sheet: str
    rows: int
    totals: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run of the same organisation."""

    run: str
    on: date
    file_name: str
    content: Content


def earlier_runs_like(
    here: Content, held: Mapping[str, int], runs: Iterable[EarlierRun]
) -> Iterator[Problem]:
    """Yield the runs that had the same content, or by chance the same count and totals.

    `held` says how many of the rows each run has sent already, for the same amounts: the content
    is the same where that is all of them, whatever the file is called and however it was saved.
    """
    for earlier in runs:
        there = earlier.content
        alike = here.rows and (here.rows, here.totals) == (there.rows, there.totals)
        if here.sheet == there.sheet or (alike and held.get(earlier.run) == here.rows):
            code = "duplicate.same_content"
        elif alike:
            code = "duplicate.same_totals"
        else:
            continue
        values: dict[str, Value] = {"date": earlier.on, "file": earlier.file_name, "run": earlier.run}
        yield Problem(code, RULES[code].severity, values={**values, "count": there.rows})
