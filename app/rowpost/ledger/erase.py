"""Forgetting: personal data of settled runs goes, the claims, totals and verdicts stay."""

from __future__ import annotations

from datetime import timedelta

from rowpost.ledger import books, events, follow, runs
from rowpost.ledger.store import Readable, Store
from rowpost.model.history import Personal
from rowpost.model.trouble import Remedy, Trouble

_OPEN = """EXISTS (SELECT 1 FROM row WHERE row.id >= run.first_row AND row.id < run.first_row + run.size
    AND stage NOT IN ('left_out', 'not_fit', 'accepted', 'rejected'))"""
_STAGES = "SELECT stage, count(*) FROM row WHERE run = ? GROUP BY stage"
_SETTLED = frozenset({"left_out", "not_fit", "accepted", "rejected"})
_NEVER_SENT = "ready"  # and no other row holds its claim for it


def erase_old(store: Store, days: int) -> int:
    """Erase the personal data of runs that are settled and older than `days`; return how many runs."""
    if days <= 0:
        return 0
    follow.forget_old(store, days)
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


def personal(store: Readable, name: str) -> Personal:
    """Say what of a run is personal, and what of it is still open."""
    run = runs.run_id(store, name)
    stages = dict(store.db.execute(_STAGES, (run,)))
    (invoices,) = store.db.execute(
        "SELECT count(*) FROM payload WHERE row IN (SELECT id FROM row WHERE run = ?)", (run,)
    ).fetchone()
    waiting = stages.get(_NEVER_SENT, 0)
    unsettled = sum(count for stage, count in stages.items() if stage not in _SETTLED) - waiting
    return Personal(runs.full_name(store, name), invoices, waiting, unsettled)


def erase(store: Store, said: str, who: str, *, give_up_waiting: bool = False) -> None:
    """Erase one run's personal data.

    Trouble while anything of it may be at the agency: its data is needed to ask for it. Rows that
    wait and were never sent are given up only if that is wished; else Trouble as well.
    """
    run, about = runs.run_id(store, said), personal(store, said)
    if about.unsettled:
        values: dict[str, str | int] = {"run": about.run, "count": about.unsettled}
        raise Trouble("ledger.run_is_open", Remedy.TRY_LATER, values)
    if about.waiting and not give_up_waiting:
        raise Trouble("ledger.run_waits", Remedy.FIX_SETTINGS, {"run": about.run, "count": about.waiting})
    with store.writing("erase") as db:
        if about.waiting:
            _give_up(store, run, about, who)
        db.execute("DELETE FROM payload WHERE row IN (SELECT id FROM row WHERE run = ?)", (run,))
        db.execute("DELETE FROM setup WHERE run = ?", (run,))
        db.execute("UPDATE row SET reason = NULL, customer = NULL WHERE run = ?", (run,))
        db.execute("UPDATE attempt SET raw = NULL WHERE run = ?", (run,))
        follow.forget(store, run)
        db.execute(
            "UPDATE attempt_row SET raw = NULL WHERE attempt IN (SELECT id FROM attempt WHERE run = ?)",
            (run,),
        )
        db.execute("UPDATE run SET erased_at = ? WHERE id = ?", (store.now(), run))
        events.note(store, about.run, "erased", {}, who)


def _give_up(store: Store, run: int, about: Personal, who: str) -> None:
    """Take rows that were never sent out of the run, which then has nothing open; inside a transaction."""
    db = store.db
    db.execute(
        "UPDATE row SET stage = 'not_fit', code = ?, part = NULL WHERE run = ? AND stage = 'ready'",
        ("row.given_up", run),
    )
    db.execute("UPDATE part SET state = 'over' WHERE run = ? AND state = 'waiting'", (run,))
    db.execute("UPDATE run SET status = 'done', cause = '' WHERE id = ?", (run,))
    books.keep(store, about.run)
    events.note(store, about.run, "given up", {"rows": about.waiting}, who)
