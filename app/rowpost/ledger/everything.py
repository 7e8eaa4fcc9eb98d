"""Everything the ledger knows, row by row, for an export: one moment of it, however long that takes."""

from __future__ import annotations

from collections.abc import Iterator

from rowpost.ledger import events, runs
from rowpost.ledger.store import Store
from rowpost.model.history import Hit, Ledgerful


def everything(store: Store) -> Ledgerful:
    """Return all rows of all runs, the oldest first, and the head of the chain that proves them."""
    (rows,) = store.db.execute("SELECT count(*) FROM row").fetchone()
    return Ledgerful(rows, events.head(store), _hits(store))


def _hits(store: Store) -> Iterator[Hit]:
    places = store.db.execute("SELECT id, first_row, size FROM run ORDER BY id").fetchall()
    for run, first, size in places:
        yield from runs.hits_of(store, run, runs.rows_from(store, first, size))
