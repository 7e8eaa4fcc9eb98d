"""An agency in virtual time, and a network before it that loses, delays and spoils by chance."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from rowpost.model.answers import (
    Batch,
    BatchAnswer,
    BatchesAnswer,
    BatchState,
    Cause,
    InvoiceFacts,
    LookAnswer,
    PostAnswer,
    Word,
)
from rowpost.model.trouble import Remedy

NO_ANSWER = Cause("network.no_answer", Remedy.TRY_LATER)
REFUSED_CONNECTION = Cause("network.refused", Remedy.TRY_LATER)
UNWELL = Cause("agency.unwell", Remedy.TRY_LATER, {"status": 500})
LONGEST_DELAY = 900.0  # seconds that a request may be on its way, as the settling time assumes
LONGEST_QUEUE = 600.0
EPOCH = datetime(2026, 3, 1, tzinfo=UTC)
REFUSALS = (401, 413, 422, 429)


class VirtualClock:
    """Time that passes only when somebody waits for it; everything due happens on the way."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float, stop: object) -> bool:
        self.seconds += max(seconds, 0.001)
        return False


@dataclass(slots=True)
class _Taken:
    """A part that has arrived."""

    batch_id: str
    created: float
    ready: float
    numbers: tuple[str, ...]
    rejected: frozenset[str]


@dataclass(slots=True)
class SimulatedAgency:
    """Takes parts, answers questions. `faults` is the share of calls that go wrong; 0 once all is well."""

    name: str
    chance: random.Random
    clock: VirtualClock
    faults: float
    rejects: frozenset[str]
    boundary: Callable[[str], None]
    trace: list[str] = field(default_factory=list)
    books: Counter[str] = field(default_factory=Counter)
    _under_way: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    _batches: dict[str, _Taken] = field(default_factory=dict)

    def close(self) -> None:
        """Nothing is open."""

    def post_invoices(self, body: bytes, uid: str) -> PostAnswer:
        """A POST: taken or not, answered or not."""
        numbers = tuple(each["invoiceNumber"] for each in json.loads(body)["invoices"])
        self.boundary("before POST")
        answer = self._post(numbers)
        cause = answer.cause.code if answer.cause else ""
        self.trace.append(f"{self.clock.seconds:.1f} POST {','.join(numbers)} -> {answer.status} {cause}")
        self.boundary("after POST")
        return answer

    def _post(self, numbers: tuple[str, ...]) -> PostAnswer:
        if not self._goes_wrong():
            return PostAnswer(202, batch_id=self._arrive(numbers))
        kinds = (self._never_sent, self._lost, self._late, self._unwell, self._unreadable, self._refused)
        return self.chance.choice(kinds)(numbers)

    def _never_sent(self, _: tuple[str, ...]) -> PostAnswer:
        return PostAnswer(0, REFUSED_CONNECTION, never_sent=True)

    def _lost(self, numbers: tuple[str, ...]) -> PostAnswer:
        if self.chance.random() < 0.5:
            self._arrive(numbers)
        return PostAnswer(0, NO_ANSWER)

    def _late(self, numbers: tuple[str, ...]) -> PostAnswer:
        self._under_way.append((self.clock.seconds + self.chance.uniform(0, LONGEST_DELAY), numbers))
        return PostAnswer(0, NO_ANSWER)

    def _unreadable(self, numbers: tuple[str, ...]) -> PostAnswer:
        self._arrive(numbers)
        return PostAnswer(202)

    def _refused(self, numbers: tuple[str, ...]) -> PostAnswer:
        if self.chance.random() < 0.3:
            return PostAnswer(422, words=(Word(False, self.chance.choice(numbers), raw="no"),), raw="no")
        status = self.chance.choice(REFUSALS)
        return PostAnswer(status, retry_after=self.chance.choice((None, 30.0)), raw="no")

    def _unwell(self, numbers: tuple[str, ...]) -> PostAnswer:
        if self.chance.random() < 0.5:
            self._arrive(numbers)
        return PostAnswer(self.chance.choice((408, 409, 500, 502, 503, 504)))

    def _goes_wrong(self) -> bool:
        self._let_arrive()
        return self.chance.random() < self.faults

    def _let_arrive(self) -> None:
        due = [entry for entry in self._under_way if entry[0] <= self.clock.seconds]
        for entry in due:
            self._under_way.remove(entry)
            self._arrive(entry[1], entry[0])

    def _arrive(self, numbers: tuple[str, ...], at: float | None = None) -> str:
        created = self.clock.seconds if at is None else at
        taken = _Taken(
            f"{self.name}-{len(self._batches)}",
            created,
            created + self.chance.choice((0.0, 5.0, self.chance.uniform(0, LONGEST_QUEUE))),
            numbers,
            self.rejects,
        )
        self._batches[taken.batch_id] = taken
        self.books.update(number for number in numbers if number not in self.rejects)
        self.trace.append(f"{created:.1f} took {','.join(numbers)}")
        return taken.batch_id

    def batch(self, batch_id: str) -> BatchAnswer:
        """What became of a batch; sometimes with rows missing or repeated."""
        self.boundary("before GET")
        if self._goes_wrong():
            return self.chance.choice(
                (BatchAnswer(cause=NO_ANSWER), BatchAnswer(cause=UNWELL), BatchAnswer(missing=True))
            )
        batch = self._shown(self._batches[batch_id])
        if batch.words and self._goes_wrong():
            words = batch.words[1:] if self.chance.random() < 0.5 else (*batch.words, batch.words[0])
            batch = Batch(batch.batch_id, batch.state, words, created_at=batch.created_at)
        return BatchAnswer(batch)

    def _shown(self, taken: _Taken) -> Batch:
        at = EPOCH + timedelta(seconds=taken.created)
        if self.clock.seconds < taken.ready:
            return Batch(taken.batch_id, BatchState.OPEN, created_at=at)
        words = tuple(Word(number not in taken.rejected, number, raw="no") for number in taken.numbers)
        failed = sum(not word.accepted for word in words)
        state = (
            BatchState.FAILED
            if failed == len(words)
            else BatchState.PARTIAL
            if failed
            else BatchState.SUCCESS
        )
        return Batch(taken.batch_id, state, words, created_at=at)

    def invoices_by_source_id(self, source_id: str) -> LookAnswer:
        """The invoices with a source id, once their batch is done."""
        self.boundary("before GET")
        if self._goes_wrong():
            return LookAnswer(cause=self.chance.choice((NO_ANSWER, UNWELL)))
        number = source_id.removeprefix("source-")
        return LookAnswer(tuple(self._held(number)))

    def _held(self, number: str) -> Sequence[InvoiceFacts]:
        return [
            InvoiceFacts(
                f"{taken.batch_id}-{number}", number, f"source-{number}", original_amount=Decimal("1250.5")
            )
            for taken in self._batches.values()
            if number in taken.numbers and number not in taken.rejected and self.clock.seconds >= taken.ready
        ]

    def holds_nothing(self) -> bool:
        """Whether nothing has arrived, as far as the agency knows."""
        self._let_arrive()
        return not self._batches

    def recent_batches(self, since: datetime) -> BatchesAnswer:
        """The batches since then, the newest first."""
        self.boundary("before GET")
        if self._goes_wrong():
            return BatchesAnswer(cause=self.chance.choice((NO_ANSWER, UNWELL)))
        shown = [self._shown(taken) for taken in self._batches.values()]
        return BatchesAnswer(
            tuple(each for each in reversed(shown) if each.created_at and each.created_at >= since)
        )
