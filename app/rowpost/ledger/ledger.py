"""The Ledger: one object for the rooms above; each room of the memory is a module beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing as closed_after
from pathlib import Path
from typing import Self

from rowpost.ledger import (
    adoption,
    answers,
    books,
    claims,
    closing,
    epoch,
    erase,
    events,
    everything,
    follow,
    intents,
    looks,
    migrate,
    parts,
    rejections,
    release,
    runs,
    search,
    store,
    verdicts,
)
from rowpost.ledger import facts as facts_
from rowpost.ledger.sealing import Sealer
from rowpost.model.answers import Cause
from rowpost.model.attempts import (
    Attempt,
    ClaimLine,
    Conclusion,
    Look,
    LooseRow,
    NewPart,
    RejectedClaim,
    Rejection,
    RowChange,
    RowVerdict,
    RunFacts,
    RunMeta,
    SentRow,
)
from rowpost.model.books import RowState
from rowpost.model.followup import Answer, Asked, FollowLine, Seen
from rowpost.model.history import Found, Ledgerful, Personal, Wanted
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.outside import Clock
from rowpost.model.results import RowResult, RunResult, RunStatus, RunSummary
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble


class Ledger:
    """The memory of everything that was ever sent. One thread at a time."""

    def __init__(self, inner: store.Store, witness: epoch.Witness) -> None:
        self._store = inner
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
        read_only: bool = False,
        boundary: store.Boundary = store.no_boundary,
    ) -> Self:
        """Open the ledger, made if it is not there. `key` is the data key, 32 bytes.

        Trouble where the file is damaged, newer than the program, sealed with another key, in use,
        or on a network share. `boundary` is called around every durable write (for tests).
        """
        sealer = Sealer(key)
        db = store.connect(path, read_only=read_only)
        try:
            if read_only:
                migrate.verify_ours(db)
                migrate.verify_key(db, sealer)
            else:
                migrate.bring_up(db, sealer, boundary)
            inner = store.Store(db, sealer, clock, boundary)
            if not read_only:
                epoch.wake_up(inner, witness)
            return cls(inner, witness)
        except BaseException:
            db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._store.db.close()

    # -- Runs --------------------------------------------------------------------------------

    def create_run(self, meta: RunMeta, ready: Sequence[ReadyInvoice], staying: Sequence[StayingRow]) -> str:
        """Write a run down; return its name, short enough to be said on the telephone."""
        return runs.create(self._store, meta, ready, staying)

    def runs(self) -> Sequence[RunSummary]:
        """All runs, the latest first."""
        return runs.summaries(self._store)

    def summary(self, run: str) -> RunSummary:
        """One run without its rows. Trouble if there is no such run."""
        return runs.summaries(self._store, "id = ?", (runs.run_id(self._store, run),))[0]

    def result(self, run: str) -> RunResult:
        """A run with all its rows. Trouble if there is no such run."""
        return runs.result(self._store, run)

    def latest_run(self) -> str:
        """The name of the run that was made last, '' where there is none."""
        return runs.latest(self._store)

    def size(self, run: str) -> int:
        """How many rows `result` has. Trouble if there is no such run."""
        return runs.size_of(self._store, run)

    def target(self, run: str) -> Target:
        """Where a run goes. Trouble if there is no such run."""
        return runs.target_of(self._store, run)

    def invoices_by_state(self, run: str) -> Mapping[RowState, int]:
        """How many invoices, or rows that made none, are in which state. Trouble if there is no such run."""
        return runs.invoices_by_state(self._store, run)

    def under_way(self, run: str) -> tuple[RowChange, ...]:
        """The rows that may have left this machine and are not decided. Trouble if there is no such run."""
        return runs.under_way(self._store, run)

    def full_name(self, said: str) -> str:
        """The name of the run that is meant; its beginning is enough. Trouble if none or several are."""
        return runs.full_name(self._store, said)

    def rows(self, run: str) -> Iterable[RowResult]:
        """The rows of a run, one by one, in the order of the workbook. Trouble if there is no such run."""
        return runs.rows(self._store, run)

    def search(self, wanted: Wanted) -> Found:
        """Runs and rows by whatever a person knows of them; see `search.search`."""
        return search.search(self._store, wanted)

    def everything(self) -> Ledgerful:
        """All rows of all runs; nothing may be written while they are read."""
        return everything.everything(self._store)

    def known_claims(self, environment: Environment, organization_id: str) -> claims.ClaimLookup:
        """A look-up by source id of what was sent before."""
        return claims.known(self._store, environment, organization_id)

    def all_claims(self, environment: Environment, organization_id: str) -> Iterator[list[ClaimLine]]:
        """Everything sent before for an organisation, some hundred claims at a time."""
        return claims.known_all(self._store, environment, organization_id)

    def rejections(self, environment: Environment, organization_id: str) -> Sequence[Rejection]:
        """Why rows of an organisation were rejected, and how often."""
        return rejections.rejections(self._store, environment, organization_id)

    def rejected_claims(self, environment: Environment, organization_id: str) -> Mapping[str, RejectedClaim]:
        """Invoices that were rejected when they were last sent, by source id."""
        return rejections.rejected_claims(self._store, environment, organization_id)

    def release(self, run: str, rows: Collection[int] | None, reason: str, who: str) -> int:
        """Let rows that are not known be sent again; see `release.release`."""
        return release.release(self._store, run, rows, reason, who)

    def personal(self, run: str) -> Personal:
        """What of a run is personal, and what of it is still open."""
        return erase.personal(self._store, run)

    def close_row(self, run: str, row: int, *, there: bool, reason: str, who: str) -> None:
        """A person says how a row stands that contradicts itself; see `closing.close`."""
        closing.close(self._store, run, row, there=there, reason=reason, who=who)

    def setup(self, run: str) -> bytes:
        """How the workbook of a run was read; b'' where it is not known (any more)."""
        return runs.setup(self._store, run)

    def erase(self, run: str, who: str, *, give_up_waiting: bool = False) -> None:
        """Erase a run's personal data; claims, totals and verdicts stay. See `erase.erase`."""
        erase.erase(self._store, run, who, give_up_waiting=give_up_waiting)

    def erase_old(self, days: int) -> int:
        """Erase the personal data of settled runs older than `days` (0: never); return how many runs."""
        return erase.erase_old(self._store, days)

    # -- Following up ------------------------------------------------------------------------

    def followed(self, run: str) -> Sequence[FollowLine]:
        """Rows of a run that are at the agency or may be, with what was last said of each."""
        return follow.of_run(self._store, run)

    def followed_keys(self, target: Target, wanted: Iterable[Asked]) -> Sequence[FollowLine]:
        """What was last said of these invoices."""
        return follow.of_keys(self._store, target, wanted)

    def keep_answers(self, target: Target, told: Sequence[tuple[Answer, Seen]]) -> None:
        """Keep what the agency said of invoices, and as it is shown in a table."""
        follow.keep(self._store, target, told)

    def whole_answer(self, target: Target, asked: Asked) -> follow.Whole | None:
        """What was last said of an invoice in full."""
        return follow.whole(self._store, target, asked)

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

    def batches_of_runs(self, target: Target) -> dict[str, str]:
        """The batches of ours at an organisation, each with its run."""
        return adoption.batches_of_runs(self._store, target)

    # -- Sending: what `sending.ports.Ledger` asks for ----------------------------------------

    def begin(self, run: str, who: str) -> None:
        """A person says go: what held the run is over, and the circuit breaker counts from here."""
        with self._store.writing("begin") as db:
            changed = db.execute(
                """UPDATE run SET cause = '', status = 'paused',
                since = (SELECT coalesce(max(id), 0) FROM attempt) WHERE name = ?""",
                (run,),
            )
            if not changed.rowcount:
                raise Trouble("ledger.no_such_run", Remedy.FIX_SETTINGS, {"run": run})
            events.note(self._store, run, "go", {}, who)

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
        values = {name: str(value) for name, value in cause.values.items()}
        text = json.dumps({"code": cause.code, "remedy": cause.remedy, "values": values})
        with self._store.writing("hold") as db:
            db.execute("UPDATE run SET cause = ? WHERE name = ?", (text, run))
            events.note(self._store, run, "held", {"cause": cause.code})

    def finish(self, run: str, status: RunStatus) -> None:
        """Write down how the work on a run ended."""
        with self._store.writing("finish") as db:
            db.execute("UPDATE run SET status = ? WHERE name = ?", (status, run))
            books.keep(self._store, run)
            events.note(self._store, run, "ended", {"status": status})

    # -- Care --------------------------------------------------------------------------------

    def has_amnesia(self) -> bool:
        """Whether something may have been sent that this ledger does not know of."""
        return epoch.has_amnesia(self._store)

    def vouch(self, who: str, reason: str) -> None:
        """A person says that nothing was sent which this ledger does not know."""
        epoch.vouch(self._store, who, reason)

    def chain_head(self) -> str:
        """The head of the event chain, in hexadecimal."""
        return events.head(self._store)

    def verify(self) -> None:
        """Trouble where the file is damaged or the event chain broken."""
        with closed_after(self._store.db.execute("PRAGMA integrity_check")) as found:
            sound = found.fetchone()[0] == "ok"
        if not sound or self._store.db.execute("PRAGMA foreign_key_check").fetchone():
            raise Trouble("ledger.damaged", Remedy.CALL_FOR_HELP)
        broken = events.broken_at(self._store)
        if broken:
            raise Trouble("ledger.chain_broken", Remedy.CALL_FOR_HELP, {"event": broken})
