"""Sending again under trouble: two runs of the same invoices, gone on with in any order; nothing twice."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from pathlib import Path

from rowpost.model.again import again
from rowpost.model.books import RowState
from rowpost.model.results import RunResult
from tests.safety.simulated_agency import SimulatedAgency
from tests.safety.simulation import Player
from tests.safety.world import make_run, ready, target_at
from tests.support.figures import Figure

HISTORIES, ROUNDS_IN_TROUBLE, ROUNDS_AFTERWARDS = 300, 3, 8
SETTLED = (RowState.ACCEPTED, RowState.REJECTED)
NO_MORE_HERE = ("row.passed_on", "row.already_sent")


def play(player: Player, seed: int) -> tuple[list[str], int]:
    """Trouble; what was rejected or released is sent again, mended; more trouble; good weather."""
    chance = random.Random(seed)
    player.clock.seconds = 1000.0
    numbers = [f"n{number}" for number in range(chance.randrange(2, 7))]
    rejects = frozenset(number for number in numbers if chance.random() < 0.4)
    player.crashes.chance, player.crashes.share = chance, 0.0
    faults = chance.uniform(0.1, 0.4)
    agency = SimulatedAgency(f"a{seed}", chance, player.clock, faults, rejects, player.crashes)
    target = target_at("", str(uuid.UUID(int=chance.getrandbits(128))))
    first = make_run(player.ledger, target, ready(numbers))
    for _ in range(ROUNDS_IN_TROUBLE):
        player.crashes.share = chance.choice((0.0, 0.03))
        player._round(first, agency, chance)
    player.crashes.share = 0.0
    goes = again(player.ledger.result(first), same_rows=True).sent_again
    invoices = [invoice for invoice in ready(numbers) if invoice.source_id in goes]
    agency.rejects = frozenset()  # they are mended
    runs = [first, make_run(player.ledger, target, invoices, follows=first)] if invoices else [first]
    for turn in range(ROUNDS_IN_TROUBLE + ROUNDS_AFTERWARDS):
        in_trouble = turn < ROUNDS_IN_TROUBLE
        player.crashes.share = chance.choice((0.0, 0.03)) if in_trouble else 0.0
        agency.faults = faults if in_trouble else 0.0
        for run in chance.sample(runs, len(runs)):
            player._round(run, agency, chance)
    results = [player.ledger.result(run) for run in runs]
    return wrong(results, agency.books), len(invoices)


def wrong(results: list[RunResult], books: Mapping[str, int]) -> list[str]:
    """What must never be: an invoice taken twice, said to be accepted twice, or lost between the runs."""
    found = [f"{number} taken {times} times" for number, times in books.items() if times > 1]
    said: dict[str, list[RowState]] = {}
    for row in (row for result in results for row in result.rows):
        said.setdefault(row.invoice_number, []).append(row.state)
        if row.state not in SETTLED and row.code not in NO_MORE_HERE:
            found.append(f"{row.invoice_number} is stuck: {row.state} {row.code}")
    for number, states in said.items():
        if states.count(RowState.ACCEPTED) != int(books.get(number, 0) > 0):
            found.append(f"{number}: {states}, taken {books.get(number, 0)} times")
    found += [
        f"{result.summary.run} does not balance" for result in results if not result.summary.books.balanced
    ]
    return found


def test_nothing_is_sent_twice_by_two_runs(memory_folder: Path, figure: Figure) -> None:
    player = Player.open(memory_folder / "again.sqlite")
    played = {seed: play(player, seed) for seed in range(HISTORIES)}
    player.ledger.verify()
    player.ledger.close()
    figure("sending again: histories", HISTORIES)
    figure("sending again: invoices sent again", sum(count for _, count in played.values()))
    assert sum(count for _, count in played.values()) > HISTORIES / 2
    bad = {seed: found for seed, (found, _) in played.items() if found}
    assert not bad, bad
