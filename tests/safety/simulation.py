"""Histories in virtual time: the real decision, loop and ledger against an agency that fails by chance.

A history is its seed: `PYTHONPATH=app python -m tests.safety.simulation SEED` plays it and tells it.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from rowpost.ledger import Ledger
from rowpost.model.books import RowState
from rowpost.model.results import RunResult, RunStatus
from rowpost.model.settings import SendingSettings
from rowpost.model.trouble import Trouble
from rowpost.sending import loop
from tests.safety.simulated_agency import SimulatedAgency, VirtualClock
from tests.safety.world import carry_on, make_run, open_ledger, ready, sending_rules, target_at

ROUNDS_IN_TROUBLE, ROUNDS_AFTERWARDS = 3, 6
RULES = sending_rules(part_size=2, breaker_percent=100, refused_percent_max=100)


class Crash(BaseException):
    """The process dies here."""


@dataclass(slots=True)
class Crashes:
    """Dies by chance at a boundary: a durable write or a question."""

    chance: random.Random
    share: float = 0.0

    def __call__(self, _: str) -> None:
        if self.share and self.chance.random() < self.share:
            raise Crash


@dataclass(frozen=True, slots=True)
class History:
    """How a history ended, and what happened on the way. `wrong` is empty if all is well."""

    seed: int
    trace: tuple[str, ...]
    wrong: tuple[str, ...]
    crashes: int


@dataclass(slots=True)
class Player:
    """Plays histories one after another over one ledger."""

    ledger: Ledger
    clock: VirtualClock
    crashes: Crashes
    rules: SendingSettings

    @classmethod
    def open(cls, path: Path, rules: SendingSettings = RULES) -> Player:
        """Open a ledger to play over."""
        loop._NAP = math.inf  # in virtual time nobody presses Pause
        clock, crashes = VirtualClock(), Crashes(random.Random())
        ledger = open_ledger(path, clock, boundary=crashes)
        ledger._store.db.execute("PRAGMA locking_mode = EXCLUSIVE")  # nobody else: half the time
        return cls(ledger, clock, crashes, rules)

    def play(self, seed: int) -> History:
        """Play one history: trouble, people who release, and then good weather until nothing is open."""
        chance = random.Random(seed)
        self.clock.seconds = 1000.0
        numbers = [f"n{number}" for number in range(chance.randrange(1, 7))]
        rejects = frozenset(number for number in numbers if chance.random() < 0.15)
        self.crashes.chance, self.crashes.share = chance, 0.0
        agency = SimulatedAgency(
            f"b{seed}", chance, self.clock, chance.uniform(0.05, 0.3), rejects, self.crashes
        )
        organization = str(uuid.UUID(int=chance.getrandbits(128)))
        run = make_run(self.ledger, target_at("", organization), ready(numbers))
        died = 0
        for turn in range(ROUNDS_IN_TROUBLE + ROUNDS_AFTERWARDS):
            in_trouble = turn < ROUNDS_IN_TROUBLE
            self.crashes.share = chance.choice((0.0, 0.02, 0.05)) if in_trouble else 0.0
            agency.faults = agency.faults if in_trouble else 0.0
            ended = self._round(run, agency, chance)
            died += ended is None
            if ended is RunStatus.DONE:
                break
        result = self.ledger.result(run)
        agency.trace += [f"{row.invoice_number} {row.state} {row.code}" for row in result.rows]
        return History(seed, tuple(agency.trace), tuple(_wrong(result, agency)), died)

    def _round(self, run: str, agency: SimulatedAgency, chance: random.Random) -> RunStatus | None:
        """Send until nothing more can be done, then a person may release; None if the process dies."""
        try:
            status = carry_on(run, self.ledger, agency, self.rules, self.clock, chance.getrandbits(32))
        except Crash:
            agency.trace.append(f"{self.clock.seconds:.1f} crash")
            return None
        agency.trace.append(f"{self.clock.seconds:.1f} ended {status}")
        self.crashes.share = 0.0
        self.clock.seconds += chance.choice((1.0, 10_000.0))
        self._release(run, agency, chance)
        return status

    def _release(self, run: str, agency: SimulatedAgency, chance: random.Random) -> None:
        """A person lets rows be sent again that are settled as absent, without looking any further."""
        if agency.faults and chance.random() < 0.5:
            return
        try:
            count = self.ledger.release(run, None, "looked", "tester")
            agency.trace.append(f"{self.clock.seconds:.1f} released {count}")
        except Trouble as trouble:
            if not trouble.code.startswith("release."):
                raise


def _wrong(result: RunResult, agency: SimulatedAgency) -> list[str]:
    """Tell what must never be: doubled, lying, stuck, unbalanced."""
    wrong = [f"{number} doubled" for number, times in agency.books.items() if times > 1]
    for row in result.rows:
        taken = agency.books[row.invoice_number] > 0
        if (row.state is RowState.ACCEPTED) != taken:
            wrong.append(f"{row.invoice_number}: {row.state} {row.code}, taken: {taken}")
        if row.state not in (RowState.ACCEPTED, RowState.REJECTED):
            wrong.append(f"{row.invoice_number} stuck: {row.state} {row.code}")
    if not result.summary.books.balanced:
        wrong.append("books")
    return wrong


def main() -> None:
    """Play the histories whose seeds are given, and tell them."""
    with tempfile.TemporaryDirectory() as folder:
        player = Player.open(Path(folder) / "ledger.sqlite")
        for seed in sys.argv[1:]:
            history = player.play(int(seed))
            sys.stdout.write("\n".join([*history.trace, f"wrong: {history.wrong}", ""]))
        player.ledger.close()


if __name__ == "__main__":
    main()
