"""Histories in which persons decide: sent again, released, closed, adopted, forgotten, in any order.

Run after run of the same invoices over one ledger, under faults and crashes. A history is its seed:
`PYTHONPATH=app python -m tests.safety.simulated_persons SEED` plays it and tells it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from rowpost.model.again import again
from rowpost.model.answers import Batch, BatchAnswer, BatchState, Word
from rowpost.model.books import RowState
from rowpost.model.results import RowResult, RunStatus
from rowpost.model.targets import Target
from rowpost.model.trouble import Trouble
from rowpost.sending import adopt
from tests.safety.simulated_agency import EPOCH, SimulatedAgency
from tests.safety.simulation import Crash, Player
from tests.safety.world import Switch, carry_on, make_run, ready, target_at

TURNS, ROUNDS_AFTERWARDS, MOST_RUNS = 14, 9, 4
OVER = (RowState.ACCEPTED, RowState.REJECTED, RowState.NOT_FIT, RowState.LEFT_OUT)
EXPECTED = ("release.", "close.", "followup.", "ledger.run_is_open", "ledger.run_waits")


@dataclass(slots=True)
class MoodyAgency(SimulatedAgency):
    """An agency that sometimes contradicts itself, and where others send the same invoice numbers."""

    strangers: dict[str, Batch] = field(default_factory=dict)

    def batch(self, batch_id: str) -> BatchAnswer:
        """What became of a batch; sometimes it says both of a row, or it is somebody else's."""
        if batch_id in self.strangers:
            return BatchAnswer(self.strangers[batch_id])
        answer = SimulatedAgency.batch(self, batch_id)
        batch = answer.batch
        if batch is None or not batch.words or not self._goes_wrong():
            return answer
        both = (*batch.words, Word(not batch.words[0].accepted, batch.words[0].invoice_number, raw="both"))
        return BatchAnswer(Batch(batch_id, batch.state, both, created_at=batch.created_at))

    def send_as_a_stranger(self, numbers: Sequence[str]) -> None:
        """Somebody else's batch: our invoice numbers, none of our source ids."""
        words = tuple(Word(self.chance.random() < 0.5, number, raw="theirs") for number in numbers)
        made = EPOCH + timedelta(seconds=self.clock.seconds)
        number = f"stranger-{len(self.strangers)}"
        self.strangers[number] = Batch(number, BatchState.PARTIAL, words, created_at=made)

    def batches(self) -> list[str]:
        """The id of every batch there is, the strangers' too."""
        return [*self._batches, *self.strangers]


@dataclass(slots=True)
class Town:
    """One history: the agency, the runs of the same invoices, and the persons who decide."""

    player: Player
    chance: random.Random
    agency: MoodyAgency
    target: Target
    numbers: Sequence[str]
    runs: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    @classmethod
    def found(cls, player: Player, seed: int) -> Town:
        """Begin a history."""
        chance = random.Random(seed)
        player.clock.seconds = 1000.0
        player.crashes.chance, player.crashes.share = chance, 0.0
        numbers = [f"n{number}" for number in range(chance.randrange(2, 6))]
        rejects = frozenset(number for number in numbers if chance.random() < 0.3)
        faults = chance.uniform(0.1, 0.5)
        agency = MoodyAgency(f"p{seed}", chance, player.clock, faults, rejects, player.crashes)
        town = cls(
            player, chance, agency, target_at("", str(uuid.UUID(int=chance.getrandbits(128)))), numbers
        )
        town.runs.append(make_run(player.ledger, town.target, ready(numbers)))
        return town

    def live(self) -> None:
        """Trouble, with everything that persons may do; then good weather until nothing is open."""
        deeds: list[Callable[[str], None]] = [self.go_on] * 5 + [self.release, self.close, self.adopt] * 2
        deeds += [self.again, self.again, self.forget, self.mend, self.stranger]
        faults = self.agency.faults
        for _ in range(TURNS):
            self.agency.faults = faults
            self.decide(self.chance.choice(deeds))
            self.player.clock.seconds += self.chance.choice((1.0, 300.0, 10_000.0))
        self.agency.faults = 0.0
        for turn in range(ROUNDS_AFTERWARDS):
            for deed in (self.go_on, self.release, self.close, *([self.adopt] if turn < 2 else [])):
                for run in self.chance.sample(self.runs, len(self.runs)):
                    self.decide(deed, run)
            self.player.clock.seconds += 10_000.0
        for run in self.runs:
            self.decide(self.go_on, run)  # what was released last

    def decide(self, deed: Callable[[str], None], run: str = "") -> None:
        """Do something with a run; a Trouble that is told to the person is no harm, nor is a crash."""
        run = run or self.chance.choice(self.runs)
        self.player.crashes.share = self.chance.choice((0.0, 0.0, 0.05)) if self.agency.faults else 0.0
        told = "done"
        try:
            deed(run)
        except Crash:
            told = "crash"
        except Trouble as trouble:
            if not trouble.code.startswith(EXPECTED):
                raise
            told = trouble.code
        self.done[f"{deed.__name__} {told}"] += 1
        self.agency.trace.append(
            f"{self.player.clock.seconds:.1f} {deed.__name__} {self.runs.index(run)}: {told}"
        )
        self.player.crashes.share = 0.0

    def go_on(self, run: str) -> None:
        """Send what waits and ask what is open."""
        player = self.player
        carry_on(run, player.ledger, self.agency, player.rules, player.clock, self.chance.getrandbits(32))

    def release(self, run: str) -> None:
        """Release all that may be, or one invoice, also one that a person has closed."""
        rows = None if self.chance.random() < 0.5 else [self._row(run).rows[0]]
        self.player.ledger.release(run, rows, "looked", "tester")

    def close(self, run: str) -> None:
        """Close an invoice as it truly is at the agency."""
        rows = [row for row in self._rows(run) if row.state is RowState.NOT_KNOWN]
        row = self.chance.choice(rows) if rows else self._row(run)
        there = self.agency.books[row.invoice_number] > 0
        self.player.ledger.close_row(run, row.rows[0], there=there, reason="called", who="tester")

    def adopt(self, run: str) -> None:
        """Tie a batch to a run, whoever's it is."""
        batch = self.chance.choice([*self.agency.batches(), ""])
        found = self.agency.batch(batch).batch if batch else None
        if found is not None:
            adopt(run, found, self.player.ledger, self.agency, stop=Switch(), who="tester")

    def again(self, run: str) -> None:
        """Send what was rejected or released once more, in a run that follows."""
        if len(self.runs) < MOST_RUNS:
            goes = again(self.player.ledger.result(run), same_rows=True).sent_again
            invoices = [each for each in ready(self.numbers) if each.source_id in goes]
            if invoices:
                self.runs.append(make_run(self.player.ledger, self.target, invoices, follows=run))

    def forget(self, run: str) -> None:
        """Erase a run's personal data."""
        self.player.ledger.erase(run, "tester", give_up_waiting=self.chance.random() < 0.5)

    def mend(self, _: str) -> None:
        """Mend what was rejected."""
        self.agency.rejects = frozenset()

    def stranger(self, _: str) -> None:
        """Somebody else sends the same invoice numbers."""
        self.agency.send_as_a_stranger(self.numbers)

    def _rows(self, run: str) -> list[RowResult]:
        return list(self.player.ledger.rows(run))

    def _row(self, run: str) -> RowResult:
        return self.chance.choice(self._rows(run))

    def wrong(self) -> list[str]:
        """What must never be: taken twice, accepted twice, a verdict that lies, something stuck or lost."""
        books, said, found = self.agency.books, dict[str, list[RowState]](), list[str]()
        for place, run in enumerate(self.runs):
            result = self.player.ledger.result(run)
            for row in result.rows:
                said.setdefault(row.invoice_number, []).append(row.state)
                self.agency.trace.append(f"{place} {row.invoice_number} {row.state} {row.code}")
                if row.state not in OVER:
                    found.append(f"{row.invoice_number} is stuck in {place}: {row.state} {row.code}")
            if not result.summary.books.balanced or result.summary.status is not RunStatus.DONE:
                found.append(f"{place} balances: {result.summary.books.balanced}, {result.summary.status}")
        found += [f"{number} taken {times} times" for number, times in books.items() if times > 1]
        return found + [
            f"{number}: {states}, taken {books[number]} times"
            for number, states in said.items()
            if states.count(RowState.ACCEPTED) != int(books[number] > 0)
        ]


def play(player: Player, seed: int) -> Town:
    """Play one history."""
    town = Town.found(player, seed)
    town.live()
    return town


def main() -> None:
    """Play the histories whose seeds are given, and tell them."""
    with tempfile.TemporaryDirectory() as folder:
        player = Player.open(Path(folder) / "ledger.sqlite")
        for seed in sys.argv[1:]:
            town = play(player, int(seed))
            wrong = town.wrong()
            sys.stdout.write("\n".join([*town.agency.trace, f"wrong: {wrong}", ""]))
        player.ledger.close()


if __name__ == "__main__":
    main()
