"""Searching: "when did we send 10234, and what became of it?" is answered by indexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

from rowpost.ledger import results, runs, writing_down
from rowpost.ledger.store import Readable
from rowpost.model.history import Found, Hit, Wanted
from rowpost.model.results import RunSummary

_MOST = 200  # rows that an answer holds
_MOST_RUNS = 50
_NAMING = 3  # characters of a file's name that are enough to mean it

# each answered by an index of its own, the latest row first
_BY_TEXT = (
    "SELECT id FROM row WHERE invoice_number = ? ORDER BY id DESC LIMIT ?",
    "SELECT id FROM row WHERE source_id = ? ORDER BY id DESC LIMIT ?",
    "SELECT id FROM row WHERE case_id = ? AND case_id <> '' ORDER BY id DESC LIMIT ?",
)
_BY_CUSTOMER = "SELECT id FROM row WHERE customer = ? AND customer IS NOT NULL ORDER BY id DESC LIMIT ?"
_BY_AMOUNT = """SELECT id FROM row WHERE CAST(round(CAST(amount AS REAL) * 100) AS INTEGER) = ?
    AND currency <> '' ORDER BY id DESC LIMIT ?"""
_ROW = """
SELECT row.run, sheet_rows, invoice_number, source_id, stage, currency, amount,
    coalesce(attempt.batch_id, ''), invoice_id, case_id, code, reason, decided_at
FROM row LEFT JOIN attempt ON attempt.id = row.attempt WHERE row.id = ?"""


def search(store: Readable, wanted: Wanted) -> Found:
    """Runs of that name, file or day; rows by number, key, customer, case and amount, the latest first.

    Rows found by a number of theirs go before those found by their amount.
    """
    if not wanted.text.strip():
        return Found("")
    ids = list(dict.fromkeys(_ids(store, wanted)))
    hits = list(_hits(store, ids[:_MOST]))
    return Found(wanted.text.strip(), _runs(store, wanted), hits, len(ids) > _MOST)


def _ids(store: Readable, wanted: Wanted) -> Iterator[int]:
    said = wanted.text.strip()
    found: set[int] = set()
    for text in {said, said.upper(), said.lower(), said.lstrip("0") or "0"}:
        for by in _BY_TEXT:
            found.update(_first(store, by, text))
    found.update(_first(store, _BY_CUSTOMER, writing_down.customer_digest(store, said)))
    yield from sorted(found, reverse=True)
    for amount in wanted.amounts:
        yield from _first(store, _BY_AMOUNT, round(amount * 100))


def _first(store: Readable, by: str, key: str | bytes | int) -> list[int]:
    return [row for (row,) in store.db.execute(by, (key, _MOST + 1))]


def _hits(store: Readable, ids: Sequence[int]) -> Iterator[Hit]:
    for row in ids:
        run, *line = store.db.execute(_ROW, (row,)).fetchone()
        yield from results.hits_of(store, run, results.row_results(store, [tuple(line)]))


def _runs(store: Readable, wanted: Wanted) -> list[RunSummary]:
    said = wanted.text.strip().casefold()
    numbers = [
        run
        for run, name, file, at in store.db.execute(
            "SELECT id, name, file_name, created_at FROM run ORDER BY id DESC"
        )
        if name.startswith(said) or _names(said, file) or _is_of(at, wanted)
    ][:_MOST_RUNS]
    marks = ", ".join("?" * len(numbers))
    return runs.summaries(store, f"id IN ({marks})", numbers)


def _names(said: str, file: str) -> bool:
    """Whether a person who says that means this file; a letter or two, or its ending, name too many."""
    return len(said) >= _NAMING and said in PurePath(file).stem.casefold()


def _is_of(created_at: str, wanted: Wanted) -> bool:
    if wanted.days is None:
        return False
    return wanted.days[0] <= datetime.fromisoformat(created_at) < wanted.days[1]
