"""Passing on: a row that a person has released is sent by the run that follows, and no longer by its own."""

from __future__ import annotations

from rowpost.ledger import events
from rowpost.ledger.closing import settle_status
from rowpost.ledger.store import Store

# released rows of the run that this one follows, each with the row of the part that is to send it
_HEIRS = """
SELECT old.id, min(heir.id), old_run.id, old_run.name
FROM row AS heir JOIN run ON run.id = heir.run JOIN run AS old_run ON old_run.name = run.follows
    JOIN claim ON claim.environment = run.environment AND claim.organization_id = run.organization_id
        AND claim.source_id = heir.source_id
    JOIN row AS old ON old.id = claim.row AND old.run = old_run.id
WHERE heir.part = ? AND heir.stage = 'ready' AND old.stage = 'claimed'
    AND EXISTS (SELECT 1 FROM release WHERE release.row = old.id)
GROUP BY old.id"""


def pass_on(store: Store, part: int) -> None:
    """Hand the claims of released rows to the part's rows, inside a transaction."""
    found = store.db.execute(_HEIRS, (part,)).fetchall()
    now = store.now()
    for old, heir, _, _ in found:
        store.db.execute("INSERT INTO passed_on (row, heir, at) VALUES (?, ?, ?)", (old, heir, now))
        store.db.execute(
            "UPDATE row SET stage = 'left_out', code = ?, part = NULL WHERE id = ?", ("row.passed_on", old)
        )
        store.db.execute(
            """UPDATE claim SET row = :heir, claimed_at = :now
            WHERE (environment, organization_id, source_id) = (
                SELECT environment, organization_id, source_id
                FROM row JOIN run ON run.id = row.run WHERE row.id = :heir)""",
            {"heir": heir, "now": now},
        )
    for run, name in dict.fromkeys((run, name) for _, _, run, name in found):
        rows = sum(one == run for _, _, one, _ in found)
        events.note(store, name, "passed on", {"rows": rows})
        settle_status(store, run, name)
