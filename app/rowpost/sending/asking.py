"""Asking the agency: what became of a batch, and whether it holds rows whose answer was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rowpost.model.answers import Batch, Cause
from rowpost.model.attempts import Attempt, Found, Look, RowChange, RunFacts, SentRow
from rowpost.model.outside import Clock, StopToken
from rowpost.model.settings import SendingSettings
from rowpost.model.trouble import Remedy
from rowpost.sending import compare, verdicts
from rowpost.sending.decide import window
from rowpost.sending.ports import Agency, Ledger
from rowpost.sending.watch import Watch

_CLOCKS_APART = timedelta(minutes=10)  # between this machine and the agency

NOT_ASKED_FOR = Cause("agency.odd_answer", Remedy.CALL_FOR_HELP)
FOREIGN = Cause("breaker.foreign_batch", Remedy.CALL_FOR_HELP)


@dataclass(frozen=True, slots=True)
class Answered:
    """What asking brought: rows that changed, trouble on the way, and what the run must be held for."""

    changes: tuple[RowChange, ...] = ()
    trouble: Cause | None = None
    hold: Cause | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks, and writes the answers into the ledger."""

    ledger: Ledger
    agency: Agency
    clock: Clock
    watch: Watch
    stop: StopToken
    rules: SendingSettings
    received_at: dict[int, float]  # attempt -> when its batch id came, in this process

    def batch(self, number: int, facts: RunFacts) -> Answered:
        """Ask what became of an attempt's batch."""
        attempt = self.ledger.attempt(number)
        answer = self.agency.batch(attempt.batch_id)
        now = self.clock.monotonic()
        if answer.missing:
            return self._missing(attempt, now)
        least = self._clamped(answer.retry_after)
        if answer.batch is None:
            self.watch.failed(number, facts, now, least=least)
            return Answered(trouble=answer.cause)
        self.watch.asked(number, facts, now, least=least)
        return self._judge(attempt, answer.batch, now)

    def _judge(self, attempt: Attempt, batch: Batch, now: float) -> Answered:
        reading = verdicts.read(attempt, batch)
        if reading.heard is not None:
            if reading.heard.keys() - attempt.heard.keys():
                self.ledger.hear(attempt.attempt, reading.heard)
            return Answered()
        began = self.received_at.pop(attempt.attempt, None)
        seconds = now - began if began is not None else 0.0
        changed = self.ledger.judge(attempt.attempt, reading.verdicts, seconds)
        return Answered(changed, hold=FOREIGN if reading.foreign else None)

    def _missing(self, attempt: Attempt, now: float) -> Answered:
        """Ask on for ten minutes; then what became of the rows has to be looked up."""
        if not self.watch.missing(attempt.attempt, now):
            return Answered()
        return Answered(self.ledger.judge(attempt.attempt, verdicts.all_lost(attempt)))

    def look(self, number: int, facts: RunFacts) -> Answered:
        """Look up an attempt's rows by source id; then, where some are absent, its batch."""
        attempt = self.ledger.attempt(number)
        found, cause, least = self._look_up(attempt.rows)
        absent = len(found) == len(attempt.rows) and any(look.found is Found.ABSENT for look in found)
        batch, pending = self._find_batch(attempt) if absent and not attempt.batch_id else (None, False)
        now = self.clock.monotonic()
        settled = window(self.rules, facts)
        complete = len(found) == len(attempt.rows) and not pending
        counts = complete and not self.watch.is_extra(number)
        changed = self.ledger.note_looks(
            number, found, waited=self.watch.waited(number, now), window=settled, complete=counts
        )
        if batch is not None:
            changed += self.ledger.adopt(number, batch.batch_id)
        if complete:
            self.watch.asked(number, facts, now)
        else:
            self.watch.failed(number, facts, now, least=least)
        return Answered(changed, cause)

    def first_look(self, part: int) -> Answered:
        """Look up a part's rows before they are ever sent; nothing is noted unless all were answered.

        An organisation without a single invoice answers for the whole run at once.
        """
        if self.agency.holds_nothing():
            self.ledger.note_nothing_there(part)
            return Answered()
        rows = self.ledger.rows_to_look_up(part)
        found, cause, _ = self._look_up(rows)
        if cause is not None:
            return Answered(trouble=cause, hold=cause)
        return Answered(self.ledger.note_first_looks(part, found) if len(found) == len(rows) else ())

    def _look_up(self, rows: Sequence[SentRow]) -> tuple[list[Look], Cause | None, float]:
        """Look rows up, one by one, until all are answered, one is not, or the person stops."""
        found: list[Look] = []
        for row in rows:
            if self.stop.is_set():
                break
            answer = self.agency.invoices_by_source_id(row.source_id)
            if answer.cause is not None:
                return found, answer.cause, self._clamped(answer.retry_after)
            look = compare.look(row, answer.found)
            if answer.found and look.found is Found.ABSENT:
                return found, NOT_ASKED_FOR, 0.0  # the answer is about something else
            found.append(look)
        return found, None, 0.0

    def _find_batch(self, attempt: Attempt) -> tuple[Batch | None, bool]:
        """Return the attempt's batch if it is among the latest, and whether one of them may yet be it."""
        answer = self.agency.recent_batches(attempt.intent_at - _CLOCKS_APART)
        if answer.cause is not None:
            return None, answer.cause.remedy is Remedy.TRY_LATER
        unknown = [batch for batch in answer.batches if not self.ledger.knows_batch(batch.batch_id)]
        pending = any(not batch.state.ended for batch in unknown)
        ours = [batch for batch in unknown if batch.batch_id and verdicts.is_batch_of(attempt, batch)]
        return (ours[0] if len(ours) == 1 else None), pending

    def _clamped(self, seconds: float | None) -> float:
        return min(max(seconds, 1.0), self.rules.retry_after_max_seconds) if seconds is not None else 0.0
