"""Forgetting: personal data of settled runs goes, the claims, totals and verdicts stay."""

from __future__ import annotations

from datetime import timedelta

from rowpost.ledger import events, runs
from rowpost.ledger.store import Store
from rowpost.model.trouble import Remedy, Trouble

_OPEN = """EXISTS (SELECT 1 FROM row WHERE row.id >= run.first_row AND row.id < run.first_row + run.size
    AND stage NOT IN ('left_out', 'not_fit', 'accepted', 'rejected'))"""


def erase_old(store: Store, days: int) -> int:
    """Erase the personal data of runs that are settled and older than `days`; return how many runs."""
    if days <= 0:
        return 0
    before = (store.moment() - timedelta(days=days)).isoformat(timespec="milliseconds")
    names = [
        name
        for (name,) in store.db.execute(
            f"SELECT name FROM run WHERE erased_at = '' AND created_at < ? AND NOT {_OPEN}", (before,)
        )
    ]
    for name in names:
        erase(store, name, events.PROGRAM)
    return len(names)


def erase(store: Store, name: str, who: str) -> None:
    """Erase one run's personal data. Trouble while anything of it is still open."""
    run = runs.run_id(store, name)
    if store.db.execute(f"SELECT 1 FROM run WHERE id = ? AND {_OPEN}", (run,)).fetchone():
        raise Trouble("ledger.run_is_open", Remedy.TRY_LATER, {"run": name})
    with store.writing("erase") as db:
        db.execute("DELETE FROM payload WHERE row IN (SELECT id FROM row WHERE run = ?)", (run,))
        db.execute("UPDATE row SET reason = NULL, customer = NULL WHERE run = ?", (run,))
        db.execute("UPDATE attempt SET raw = NULL WHERE run = ?", (run,))
        db.execute(
            "UPDATE attempt_row SET raw = NULL WHERE attempt IN (SELECT id FROM attempt WHERE run = ?)",
            (run,),
        )
        db.execute("UPDATE run SET erased_at = ? WHERE id = ?", (store.now(), run))
        events.note(store, name, "erased", {}, who)
