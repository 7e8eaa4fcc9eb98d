"""What sending needs of the rooms below: a memory and an agency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from rowpost.model.answers import BatchAnswer, BatchesAnswer, Cause, LookAnswer, PostAnswer
from rowpost.model.attempts import (
    Attempt,
    Conclusion,
    Look,
    LooseRow,
    NewPart,
    RowChange,
    RowVerdict,
    RunFacts,
    SentRow,
)
from rowpost.model.results import RunStatus, RunSummary

Changes = tuple[RowChange, ...]


class Ledger(Protocol):
    """The memory. Every method that writes is one durable transaction; see `rowpost.ledger.Ledger`."""

    def summary(self, run: str) -> RunSummary:
        """One run without its rows."""
        ...

    def begin(self, run: str, who: str) -> None:
        """A person says go: what held the run is over."""
        ...

    def facts(self, run: str, breaker_rows: int) -> RunFacts:
        """All that matters for what to do next."""
        ...

    def loose(self, run: str, *, with_payloads: bool = False) -> Iterable[LooseRow]:
        """Rows that can be sent but are in no part yet."""
        ...

    def cut(self, run: str, planned: Sequence[NewPart]) -> None:
        """Put loose rows into parts."""
        ...

    def split(self, part: int, size: int) -> None:
        """Cut a waiting part into parts of at most `size` rows."""
        ...

    def intend(self, part: int) -> tuple[Attempt | None, Changes]:
        """Claim the part's rows and write the intent down; None where none is ours to send."""
        ...

    def attempt(self, attempt: int) -> Attempt:
        """An attempt with its undecided rows."""
        ...

    def conclude(self, attempt: int, conclusion: Conclusion) -> Changes:
        """What the answer to the POST means."""
        ...

    def lose_intents(self, run: str) -> Changes:
        """Intents that nobody holds any more are not known."""
        ...

    def hear(self, attempt: int, heard: Mapping[int, bool]) -> None:
        """What an unfinished batch says of rows."""
        ...

    def judge(self, attempt: int, said: Sequence[RowVerdict], seconds: float = 0.0) -> Changes:
        """Verdicts; `seconds` is how long the batch took."""
        ...

    def note_looks(
        self, attempt: int, found: Sequence[Look], *, waited: float, window: float, complete: bool
    ) -> Changes:
        """A round of looks; `waited` and `window` in seconds."""
        ...

    def settle_absent(self, attempt: int) -> Changes:
        """Looked up long enough: not there."""
        ...

    def release_by_rule(self, attempt: int) -> Changes:
        """Release absent rows, because the settings allow it."""
        ...

    def adopt(self, attempt: int, batch_id: str) -> Changes:
        """The batch of an attempt whose answer was lost."""
        ...

    def knows_batch(self, batch_id: str) -> bool:
        """Whether an attempt of ours has this batch."""
        ...

    def rows_to_look_up(self, part: int) -> Sequence[SentRow]:
        """The part's rows, claimed, before their first POST."""
        ...

    def note_nothing_there(self, part: int) -> None:
        """The agency holds nothing at all: every waiting part of this part's run has been looked up."""
        ...

    def note_first_looks(self, part: int, found: Sequence[Look]) -> Changes:
        """What was there before the first POST."""
        ...

    def hold(self, run: str, cause: Cause) -> None:
        """Nothing more is sent until a person says go."""
        ...

    def finish(self, run: str, status: RunStatus) -> None:
        """How the work on the run ended."""
        ...


class Agency(Protocol):
    """The agency. Nothing raises for trouble on the way: the answers say it."""

    def close(self) -> None:
        """Close all connections."""
        ...

    def post_invoices(self, body: bytes, uid: str) -> PostAnswer:
        """Send a CreateInvoices request, once."""
        ...

    def batch(self, batch_id: str) -> BatchAnswer:
        """Ask what became of a batch."""
        ...

    def invoices_by_source_id(self, source_id: str) -> LookAnswer:
        """Ask for invoices with this key of ours."""
        ...

    def holds_nothing(self) -> bool:
        """Say whether the organisation has no invoice at all; False also where that is not known."""
        ...

    def recent_batches(self, since: datetime) -> BatchesAnswer:
        """Ask which batches were made after `since`."""
        ...
