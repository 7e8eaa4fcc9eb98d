"""Searching: "when did we send 10234, and what became of it?" is answered by an index."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.ledger import runs
from rowpost.ledger.store import Store
from rowpost.model.results import RowResult

_MOST = 200


def find(store: Store, text: str) -> Sequence[tuple[str, RowResult]]:
    """Rows with that invoice number, source id or customer number, the latest first, with their run."""
    wanted = text.strip()
    found = store.db.execute(
        """SELECT run.name, sheet_rows, invoice_number, source_id, stage, currency, amount,
            coalesce(attempt.batch_id, ''), invoice_id, case_id, code, reason, decided_at
        FROM row JOIN run ON run.id = row.run LEFT JOIN attempt ON attempt.id = row.attempt
        WHERE row.id IN (SELECT id FROM row WHERE invoice_number = ?
            UNION SELECT id FROM row WHERE source_id = ? UNION SELECT id FROM row WHERE customer = ?)
        ORDER BY row.id DESC LIMIT ?""",
        (wanted, wanted, runs.customer_digest(store, wanted), _MOST),
    ).fetchall()
    return [(line[0], row) for line in found for row in runs.row_results(store, [line[1:]])]
