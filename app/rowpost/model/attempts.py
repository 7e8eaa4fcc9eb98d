"""What the ledger remembers of sending: rows and their stages, parts, attempts, looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from rowpost.model.answers import Cause
from rowpost.model.books import RowState
from rowpost.model.targets import Target


class Stage(StrEnum):
    """Where a row is. The database refuses every step that is not drawn in `sending.md`, section 3."""

    LEFT_OUT = "left_out"
    NOT_FIT = "not_fit"
    READY = "ready"
    CLAIMED = "claimed"  # ours to send; nothing of it is open
    INTENT = "intent"  # bytes may be on their way
    RECEIVED = "received"  # the agency gave a batch id
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_KNOWN = "not_known"  # no answer was read
    SETTLING = "settling"  # being looked up
    ABSENT = "absent"  # looked up long enough; a person may release it
    CONFLICT = "conflict"  # what the agency holds, or says, contradicts itself or us: a person


STATE_OF: Mapping[Stage, RowState] = {
    Stage.LEFT_OUT: RowState.LEFT_OUT,
    Stage.NOT_FIT: RowState.NOT_FIT,
    Stage.READY: RowState.WAITING,
    Stage.CLAIMED: RowState.WAITING,
    Stage.INTENT: RowState.NOT_KNOWN,
    Stage.RECEIVED: RowState.NOT_KNOWN,
    Stage.ACCEPTED: RowState.ACCEPTED,
    Stage.REJECTED: RowState.REJECTED,
    Stage.NOT_KNOWN: RowState.NOT_KNOWN,
    Stage.SETTLING: RowState.NOT_KNOWN,
    Stage.ABSENT: RowState.NOT_KNOWN,
    Stage.CONFLICT: RowState.NOT_KNOWN,
}


class Outcome(StrEnum):
    """What an attempt came to, as far as its own answer says."""

    NEVER_SENT = "never_sent"
    REFUSED = "refused"
    RECEIVED = "received"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class RunMeta:
    """What a run is about, as it is written down when it is made.

    `rows` and `amounts` are the workbook's, counted when it was read (`Books.rows`,
    `Books.amounts`). `follows` names the run whose rejected rows are sent again, '' for none. `setup`
    says how the workbook was read (mapping, edits), so that this can be done once more.
    """

    target: Target
    file_name: str
    file_path: str
    file_sha256: str
    sheet: str
    header_row: int
    rows: int
    amounts: Mapping[str, Decimal]
    by_whom: str
    follows: str = ""
    setup: bytes = b""


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row that can be sent but is in no part yet. `payload` is b'' unless it was asked for."""

    row: int
    invoice_number: str
    size: int  # bytes of its payload
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to be: its rows, in order."""

    rows: tuple[int, ...]
    canary: bool = False


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row of an attempt: its number in the ledger, its place in the run, its keys, what goes out.

    `index` is its place in the request, from 0.
    """

    row: int
    position: int
    invoice_number: str
    source_id: str
    payload: bytes
    index: int = 0
    earlier_open: bool = False  # an earlier attempt of this row was never explained


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST: `uid` goes along as the idempotency key where that is switched on.

    `rows` are those that are undecided; `decided` the others that went out with them.
    """

    attempt: int
    uid: str
    part: int
    number: int
    batch_id: str
    rows: Sequence[SentRow]
    intent_at: datetime
    heard: Mapping[int, bool]  # row -> accepted, as an unfinished batch said it first
    decided: Sequence[SentRow] = ()

    @property
    def body(self) -> bytes:
        """The request's body, exactly as it goes over the wire."""
        return body_of(row.payload for row in self.rows)


def body_of(payloads: Iterable[bytes]) -> bytes:
    """Put invoices (JSON objects) into one CreateInvoices request."""
    return b'{"invoices":[' + b",".join(payloads) + b"]}"


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """The next stage of one row, with its evidence."""

    row: int
    stage: Stage
    code: str
    raw: str = ""
    invoice_id: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the answer to a POST means for the attempt and for its rows.

    Rows without a verdict go the way of the attempt: back, received, or not known.
    `split` asks for the rows that went back to be sent in smaller parts of that size.
    """

    outcome: Outcome
    status: int
    cause: Cause | None = None
    batch_id: str = ""
    verdicts: tuple[RowVerdict, ...] = ()
    split: int = 0
    by_rule: bool = False  # may be released without a person, where the setting allows it
    raw: str = ""
    limit: int = 0  # this target takes no more rows at once than this; 0: nothing learnt
    wait_until: datetime | None = None  # the agency wants nothing posted before


class Found(StrEnum):
    """What a look-up of one row found."""

    EQUAL = "equal"
    DIFFERENT = "different"
    DOUBLED = "doubled"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Look:
    """One row looked up once."""

    row: int
    found: Found
    invoice_id: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt that still has undecided rows. `waited` is in seconds, monotonic, over all sessions.

    `looks` counts only look-ups that were answered for every row.
    """

    attempt: int
    part: int
    number: int
    rows: int
    stage: Stage  # INTENT, RECEIVED or NOT_KNOWN
    batch_id: str = ""
    looks: int = 0
    waited: float = 0.0
    by_rule: bool = False
    canary: bool = False


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """A part that can be sent next; `posts` counts what its first ancestor has cost so far."""

    part: int
    number: int
    rows: int
    canary: bool = False
    looked: bool = False
    posts: int = 0


@dataclass(frozen=True, slots=True)
class RunFacts:
    """All that the ledger knows of a run that matters for what to do next.

    `streak` is how many attempts in a row ended for the same cause `streak_code`; `decided`
    counts rows with a verdict, `same_cause` those of them rejected for the commonest one cause,
    both among the first `breaker_rows` since the person last said go; `refused` counts rows
    rejected because their whole part was. `longest_batch` is in seconds.
    """

    run: str
    rows: int
    ahead: WaitingPart | None
    open: tuple[OpenAttempt, ...]
    held: Cause | None = None
    look_first: bool = False
    wait_until: datetime | None = None
    limit: int = 0
    longest_batch: float = 0.0
    streak: int = 0
    streak_code: str = ""
    decided: int = 0
    same_cause: int = 0
    refused: int = 0
    loose: int = 0  # rows that can be sent but are in no part yet
    unsettled: int = 0  # rows whose outcome is not known though nothing more can be asked


@dataclass(frozen=True, slots=True)
class RowChange:
    """Rows, by their place in `RunResult.rows`, that are now in the same state for the same code."""

    positions: tuple[int, ...]
    state: RowState
    code: str


# source id, run, moment of the claim, stage, invoice number, rows, file, amount: as the ledger holds them
ClaimLine = tuple[str, str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim made before: which run holds it, when it was made, and what became of its row.

    `row` is the row of the run's workbook; the amount is in major units.
    """

    run: str
    claimed_at: datetime
    state: RowState
    invoice_number: str
    row: int = 0
    file_name: str = ""
    amount: Decimal = Decimal(0)

    @classmethod
    def of(cls, line: ClaimLine) -> KnownClaim:
        """The claim that a line of the ledger is."""
        _, run, at, stage, number, rows, file, amount = line
        first = int(rows.partition(",")[0])
        return cls(
            run, datetime.fromisoformat(at), STATE_OF[Stage(stage)], number, first, file, Decimal(amount)
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason for which a target has rejected rows: our code, its own text at the last time, how often."""

    code: str
    text: str
    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class RejectedClaim:
    """An invoice that was rejected when it was last sent. `sha256` is of its payload as it was sent."""

    sha256: bytes
    rejection: Rejection
