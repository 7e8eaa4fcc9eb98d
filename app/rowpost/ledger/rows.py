"""What several rooms of the ledger need of rows and attempts."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.ledger.store import Readable
from rowpost.model.attempts import STATE_OF, RowChange, Stage


def rows_in(store: Readable, attempt: int, *stages: str) -> list[int]:
    """Return the attempt's rows that are in one of the stages."""
    marks = ", ".join("?" * len(stages))
    found = store.db.execute(
        f"SELECT id FROM row WHERE attempt = ? AND stage IN ({marks})", (attempt, *stages)
    )
    return [row for (row,) in found]


def part_of(store: Readable, attempt: int) -> tuple[int, str]:
    """The attempt's part, and the name of its run."""
    part, name = store.db.execute(
        "SELECT part, run.name FROM attempt JOIN run ON run.id = attempt.run WHERE attempt.id = ?", (attempt,)
    ).fetchone()
    return int(part), str(name)


def changes(store: Readable, rows: Sequence[int]) -> tuple[RowChange, ...]:
    """What is known of the rows now, those in the same state for the same code together."""
    groups: dict[tuple[str, str], list[int]] = {}
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        marks = ", ".join("?" * len(some))
        found = store.db.execute(
            f"SELECT position, stage, code FROM row WHERE id IN ({marks}) ORDER BY id", some
        )
        for position, stage, code in found:
            groups.setdefault((stage, code), []).append(position)
    return tuple(
        RowChange(tuple(positions), STATE_OF[Stage(stage)], code)
        for (stage, code), positions in groups.items()
    )
