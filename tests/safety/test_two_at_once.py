"""Eight processes contest a thousand claims over one ledger: each claim has exactly one winner."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path

from rowpost.model.attempts import NewPart
from tests.safety.world import make_run, open_ledger, ready, sending_rules, target_at
from tests.support.figures import Figure

PROCESSES, CLAIMS, PART = 8, 1_000, 20


def contest(path: Path, seed: int, start: Barrier) -> list[str]:
    """Try to claim everything, in an order of one's own; return the source ids that were won."""
    numbers = [str(number) for number in range(CLAIMS)]
    random.Random(seed).shuffle(numbers)
    with open_ledger(path) as ledger:
        run = make_run(ledger, target_at("http://127.0.0.1:1"), ready(numbers))
        rows = [row.row for row in ledger.loose(run)]
        ledger.cut(run, [NewPart(tuple(rows[place : place + PART])) for place in range(0, CLAIMS, PART)])
        start.wait()
        won: list[str] = []
        while (part := ledger.facts(run, sending_rules().breaker_rows).ahead) is not None:
            attempt, _ = ledger.intend(part.part)
            won += [row.source_id for row in attempt.rows] if attempt else []
    return won


def test_every_claim_has_exactly_one_winner(memory_folder: Path, figure: Figure) -> None:
    path = memory_folder / "ledger.sqlite"
    with open_ledger(path):
        pass
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(PROCESSES) as pool:
        start = manager.Barrier(PROCESSES)
        won = pool.starmap(contest, [(path, seed, start) for seed in range(PROCESSES)])
    winners = Counter(source for each in won for source in each)
    figure("two at once: processes, claims, winners of a claim (most, least)",
           f"{PROCESSES}, {CLAIMS}, {max(winners.values())}, {min(winners.values())}")  # fmt: skip
    assert len(winners) == CLAIMS
    assert set(winners.values()) == {1}
    assert sum(bool(each) for each in won) > 1, "nobody contested anything"
