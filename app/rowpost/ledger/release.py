"""Releasing: a person, or a rule that the settings allow, lets rows that are not known be sent again."""

from __future__ import annotations

from collections.abc import Collection

from rowpost.ledger import events, looks, runs, verdicts
from rowpost.ledger.rows import changes, part_of
from rowpost.ledger.store import Store
from rowpost.model.attempts import RowChange
from rowpost.model.trouble import Remedy, Trouble

_CLOSED = """(stage = 'left_out' AND attempt IS NOT NULL AND code = 'row.closed_not_there')"""
_UNCLEAR = f"""(stage IN ('intent', 'received', 'not_known', 'settling', 'absent', 'conflict')
    OR {_CLOSED})"""
_SETTLED = f"""(stage = 'absent' OR {_CLOSED}
    OR (stage IN ('not_known', 'settling') AND EXISTS (SELECT 1 FROM attempt
        WHERE attempt.id = row.attempt AND window > 0 AND waited >= window)))"""


def release(store: Store, name: str, rows: Collection[int] | None, reason: str, who: str) -> int:
    """Release invoices; return how many.

    `rows` are Excel's row numbers, None for all that can be released; what a person has closed must be
    named. Trouble without a reason,
    for a row that cannot be released (yet), and where there is nothing to release.
    """
    if not reason.strip():
        raise Trouble("release.no_reason", Remedy.FIX_SETTINGS)
    run = runs.run_id(store, name)
    with store.writing("release"):
        chosen = _chosen(store, run, rows)
        _release(store, name, chosen, reason.strip(), who)
    return len(chosen)


def release_by_rule(store: Store, attempt: int) -> tuple[RowChange, ...]:
    """Release an attempt's absent rows because the settings say that the server refuses doubles itself."""
    with store.writing("release by rule") as db:
        refused = looks.settle_refused(store, attempt)
        waiting = f"attempt = ? AND {_SETTLED} AND NOT {_CLOSED}"
        chosen = [row for (row,) in db.execute(f"SELECT id FROM row WHERE {waiting}", (attempt,))]
        name = part_of(store, attempt)[1]
        _release(store, name, chosen, "the server enforces unique keys", events.PROGRAM)
        verdicts.close_if_decided(store, attempt)
    return changes(store, [*refused, *chosen])


def _chosen(store: Store, run: int, rows: Collection[int] | None) -> list[int]:
    found = store.db.execute(
        f"""SELECT id, sheet_rows, stage, {_SETTLED},
            EXISTS (SELECT 1 FROM payload WHERE payload.row = row.id)
        FROM row WHERE run = ? AND {_UNCLEAR} ORDER BY id""",
        (run,),
    ).fetchall()
    if rows is None:
        chosen = [row for row, _, stage, settled, _ in found if settled and stage != "left_out"]
        if not chosen:
            settling = any(stage != "left_out" for _, _, stage, _, _ in found)
            raise Trouble("release.still_settling" if settling else "release.nothing", Remedy.TRY_LATER)
        return chosen
    by_sheet_row = {int(n): line for line in found for n in line[1].split(",")}
    for number in rows:
        _verify(number, by_sheet_row.get(number))
    return sorted({by_sheet_row[number][0] for number in rows})


def _verify(number: int, line: tuple[int, str, str, int, int] | None) -> None:
    if line is None:
        raise Trouble("release.known", Remedy.FIX_SETTINGS, {"row": number})
    if not line[3]:
        code = "release.at_the_agency" if line[2] in ("received", "conflict") else "release.still_settling"
        raise Trouble(code, Remedy.TRY_LATER, {"row": number})
    if not line[4]:
        raise Trouble("release.forgotten", Remedy.FIX_FILE, {"row": number})


def _release(store: Store, name: str, chosen: list[int], reason: str, who: str) -> None:
    now, db = store.now(), store.db
    touched = {
        attempt for row in chosen for (attempt,) in db.execute("SELECT attempt FROM row WHERE id = ?", (row,))
    }
    for row in chosen:
        db.execute(
            """INSERT INTO release (row, attempt, at, who, reason)
            SELECT id, attempt, ?, ?, ? FROM row WHERE id = ?
            ON CONFLICT DO NOTHING""",  # released before, and closed since: the event says it once more
            (now, who, reason, row),
        )
        db.execute(
            """UPDATE attempt_row SET verdict = 'released' WHERE row = ? AND verdict <> 'conflict'
            AND attempt = (SELECT attempt FROM row WHERE id = ?)""",
            (row, row),
        )
        db.execute(
            "UPDATE row SET stage = 'claimed', code = ?, part = NULL WHERE id = ?", ("row.released", row)
        )
    for attempt in touched:
        verdicts.close_if_decided(store, attempt)
    events.note(store, name, "released", {"rows": len(chosen), "reason": reason}, who)
