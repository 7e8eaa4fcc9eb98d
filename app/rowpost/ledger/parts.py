"""Parts: rows that go out together, and the claims that they must hold before they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rowpost.ledger import passing
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Store
from rowpost.model.attempts import LooseRow, NewPart

_CLAIM = (
    # the first to come
    """INSERT OR IGNORE INTO claim
    SELECT run.environment, run.organization_id, row.source_id, row.id, :now
    FROM row JOIN run ON run.id = row.run WHERE row.part = :part AND row.stage = 'ready'""",
    # what was rejected may be sent again, mended
    """UPDATE claim SET claimed_at = :now,
        row = (SELECT min(row.id) FROM row WHERE row.part = :part AND row.source_id = claim.source_id)
    WHERE (environment, organization_id, source_id) IN (
        SELECT run.environment, run.organization_id, row.source_id
        FROM row JOIN run ON run.id = row.run WHERE row.part = :part AND row.stage = 'ready')
    AND (SELECT stage FROM row WHERE row.id = claim.row) = 'rejected'""",
    # what another row holds is not ours to send
    """UPDATE row SET stage = 'not_fit', code = :sent_elsewhere, part = NULL
    WHERE part = :part AND stage = 'ready' AND NOT EXISTS (
        SELECT 1 FROM claim JOIN run ON run.id = row.run
        WHERE claim.environment = run.environment AND claim.organization_id = run.organization_id
          AND claim.source_id = row.source_id AND claim.row = row.id)""",
    "UPDATE row SET stage = 'claimed' WHERE part = :part AND stage = 'ready'",
)


def claim(store: Store, part: int) -> tuple[int, ...]:
    """Claim the part's rows, inside a transaction; return the rows that turned out to be another's."""
    before = _rows(store, part)
    passing.pass_on(store, part)
    for step in _CLAIM:
        store.db.execute(step, {"part": part, "now": store.now(), "sent_elsewhere": "row.already_sent"})
    after = set(_rows(store, part))
    return tuple(row for row in before if row not in after)


def _rows(store: Store, part: int) -> list[int]:
    return [row for (row,) in store.db.execute("SELECT id FROM row WHERE part = ? ORDER BY id", (part,))]


def loose(store: Store, run: int, *, with_payloads: bool) -> Iterable[LooseRow]:
    """Rows that can be sent but are in no part yet, in the order of the workbook."""
    lines = store.db.execute(
        """SELECT id, invoice_number, source_id, sealed FROM row JOIN payload ON payload.row = row.id
        WHERE run = ? AND part IS NULL AND stage IN ('ready', 'claimed') ORDER BY id""",
        (run,),
    )
    for row, number, source, sealed in lines:
        payload = store.sealer.open(sealed, payload_purpose(source)) if with_payloads else b""
        yield LooseRow(row, number, len(sealed), payload)


def cut(store: Store, run: int, parts: Sequence[NewPart], root: int | None = None, looked: int = 0) -> None:
    """Make parts, inside a transaction. `root` is the part that they were cut from."""
    db = store.db
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM part WHERE run = ?", (run,)).fetchone()
    for part in parts:
        number += 1
        made = db.execute(
            "INSERT INTO part (run, number, root, size, canary, looked) VALUES (?, ?, ?, ?, ?, ?)",
            (run, number, root or 0, len(part.rows), int(part.canary), looked),
        ).lastrowid
        if root is None:
            db.execute("UPDATE part SET root = id WHERE id = ?", (made,))
        db.executemany("UPDATE row SET part = ? WHERE id = ?", ((made, row) for row in part.rows))


def put_back(store: Store, part: int, split: int = 0) -> None:
    """Let the part's claimed rows wait again: as they are, or cut into parts of at most `split` rows."""
    db = store.db
    rows = [
        row
        for (row,) in db.execute(
            "SELECT id FROM row WHERE part = ? AND stage IN ('ready', 'claimed') ORDER BY id", (part,)
        )
    ]
    if rows and 0 < split < len(rows):
        run, root, looked = db.execute("SELECT run, root, looked FROM part WHERE id = ?", (part,)).fetchone()
        pieces = [NewPart(tuple(rows[n : n + split])) for n in range(0, len(rows), split)]
        cut(store, run, pieces, root, looked)
        db.execute("UPDATE part SET state = 'cut' WHERE id = ?", (part,))
    else:
        db.execute("UPDATE part SET state = ? WHERE id = ?", ("waiting" if rows else "over", part))
