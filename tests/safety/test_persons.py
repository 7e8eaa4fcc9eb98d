"""What persons decide, in any order and under trouble: nothing twice, nothing lost; and mutants."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from rowpost.ledger import closing, erase, parts, passing
from rowpost.model import again
from tests.safety.simulated_persons import play
from tests.safety.simulation import Player
from tests.support.figures import Figure

EVERY_DAY, LONG, PROCESSES, CHUNK = 200, 10_000, 2, 100
DEEDS = (
    "again done",
    "close done",
    "adopt done",
    "release done",
    "forget done",
    "go_on crash",
    "close crash",
)


def _play(folder: Path, first: int) -> tuple[dict[int, list[str]], Counter[str]]:
    player = Player.open(folder / f"{first}.sqlite")
    towns = {seed: play(player, seed) for seed in range(first, first + CHUNK)}
    player.ledger.verify()
    wrong = {seed: found for seed, town in towns.items() if (found := town.wrong())}
    player.ledger.close()
    return wrong, sum((town.done for town in towns.values()), Counter[str]())


def _verify(folder: Path, count: int, figure: Figure, first: int = 0) -> None:
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        played = pool.starmap(_play, [(folder, seed) for seed in range(first, first + count, CHUNK)])
    done = sum((each for _, each in played), Counter[str]())
    figure("persons decide: histories", count)
    figure("persons decide: decisions", sum(n for deed, n in done.items() if deed.endswith(" done")))
    assert all(done[deed] for deed in DEEDS), done
    wrong = {seed: found for bad, _ in played for seed, found in bad.items()}
    assert not wrong, wrong


def test_nothing_goes_wrong_whatever_persons_decide(memory_folder: Path, figure: Figure) -> None:
    _verify(memory_folder, EVERY_DAY, figure)


@pytest.mark.long
def test_many_more_decisions(memory_folder: Path, figure: Figure) -> None:
    _verify(memory_folder, LONG, figure, first=1_000_000)


Plant = Callable[[pytest.MonkeyPatch], None]


def _sends_again_what_is_not_known(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(again, "goes_again", lambda _: True)
    taking = [
        step.replace("= 'rejected'", "IN ('rejected', 'not_known', 'settling')") for step in parts._CLAIM
    ]
    patch.setattr(parts, "_CLAIM", tuple(taking))


def _gives_the_claim_of_what_is_accepted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(again, "goes_again", lambda _: True)
    patch.setattr(parts, "_CLAIM", tuple(s.replace("= 'rejected'", "IN ('accepted')") for s in parts._CLAIM))


def _passes_on_and_keeps(patch: pytest.MonkeyPatch) -> None:
    """Both runs send: the one that released, and its heir."""
    patch.setattr(passing, "_HEIRS", passing._HEIRS.replace("old.stage = 'claimed'", "old.stage = 'none'"))
    anyway = [step.replace("= 'rejected'", "IN ('rejected', 'claimed')") for step in parts._CLAIM]
    patch.setattr(parts, "_CLAIM", tuple(anyway))


def _forgets_what_is_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erase, "_SETTLED", erase._SETTLED | {"absent", "settling", "claimed", "received"})


def _closes_what_is_not_settled(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(closing, "_CLOSABLE", "stage IN ('conflict', 'absent', 'not_known', 'received')")


MUTANTS: dict[str, Plant] = {
    "sends again what is not known": _sends_again_what_is_not_known,
    "gives away the claim of what is accepted": _gives_the_claim_of_what_is_accepted,
    "passes a row on and keeps it": _passes_on_and_keeps,
    "forgets what is open": _forgets_what_is_open,
    "closes what is not settled": _closes_what_is_not_settled,
}


@pytest.mark.parametrize("guarded", [True, False], ids=["with triggers", "without"])
@pytest.mark.parametrize("mutant", MUTANTS)
def test_mutants_are_caught(
    mutant: str, guarded: bool, memory_folder: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    """With the database's triggers it refuses, without them the audit sees it."""
    player = Player.open(memory_folder / "ledger.sqlite")
    MUTANTS[mutant](monkeypatch)
    if not guarded:
        _drop_triggers(player)
    caught = _caught(player)
    figure("persons decide: mutants", 1)
    figure("persons decide: mutants caught", int(bool(caught)))
    assert caught


def _drop_triggers(player: Player) -> None:
    db = player.ledger._store.db
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")


def _caught(player: Player, histories: int = 300) -> str:
    for seed in range(histories):
        try:
            if found := play(player, seed).wrong():
                return found[0]
        except (sqlite3.IntegrityError, TypeError) as refused:  # TypeError: there is nothing left to send
            return str(refused)
    return ""
