"""Closing: a person has looked at the agency's, and says how a row stands that contradicts itself.

A closed row is never sent by itself: its claim stays. Only a release, a decision of its own, lets it go.
"""

from __future__ import annotations

from rowpost.ledger import books, events, runs
from rowpost.ledger.store import Store
from rowpost.model.trouble import Remedy, Trouble

_CLOSABLE = "stage IN ('conflict', 'absent')"
_OPEN = "stage NOT IN ('left_out', 'not_fit', 'accepted', 'rejected')"


def close(store: Store, name: str, sheet_row: int, *, there: bool, reason: str, who: str) -> None:
    """Close one invoice, named by one of its Excel rows. `there`: the agency has it as it should be.

    Trouble without a reason, and for a row whose outcome no person has to decide.
    """
    if not reason.strip():
        raise Trouble("close.no_reason", Remedy.FIX_SETTINGS)
    run, name = runs.run_id(store, name), runs.full_name(store, name)
    with store.writing("close") as db:
        row = _row(store, run, sheet_row)
        now = store.now()
        db.execute(
            """INSERT INTO closing (row, attempt, at, who, there, reason)
            SELECT id, attempt, ?, ?, ?, ? FROM row WHERE id = ?""",
            (now, who, int(there), reason.strip(), row),
        )
        stage, code = ("accepted", "row.closed_there") if there else ("left_out", "row.closed_not_there")
        db.execute("UPDATE row SET stage = ?, code = ?, decided_at = ? WHERE id = ?", (stage, code, now, row))
        events.note(store, name, "closed", {"row": row, "there": int(there), "reason": reason.strip()}, who)
        settle_status(store, run, name)


def _row(store: Store, run: int, sheet_row: int) -> int:
    found = store.db.execute(f"SELECT id, sheet_rows FROM row WHERE run = ? AND {_CLOSABLE}", (run,))
    for row, rows in found.fetchall():
        if str(sheet_row) in rows.split(","):
            return int(row)
    raise Trouble("close.not_for_a_person", Remedy.FIX_SETTINGS, {"row": sheet_row})


def settle_status(store: Store, run: int, name: str) -> None:
    """Call a run done once nothing of it is open, inside a transaction."""
    if not store.db.execute(f"SELECT 1 FROM row WHERE run = ? AND {_OPEN} LIMIT 1", (run,)).fetchone():
        store.db.execute("UPDATE run SET status = 'done', cause = '' WHERE id = ?", (run,))
        books.keep(store, name)
