"""What was learnt about a target: how many rows it takes at once, how long its batches take."""

from __future__ import annotations

from datetime import datetime

from rowpost.ledger.store import Store


def learn_limit(store: Store, attempt: int, limit: int) -> None:
    """Remember that this target takes no more rows at once, inside a transaction."""
    smaller = "iif(part_limit = 0, excluded.part_limit, min(part_limit, excluded.part_limit))"
    _learn(store, attempt, f"part_limit = {smaller}", limit=limit)


def learn_duration(store: Store, attempt: int, seconds: float) -> None:
    """Remember the longest time that a batch took, inside a transaction."""
    _learn(store, attempt, "longest_batch = max(longest_batch, excluded.longest_batch)", seconds=seconds)


def wait_until(store: Store, attempt: int, moment: datetime) -> None:
    """Remember that nothing is posted to this target before `moment`, inside a transaction."""
    _learn(
        store, attempt, "wait_until = excluded.wait_until", until=moment.isoformat(timespec="milliseconds")
    )


def _learn(
    store: Store, attempt: int, how: str, *, limit: int = 0, seconds: float = 0.0, until: str = ""
) -> None:
    store.db.execute(
        f"""INSERT INTO agency (environment, organization_id, part_limit, longest_batch, wait_until)
        SELECT environment, organization_id, ?, ?, ?
        FROM run JOIN attempt ON attempt.run = run.id WHERE attempt.id = ?
        ON CONFLICT DO UPDATE SET {how}""",
        (limit, seconds, until, attempt),
    )
