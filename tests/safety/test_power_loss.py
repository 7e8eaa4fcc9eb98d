"""The power is cut: no commit that had returned may be missing, whatever the disk lost or tore."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from rowpost.ledger import store
from rowpost.model.attempts import Conclusion, NewPart, Outcome, RowVerdict, Stage
from tests.safety.power import Disk, write_out
from tests.safety.recording_vfs import Operation, recording
from tests.safety.world import make_run, open_ledger, ready, sending_rules, target_at
from tests.support.figures import Figure

BOUNDED, LONG = 800, 12_000
FILE = "ledger.sqlite"
PYTHONS_OWN = (("journal_mode", "DELETE", "delete"), ("synchronous", "FULL", 2))


def _contents(path: Path) -> str:
    """All that a ledger holds, as text; '' for a file without tables. sqlite3.Error if it is damaged."""
    with closing(sqlite3.connect(path)) as db:
        (sound,) = db.execute("PRAGMA integrity_check").fetchone()
        assert sound == "ok"
        return "\n".join(db.iterdump())


def _work(folder: Path, promise: object) -> None:
    """A run of three parts, with a verdict for each; every returned commit is a promise."""

    def boundary(what: str) -> None:
        if what.startswith("after commit"):
            promise(_contents(folder / FILE))  # type: ignore[operator] # a callable, see the caller

    with open_ledger(folder / FILE, boundary=boundary) as ledger:
        run = make_run(ledger, target_at("http://127.0.0.1:1"), ready("abcdef"))
        rows = [row.row for row in ledger.loose(run)]
        ledger.cut(run, [NewPart(tuple(rows[place : place + 2])) for place in (0, 2, 4)])
        while (part := ledger.facts(run, sending_rules().breaker_rows).ahead) is not None:
            attempt, _ = ledger.intend(part.part)
            assert attempt is not None
            ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id=f"b-{part.part}"))
            ledger.judge(
                attempt.attempt,
                [RowVerdict(row.row, Stage.ACCEPTED, "row.accepted") for row in attempt.rows],
                2.0,
            )


def _recorded(folder: Path) -> list[Operation]:
    folder.mkdir()
    with recording() as tape:
        _work(folder, tape.mark)
    return tape.operations


def _cuts(operations: Sequence[Operation], folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Cut the power `count` times; return how often a returned commit was missing, and `count`."""
    chance = random.Random(seed)
    folder.mkdir()
    lost = 0
    for number in range(count):
        at = chance.randrange(1, len(operations) + 1)
        disk = Disk()
        for operation in operations[:at]:
            disk.play(operation)
        place = folder / str(number)
        write_out(disk.after_cut(chance), place)
        lost += not _kept(place / FILE, operations, at)
    return lost, count


def _kept(path: Path, operations: Sequence[Operation], at: int) -> bool:
    """Whether the file holds the last promise, or already the one that was being made."""
    before = [operation.mark for operation in operations[:at] if operation.kind == "mark"]
    after = [operation.mark for operation in operations[at:] if operation.kind == "mark"]
    if not before:
        return True
    try:
        return _contents(path) in (before[-1], *after[:1])
    except (sqlite3.Error, AssertionError):
        return False


def test_no_returned_commit_is_lost(tmp_path: Path, figure: Figure) -> None:
    operations = _recorded(tmp_path / "work")
    lost, cuts = _cuts(operations, tmp_path / "cuts", BOUNDED, seed=1)
    figure("power loss, our settings: commits lost / cuts", f"{lost} / {cuts}")
    assert lost == 0


def test_the_harness_sees_what_pythons_own_settings_lose(
    tmp_path: Path, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [pragma for pragma in store._PRAGMAS if pragma[0] not in ("journal_mode", "synchronous")]
    monkeypatch.setattr(store, "_PRAGMAS", (*PYTHONS_OWN, *ours))
    lost, cuts = _cuts(_recorded(tmp_path / "work"), tmp_path / "cuts", BOUNDED, seed=1)
    figure("power loss, DELETE + FULL: commits lost / cuts (must be some)", f"{lost} / {cuts}")
    assert lost > 0


@pytest.mark.long
def test_no_returned_commit_is_lost_in_many_cuts(tmp_path: Path, figure: Figure) -> None:
    lost, cuts = _cuts(_recorded(tmp_path / "work"), tmp_path / "cuts", LONG, seed=2)
    figure("power loss, our settings, long: commits lost / cuts", f"{lost} / {cuts}")
    assert lost == 0
