"""Looking up: every look is kept; only what was found present, or absent long enough, becomes a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.ledger import events, parts, verdicts
from rowpost.ledger.rows import changes, part_of
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Store
from rowpost.model.attempts import Found, Look, RowChange, RowVerdict, SentRow, Stage

_STAGE_OF = {
    Found.EQUAL: (Stage.ACCEPTED, "row.was_there"),
    Found.DIFFERENT: (Stage.CONFLICT, "row.different"),
    Found.DOUBLED: (Stage.CONFLICT, "row.doubled"),
    Found.ABSENT: (Stage.SETTLING, "row.settling"),
}


def note_looks(
    store: Store, attempt: int, looks: Sequence[Look], *, waited: float, window: float, complete: bool
) -> tuple[RowChange, ...]:
    """Write down one round of looks. `waited` and `window` are in seconds.

    `complete` says that every row was answered and nothing of this time is still in the agency's queue.
    """
    with store.writing("looks") as db:
        keep(store, attempt, looks, waited)
        db.execute(
            "UPDATE attempt SET looks = looks + ?, waited = max(waited, ?), window = ? WHERE id = ?",
            (int(complete), waited, window, attempt),
        )
        undecided = dict(db.execute("SELECT id, stage FROM row WHERE attempt = ?", (attempt,)))
        news = [look for look in looks if undecided.get(look.row) in (Stage.NOT_KNOWN, Stage.SETTLING)]
        changed = [look for look in news if _STAGE_OF[look.found][0] != undecided[look.row]]
        for look in changed:
            _settle_row(store, attempt, look)
        verdicts.close_if_decided(store, attempt)
        if changed:
            found = {
                str(kind): sum(look.found is kind for look in news) for kind in {look.found for look in news}
            }
            events.note(store, part_of(store, attempt)[1], "looked up", {"attempt": attempt, **found})
    return changes(store, [look.row for look in changed])


def _settle_row(store: Store, attempt: int, look: Look) -> None:
    stage, code = _STAGE_OF[look.found]
    if stage is Stage.SETTLING:
        store.db.execute("UPDATE row SET stage = ?, code = ? WHERE id = ?", (stage, code, look.row))
        return
    verdict = RowVerdict(look.row, stage, code, "", look.invoice_id, look.case_id)
    verdicts.write_verdicts(store, attempt, [verdict])


def keep(store: Store, attempt: int | None, looks: Sequence[Look], waited: float) -> None:
    """Keep every look, inside a transaction; `attempt` is None before the first POST."""
    now = store.now()
    store.db.executemany(
        "INSERT INTO look (row, attempt, at, waited, found) VALUES (?, ?, ?, ?, ?)",
        ((look.row, attempt, now, waited, look.found) for look in looks),
    )


def settle_absent(store: Store, attempt: int) -> tuple[RowChange, ...]:
    """The settling time is over and the rows are not there: a person may release them now."""
    with store.writing("absent") as db:
        refused = settle_refused(store, attempt)
        rows = [
            row
            for (row,) in db.execute(
                "SELECT id FROM row WHERE attempt = ? AND stage IN ('not_known', 'settling')", (attempt,)
            )
        ]
        db.execute(
            """UPDATE row SET stage = 'absent', code = ?
            WHERE attempt = ? AND stage IN ('not_known', 'settling')""",
            ("row.absent", attempt),
        )
        db.execute(
            """UPDATE attempt_row SET verdict = 'absent'
            WHERE attempt = ? AND verdict IN ('open', 'not_known')
            AND row IN (SELECT id FROM row WHERE attempt = ? AND stage = 'absent')""",
            (attempt, attempt),
        )
        db.execute("UPDATE attempt SET phase = 'over' WHERE id = ?", (attempt,))
        name = part_of(store, attempt)[1]
        events.note(store, name, "absent", {"attempt": attempt, "rows": len(rows), "refused": len(refused)})
    return changes(store, [*refused, *rows])


def settle_refused(store: Store, attempt: int) -> list[int]:
    """Reject what this attempt was refused and is not there after the settling time, inside a transaction.

    Every earlier attempt of such a row was released by a person who had looked; had one of them
    arrived after all, the look after the refusal would have found it.
    """
    found = store.db.execute(
        """SELECT row.id, attempt_row.raw, case_id FROM row
        JOIN attempt_row ON attempt_row.row = row.id AND attempt_row.attempt = row.attempt
            JOIN attempt ON attempt.id = row.attempt
        WHERE row.attempt = ? AND stage IN ('not_known', 'settling') AND attempt_row.code = ?
        AND window > 0 AND waited >= window
        AND EXISTS (SELECT 1 FROM look
            WHERE look.row = row.id AND look.attempt = row.attempt AND look.found = 'absent')""",
        (attempt, "row.refused_but_open"),
    ).fetchall()
    opened = store.sealer.open_text
    verdicts.write_verdicts(
        store,
        attempt,
        [
            RowVerdict(row, Stage.REJECTED, "row.refused_and_absent", opened(raw, "reason"), case_id=case)
            for row, raw, case in found
        ],
    )
    return [row for row, _, _ in found]


def rows_to_look_up(store: Store, part: int) -> tuple[SentRow, ...]:
    """Claim the part's rows and return them: before their first POST they are looked up."""
    with store.writing("claim"):
        parts.claim(store, part)
    found = store.db.execute(
        """SELECT id, position, invoice_number, source_id, sealed
        FROM row JOIN payload ON payload.row = row.id
        WHERE part = ? AND stage = 'claimed'""",
        (part,),
    ).fetchall()
    opened = store.sealer.open
    return tuple(
        SentRow(row, position, number, source, opened(sealed, payload_purpose(source)))
        for row, position, number, source, sealed in found
    )


def note_nothing_there(store: Store, part: int) -> None:
    """The agency holds nothing at all: that answers for every row of the run that waits."""
    with store.writing("first looks") as db:
        run, name = db.execute(
            "SELECT run.id, run.name FROM part JOIN run ON run.id = part.run WHERE part.id = ?", (part,)
        ).fetchone()
        db.execute("UPDATE part SET looked = 1 WHERE run = ? AND state = 'waiting'", (run,))
        events.note(store, name, "looked up first", {"part": part, "invoices there": 0})


def note_first_looks(store: Store, part: int, looks: Sequence[Look]) -> tuple[RowChange, ...]:
    """Write down what was there before the first POST; those rows are not sent."""
    there = [look for look in looks if look.found is not Found.ABSENT]
    with store.writing("first looks") as db:
        keep(store, None, looks, 0.0)
        for look in there:
            stage, code = _STAGE_OF[look.found]
            db.execute(
                """UPDATE row SET stage = ?, code = ?, invoice_id = ?, case_id = ?, decided_at = ?
                WHERE id = ?""",
                (stage, code, look.invoice_id, look.case_id, store.now(), look.row),
            )
        db.execute("UPDATE part SET looked = 1 WHERE id = ?", (part,))
        parts.put_back(store, part)
        (name,) = db.execute(
            "SELECT run.name FROM part JOIN run ON run.id = part.run WHERE part.id = ?", (part,)
        ).fetchone()
        events.note(store, name, "looked up first", {"part": part, "rows": len(looks), "there": len(there)})
    return changes(store, [look.row for look in there])
