"""Adopting a batch by its id: a person says that it belongs to a run, and only proof settles a row.

A row that the batch accepted is settled where a look-up by its own key finds an invoice with the
content that we would send or have sent, under the id that the batch names. A row that the batch
rejected is not held by the agency, so nothing of its content can be compared: it is settled only
where the batch speaks of exactly the rows of one lost attempt, after that attempt began, and an
accepted row of the same attempt is proved. A row that waits while the agency holds something else
under its key is held for a person, as it is before a first POST. All else is told and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from rowpost.model.answers import Batch, Word
from rowpost.model.attempts import Attempt, Found, Look, RowChange, SentRow
from rowpost.model.outside import StopToken
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.trouble import Remedy, Stopped, Trouble
from rowpost.sending import compare, ports, verdicts
from rowpost.sending.decide import status_of
from rowpost.sending.match import Match

_CLOCKS_APART = timedelta(minutes=10)  # between this machine and the agency


class Fate(StrEnum):
    """What became of one word of an adopted batch."""

    ACCEPTED = "accepted"  # settled: the agency holds it, with our content
    REJECTED = "rejected"  # settled: rejected in our own lost attempt
    HELD = "held"  # it waited; the agency holds something else under its key: a person
    DIFFERENT = "different"  # the agency holds something else under the row's key
    MISSING = "missing"  # the batch accepted it, but a look-up does not find that invoice
    UNPROVEN = "unproven"  # rejected, and nothing proves that it was this row
    CONTRADICTION = "contradiction"  # the batch says both
    NO_ANSWER = "no_answer"  # the look-up brought no answer
    DECIDED = "decided"  # the run has a verdict of its own for this row
    FOREIGN = "foreign"  # no row of this run


SETTLED = frozenset({Fate.ACCEPTED, Fate.REJECTED})


@dataclass(frozen=True, slots=True)
class AdoptedRow:
    """One invoice of the batch: which row of the run it is (`rows` are the workbook's), what became of it."""

    invoice_number: str
    source_id: str
    fate: Fate
    rows: tuple[int, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting a batch came to."""

    run: str
    batch_id: str
    rows: tuple[AdoptedRow, ...]

    @property
    def settled(self) -> int:
        """How many invoices have a verdict now that had none before."""
        return sum(row.fate in SETTLED for row in self.rows)


class Ledger(ports.Ledger, Protocol):
    """The memory: what sending needs of it, and what a person who looks afterwards does."""

    def result(self, run: str) -> RunResult:
        """A run with all its rows."""
        ...

    def run_of_batch(self, batch_id: str) -> str:
        """The run that a batch of ours belongs to, '' for none."""
        ...

    def open_attempts(self, run: str) -> Sequence[Attempt]:
        """The attempts of a run whose answer was lost, each with its rows that are not settled."""
        ...

    def waiting_rows(self, run: str) -> Sequence[SentRow]:
        """The rows of a run that would be sent next."""
        ...

    def note_found(self, attempt: int, found: Sequence[Look]) -> tuple[RowChange, ...]:
        """Accept rows of a lost attempt that a look found equal."""
        ...

    def set_apart(self, run: str, rows: Sequence[int]) -> int:
        """Put waiting rows into a part of their own; return the part."""
        ...

    def note_adopted(self, run: str, batch_id: str, rows: int, who: str) -> None:
        """Write down that a person tied a batch to a run, and how many rows it settled."""
        ...


def adopt(
    run: str, batch: Batch, ledger: Ledger, agency: ports.Agency, *, stop: StopToken, who: str
) -> Adoption:
    """Settle the open rows of a run that the batch proves. Stopped: nothing was settled.

    Trouble where the batch is under way, is known to belong to a run already, or the run has no
    row that is open.
    """
    if not batch.state.ended:
        raise Trouble("followup.batch_under_way", Remedy.TRY_LATER, {"batch": batch.batch_id})
    if owner := ledger.run_of_batch(batch.batch_id):
        values = {"batch": batch.batch_id, "run": owner}
        raise Trouble("followup.batch_known", Remedy.FIX_SETTINGS, values)
    attempts, waiting = ledger.open_attempts(run), ledger.waiting_rows(run)
    if not (attempts or waiting):
        raise Trouble("followup.nothing_open", Remedy.FIX_SETTINGS, {"run": run})
    work = _Adopting(run, batch, ledger, agency, stop)
    work.look(attempts, waiting)
    work.settle(attempts, waiting)
    found = work.report(attempts, waiting)
    ledger.note_adopted(run, batch.batch_id, found.settled, who)
    ledger.finish(run, status_of(ledger.facts(run, 0), RunStatus.PAUSED))
    return found


class _Adopting:
    """One adoption under way: first every question, then everything that is written."""

    def __init__(self, run: str, batch: Batch, ledger: Ledger, agency: ports.Agency, stop: StopToken) -> None:
        self._run = run
        self._batch = batch
        self._ledger = ledger
        self._agency = agency
        self._stop = stop
        # a place in a request says nothing where the request may be somebody else's
        self._words = [word for word in batch.words if word.invoice_number or word.source_id]
        self._looks: dict[int, Look] = {}
        self._fates: dict[int, Fate] = {}  # by the row's number in the ledger

    def look(self, attempts: Sequence[Attempt], waiting: Sequence[SentRow]) -> None:
        """Look every row up that the batch names, and say what is proved."""
        for rows in (*(attempt.rows for attempt in attempts), waiting):
            said = self._said_of(rows)
            for row in rows:
                if row.row in said:
                    self._fates[row.row] = self._fate(row, said[row.row])

    def _said_of(self, rows: Sequence[SentRow]) -> dict[int, list[Word]]:
        match = Match(rows)
        said: dict[int, list[Word]] = {}
        for word in self._words:
            row = match.row(word)
            if row is not None:
                said.setdefault(row, []).append(word)
        return said

    def _fate(self, row: SentRow, words: Sequence[Word]) -> Fate:
        if len({word.accepted for word in words}) > 1:
            return Fate.CONTRADICTION
        if not words[0].accepted:
            return Fate.UNPROVEN
        if self._stop.is_set():
            raise Stopped
        answer = self._agency.invoices_by_source_id(row.source_id)
        if answer.cause is not None:
            return Fate.NO_ANSWER
        look = self._looks[row.row] = compare.look(row, answer.found)
        if look.found is Found.ABSENT or any(w.invoice_id not in ("", look.invoice_id) for w in words):
            return Fate.MISSING
        return Fate.ACCEPTED if look.found is Found.EQUAL else Fate.DIFFERENT

    def settle(self, attempts: Sequence[Attempt], waiting: Sequence[SentRow]) -> None:
        """Write down what is proved."""
        for attempt in attempts:
            if self._is_ours(attempt):
                self._take_over(attempt)
            elif proved := self._proved(attempt.rows):
                self._ledger.note_found(attempt.attempt, proved)
        self._settle_waiting(waiting)

    def _settle_waiting(self, waiting: Sequence[SentRow]) -> None:
        """What the agency holds under the key of a row that waits is not sent to it once more."""
        there = [look for row in waiting if (look := self._found(row.row)) is not None]
        if not there:
            return
        part = self._ledger.set_apart(self._run, [look.row for look in there])
        claimed = {row.row for row in self._ledger.rows_to_look_up(part)}
        self._ledger.note_first_looks(part, [look for look in there if look.row in claimed])
        for look in there:
            fate = Fate.ACCEPTED if look.found is Found.EQUAL else Fate.HELD
            self._fates[look.row] = fate if look.row in claimed else Fate.DECIDED  # another run has it

    def _found(self, row: int) -> Look | None:
        look = self._looks.get(row)
        return None if look is None or look.found is Found.ABSENT else look

    def _proved(self, rows: Sequence[SentRow]) -> list[Look]:
        return [self._looks[row.row] for row in rows if self._fates.get(row.row) is Fate.ACCEPTED]

    def _is_ours(self, attempt: Attempt) -> bool:
        """Whether the batch is the lost answer to this very attempt; see above."""
        fates = {self._fates.get(row.row) for row in attempt.rows}
        made = self._batch.created_at
        return (
            made is not None
            and made >= attempt.intent_at - _CLOCKS_APART
            and verdicts.is_batch_of(attempt, self._batch)
            and Fate.ACCEPTED in fates
            and fates <= {Fate.ACCEPTED, Fate.UNPROVEN}
        )

    def _take_over(self, attempt: Attempt) -> None:
        """The answer was lost, the batch is found: its verdicts count, as if it had been polled."""
        self._ledger.adopt(attempt.attempt, self._batch.batch_id)
        said = verdicts.read(self._ledger.attempt(attempt.attempt), self._batch).verdicts
        self._ledger.judge(attempt.attempt, said)
        for row in attempt.rows:
            if self._fates[row.row] is Fate.UNPROVEN and not row.earlier_open:
                self._fates[row.row] = Fate.REJECTED

    def report(self, attempts: Sequence[Attempt], waiting: Sequence[SentRow]) -> Adoption:
        """Tell what became of every word of the batch."""
        open_rows = [row for attempt in attempts for row in attempt.rows] + list(waiting)
        result = self._ledger.result(self._run)
        by_position = {row.position: row for row in open_rows}
        told: list[AdoptedRow] = []
        spoken_of: set[int] = set()
        for position, entry in enumerate(result.rows):
            words = [word for word in self._words if _names(word, entry.invoice_number, entry.source_id)]
            row = by_position.get(position)
            fate = self._fates.get(row.row) if row else Fate.DECIDED
            if words and fate is not None:
                spoken_of |= {id(word) for word in words}
                raw = "; ".join(dict.fromkeys(word.raw for word in words if word.raw))
                told.append(AdoptedRow(entry.invoice_number, entry.source_id, fate, entry.rows, raw))
        told += _foreign(word for word in self._words if id(word) not in spoken_of)
        return Adoption(self._run, self._batch.batch_id, tuple(told))


def _names(word: Word, invoice_number: str, source_id: str) -> bool:
    if word.source_id:
        return word.source_id == source_id
    return word.invoice_number == invoice_number


def _foreign(words: Iterable[Word]) -> list[AdoptedRow]:
    return [AdoptedRow(w.invoice_number, w.source_id, Fate.FOREIGN, raw=w.raw) for w in words]
