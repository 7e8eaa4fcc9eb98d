"""The Ledger: one object for the rooms above that write; each room of the memory is a module beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from rowpost.ledger import (
    adoption,
    answers,
    closing,
    course,
    epoch,
    erase,
    follow,
    intents,
    looks,
    migrate,
    parts,
    release,
    runs,
    store,
    verdicts,
    writing_down,
)
from rowpost.ledger import facts as facts_
from rowpost.ledger.reader import Reader
from rowpost.ledger.sealing import Sealer
from rowpost.model.answers import Cause
from rowpost.model.attempts import (
    Attempt,
    Conclusion,
    Look,
    LooseRow,
    NewPart,
    RowChange,
    RowVerdict,
    RunFacts,
    RunMeta,
    SentRow,
)
from rowpost.model.followup import Answer, Seen
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.outside import Clock
from rowpost.model.results import RunStatus
from rowpost.model.targets import Target


class Ledger(Reader):
    """The memory of everything that was ever sent, with its one owner. One thread at a time."""

    _store: store.Store

    def __init__(self, inner: store.Store, witness: epoch.Witness) -> None:
        super().__init__(inner)
        self._witness = witness
        self._id = epoch.ledger_id(inner)

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        *,
        clock: Clock,
        witness: epoch.Witness,
        boundary: store.Boundary = store.no_boundary,
    ) -> Self:
        """Open the ledger, made if it is not there. `key` is the data key, 32 bytes.

        Trouble where the file is damaged, newer than the program, sealed with another key, in use,
        or on a network share. `boundary` is called around every durable write (for tests).
        """
        sealer = Sealer(key)
        db = store.connect(path)
        try:
            migrate.bring_up(db, sealer, boundary)
            inner = store.Store(db, sealer, clock, boundary)
            epoch.wake_up(inner, witness)
            inner.be_patient()
            return cls(inner, witness)
        except BaseException:
            db.close()
            raise

    # -- Runs --------------------------------------------------------------------------------

    def create_run(self, meta: RunMeta, ready: Sequence[ReadyInvoice], staying: Sequence[StayingRow]) -> str:
        """Write a run down; return its name, short enough to be said on the telephone."""
        return writing_down.create(self._store, meta, ready, staying)

    def release(self, run: str, rows: Collection[int] | None, reason: str, who: str) -> int:
        """Let rows that are not known be sent again; see `release.release`."""
        return release.release(self._store, run, rows, reason, who)

    def close_row(self, run: str, row: int, *, there: bool, reason: str, who: str) -> None:
        """A person says how a row stands that contradicts itself; see `closing.close`."""
        closing.close(self._store, run, row, there=there, reason=reason, who=who)

    def erase(self, run: str, who: str, *, give_up_waiting: bool = False) -> None:
        """Erase a run's personal data; claims, totals and verdicts stay. See `erase.erase`."""
        erase.erase(self._store, run, who, give_up_waiting=give_up_waiting)

    def erase_old(self, days: int) -> int:
        """Erase the personal data of settled runs older than `days` (0: never); return how many runs."""
        return erase.erase_old(self._store, days)

    # -- Following up ------------------------------------------------------------------------

    def keep_answers(self, target: Target, told: Sequence[tuple[Answer, Seen]]) -> None:
        """Keep what the agency said of invoices, and as it is shown in a table."""
        follow.keep(self._store, target, told)

    # -- Adopting a batch: what `sending.adopting.Ledger` asks for ------------------------------

    def open_attempts(self, run: str) -> Sequence[Attempt]:
        """The attempts of a run whose answer was lost."""
        return adoption.open_attempts(self._store, run)

    def waiting_rows(self, run: str) -> Sequence[SentRow]:
        """The rows of a run that would be sent next."""
        return adoption.waiting_rows(self._store, run)

    def note_found(self, attempt: int, found: Sequence[Look]) -> tuple[RowChange, ...]:
        """Accept rows of a lost attempt that a look found equal."""
        return adoption.note_found(self._store, attempt, found)

    def set_apart(self, run: str, rows: Sequence[int]) -> int:
        """Put waiting rows into a part of their own; return the part."""
        return adoption.set_apart(self._store, run, rows)

    def note_adopted(self, run: str, batch_id: str, rows: int, who: str) -> None:
        """Write down that a person tied a batch to a run."""
        adoption.note_adopted(self._store, run, batch_id, rows, who)

    def run_of_batch(self, batch_id: str) -> str:
        """The run that a batch of ours belongs to, '' for none."""
        return adoption.run_of_batch(self._store, batch_id)

    # -- Sending: what `sending.ports.Ledger` asks for ----------------------------------------

    def begin(self, run: str, who: str) -> None:
        """A person says go: what held the run is over, and the circuit breaker counts from here."""
        course.begin(self._store, run, who)

    def facts(self, run: str, breaker_rows: int) -> RunFacts:
        """All that matters for what to do next."""
        return facts_.facts(self._store, run, breaker_rows)

    def loose(self, run: str, *, with_payloads: bool = False) -> Iterable[LooseRow]:
        """Rows that can be sent but are in no part yet."""
        return parts.loose(self._store, runs.run_id(self._store, run), with_payloads=with_payloads)

    def cut(self, run: str, planned: Sequence[NewPart]) -> None:
        """Put loose rows into parts."""
        with self._store.writing("plan"):
            parts.cut(self._store, runs.run_id(self._store, run), planned)

    def split(self, part: int, size: int) -> None:
        """Cut a waiting part into parts of at most `size` rows."""
        with self._store.writing("split"):
            parts.put_back(self._store, part, size)

    def intend(self, part: int) -> tuple[Attempt | None, tuple[RowChange, ...]]:
        """Claim the part's rows and write the intent down, here and with the witness."""
        made, changed = intents.intend(self._store, part)
        if made is not None:
            self._witness.note(self._id, made.attempt)
        return made, changed

    def attempt(self, attempt: int) -> Attempt:
        """An attempt with its undecided rows."""
        return intents.load(self._store, attempt)

    def conclude(self, attempt: int, conclusion: Conclusion) -> tuple[RowChange, ...]:
        """Write down what the answer to the POST means."""
        return answers.conclude(self._store, attempt, conclusion)

    def lose_intents(self, run: str) -> tuple[RowChange, ...]:
        """Intents that nobody holds any more are not known."""
        return intents.lose_intents(self._store, runs.run_id(self._store, run), run)

    def hear(self, attempt: int, heard: Mapping[int, bool]) -> None:
        """Remember what an unfinished batch says of rows."""
        verdicts.hear(self._store, attempt, heard)

    def judge(self, attempt: int, said: Sequence[RowVerdict], seconds: float = 0.0) -> tuple[RowChange, ...]:
        """Write verdicts down; `seconds` is how long the batch took."""
        return verdicts.judge(self._store, attempt, said, seconds)

    def note_looks(
        self, attempt: int, found: Sequence[Look], *, waited: float, window: float, complete: bool
    ) -> tuple[RowChange, ...]:
        """Write down a round of looks."""
        return looks.note_looks(self._store, attempt, found, waited=waited, window=window, complete=complete)

    def settle_absent(self, attempt: int) -> tuple[RowChange, ...]:
        """Looked up long enough: not there."""
        return looks.settle_absent(self._store, attempt)

    def release_by_rule(self, attempt: int) -> tuple[RowChange, ...]:
        """Release what was settled as absent, because the settings say that the server refuses doubles."""
        return release.release_by_rule(self._store, attempt)

    def adopt(self, attempt: int, batch_id: str) -> tuple[RowChange, ...]:
        """The batch of an attempt whose answer was lost."""
        return verdicts.adopt(self._store, attempt, batch_id)

    def knows_batch(self, batch_id: str) -> bool:
        """Whether an attempt of ours has this batch."""
        return bool(
            self._store.db.execute("SELECT 1 FROM attempt WHERE batch_id = ?", (batch_id,)).fetchone()
        )

    def rows_to_look_up(self, part: int) -> Sequence[SentRow]:
        """The part's rows, claimed, before their first POST."""
        return looks.rows_to_look_up(self._store, part)

    def note_nothing_there(self, part: int) -> None:
        """The agency holds nothing at all: every waiting part of this part's run has been looked up."""
        looks.note_nothing_there(self._store, part)

    def note_first_looks(self, part: int, found: Sequence[Look]) -> tuple[RowChange, ...]:
        """What was there before the first POST."""
        return looks.note_first_looks(self._store, part, found)

    def hold(self, run: str, cause: Cause) -> None:
        """Nothing more is sent of this run until a person says go."""
        course.hold(self._store, run, cause)

    def finish(self, run: str, status: RunStatus) -> None:
        """Write down how the work on a run ended."""
        course.finish(self._store, run, status)

    # -- Care --------------------------------------------------------------------------------

    def vouch(self, who: str, reason: str) -> None:
        """A person says that nothing was sent which this ledger does not know."""
        epoch.vouch(self._store, who, reason)
