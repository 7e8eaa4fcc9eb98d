"""Seeded histories in virtual time: nothing doubled, nothing lost, no verdict that lies, nothing stuck."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from tests.safety.simulation import RULES, History, Player
from tests.safety.world import sending_rules
from tests.support.figures import Figure

BOUNDED, LONG, PROCESSES, CHUNK = 10_000, 60_000, 2, 500


def _play(folder: Path, first: int) -> tuple[list[History], int]:
    """Play `CHUNK` histories over one ledger; return those that went wrong, and how often it crashed."""
    player = Player.open(folder / f"{first}.sqlite")
    histories = [player.play(seed) for seed in range(first, first + CHUNK)]
    player.ledger.verify()
    player.ledger.close()
    return [each for each in histories if each.wrong], sum(each.crashes for each in histories)


def _verify(folder: Path, count: int, figure: Figure, first: int = 0) -> None:
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        played = pool.starmap(_play, [(folder, seed) for seed in range(first, first + count, CHUNK)])
    rate = count / (time.perf_counter() - started)
    wrong = [history for found, _ in played for history in found]
    figure("simulation: histories", count)
    figure("simulation: crashes in them", sum(crashes for _, crashes in played))
    figure("simulation: histories a second", round(rate))
    figure("simulation: histories that went wrong", len(wrong))
    assert not wrong, "\n".join([f"seed {wrong[0].seed}", *wrong[0].trace, *wrong[0].wrong])


def test_histories(memory_folder: Path, figure: Figure) -> None:
    _verify(memory_folder, BOUNDED, figure)


@pytest.mark.long
def test_many_more_histories(memory_folder: Path, figure: Figure) -> None:
    _verify(memory_folder, LONG, figure, first=1_000_000)


def test_a_seed_replays_identically(tmp_path: Path) -> None:
    told = []
    for name, before in (("one", ()), ("two", (5, 6, 7))):
        player = Player.open(tmp_path / name)
        for seed in before:
            player.play(seed)
        told.append([player.play(seed) for seed in (35, 81)])
        player.ledger.close()
    assert told[0] == told[1]


def test_the_simulation_sees_a_settling_time_that_is_too_short(memory_folder: Path) -> None:
    player = Player.open(memory_folder / "ledger", sending_rules(part_size=2, settle_seconds=60))
    assert any(word.endswith("doubled") for seed in range(400) for word in player.play(seed).wrong)
    player.ledger.close()
    assert RULES.settle_seconds >= 3600
