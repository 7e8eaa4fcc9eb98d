"""Intents: what is about to be sent is on the disk before the first byte leaves."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from rowpost.ledger import events, parts
from rowpost.ledger.rows import changes
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Store
from rowpost.model.attempts import Attempt, RowChange, SentRow, body_of
from rowpost.model.books import RowState

# the attempt's rows, each with its place in the request, and whether it is still undecided
_ROWS = """
SELECT row.id, position, invoice_number, source_id, sealed, place, EXISTS (
        SELECT 1 FROM attempt_row AS earlier WHERE earlier.row = row.id AND earlier.attempt <> :attempt
        AND earlier.verdict IN ('open', 'not_known', 'absent', 'released', 'conflict'))
        OR EXISTS (SELECT 1 FROM passed_on WHERE passed_on.heir = row.id), heard,
    row.attempt = :attempt AND (stage IN ('intent', 'received', 'not_known', 'settling')
        OR (stage = 'absent' AND :with_absent))
FROM (SELECT row, heard, row_number() OVER (ORDER BY row) - 1 AS place
        FROM attempt_row WHERE attempt = :attempt) AS placed
    JOIN row ON row.id = placed.row LEFT JOIN payload ON payload.row = row.id
ORDER BY row.id"""


def intend(store: Store, part: int) -> tuple[Attempt | None, tuple[RowChange, ...]]:
    """Claim the part's rows and write down that they are about to be sent, in one transaction.

    None where every row turned out to be claimed by another run.
    """
    with store.writing("intent") as db:
        lost = parts.claim(store, part)
        rows = _payloads(store, part)
        run, name, root, number = db.execute(
            "SELECT run.id, run.name, root, number FROM part JOIN run ON run.id = part.run WHERE part.id = ?",
            (part,),
        ).fetchone()
        if not rows:
            db.execute("UPDATE part SET state = 'over' WHERE id = ?", (part,))
            return None, changes(store, lost)
        digest = hashlib.sha256(body_of(payload for _, payload in rows)).digest()
        uid, now = str(uuid.uuid4()), store.now()
        (made,) = db.execute(
            """INSERT INTO attempt (uid, run, part, root, size, digest, intent_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            (uid, run, part, root, len(rows), digest, now),
        ).fetchone()
        ids = [row for row, _ in rows]
        db.executemany("INSERT INTO attempt_row (attempt, row) VALUES (?, ?)", ((made, row) for row in ids))
        db.execute(
            """UPDATE row SET stage = 'intent', code = ?, attempt = ?
            WHERE part = ? AND stage = 'claimed'""",
            ("row.sending", made, part),
        )
        db.execute("UPDATE part SET state = 'tried' WHERE id = ?", (part,))
        data = {"attempt": made, "part": number, "rows": len(rows), "sha256": digest.hex()}
        events.note(store, name, "intent", data)
    return load(store, made), changes(store, (*lost, *ids))


def _payloads(store: Store, part: int) -> list[tuple[int, bytes]]:
    found = store.db.execute(
        """SELECT id, source_id, sealed FROM row JOIN payload ON payload.row = row.id
        WHERE part = ? AND stage = 'claimed' ORDER BY id""",
        (part,),
    )
    return [(row, store.sealer.open(sealed, payload_purpose(source))) for row, source, sealed in found]


def load(store: Store, attempt: int, *, with_absent: bool = False) -> Attempt:
    """An attempt with its rows; the payloads of those that are undecided are opened.

    `with_absent` counts those among them that were looked up long enough without being found.
    """
    uid, part, number, batch, intent_at = store.db.execute(
        """SELECT uid, part.id, part.number, batch_id, intent_at FROM attempt
        JOIN part ON part.id = attempt.part WHERE attempt.id = ?""",
        (attempt,),
    ).fetchone()
    undecided: list[SentRow] = []
    decided: list[SentRow] = []
    heard: dict[int, bool] = {}
    for line in store.db.execute(_ROWS, {"attempt": attempt, "with_absent": with_absent}).fetchall():
        row, position, invoice, source, sealed, place, earlier_open, said, is_open = line
        payload = store.sealer.open(sealed, payload_purpose(source)) if is_open else b""
        sent = SentRow(row, position, invoice, source, payload, place, bool(earlier_open))
        (undecided if is_open else decided).append(sent)
        if said is not None:
            heard[row] = bool(said)
    moment = datetime.fromisoformat(intent_at)
    return Attempt(attempt, uid, part, number, batch, undecided, moment, heard, decided)


def lose_intents(store: Store, run: int, name: str) -> tuple[RowChange, ...]:
    """Intents that nobody holds any more: whether they were sent is not known. One transaction for all."""
    open_ = "attempt IN (SELECT id FROM attempt WHERE run = ? AND phase = 'intent')"
    with store.writing("lost intents") as db:
        lost = db.execute(f"SELECT position FROM row WHERE {open_} AND stage = 'intent' ORDER BY id", (run,))
        positions = tuple(position for (position,) in lost.fetchall())
        db.execute(f"UPDATE attempt_row SET verdict = 'not_known' WHERE {open_}", (run,))
        db.execute(f"UPDATE row SET stage = 'not_known', code = ? WHERE {open_}", ("row.not_known", run))
        attempts = db.execute(
            """UPDATE attempt SET outcome = 'not_known', phase = 'settling', by_rule = 1,
            cause = ?, answered_at = ? WHERE run = ? AND phase = 'intent'""",
            ("send.interrupted", store.now(), run),
        ).rowcount
        events.note(store, name, "intents lost", {"attempts": attempts, "rows": len(positions)})
    return (RowChange(positions, RowState.NOT_KNOWN, "row.not_known"),)
