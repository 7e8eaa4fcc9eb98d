"""Everything the ledger knows, row by row, for an export: one moment of it, however long that takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rowpost.ledger import events, results
from rowpost.ledger.store import Readable
from rowpost.model.history import Hit, Ledgerful
from rowpost.model.results import PersonsWord
from rowpost.model.trouble import Remedy, Trouble

_MOST_HELD = 200_000  # rows of unsettled runs that are read in one go while another process writes


class _Run(NamedTuple):
    """A run: its number, where its rows lie, and its books as they are kept, '' while it may change."""

    number: int
    first: int
    size: int
    books: str


_Held = tuple[list[results.Line], dict[int, PersonsWord]]


def everything(store: Readable) -> Ledgerful:
    """Return all rows of all runs, the oldest first, and the head of the chain that proves them.

    Trouble where another process writes and so much may change that it cannot be held still; also, while
    the rows are gone through, where a run that was settled is written to.
    """
    with store.one_moment():
        (rows,) = store.db.execute("SELECT count(*) FROM row").fetchone()
        found = store.db.execute("SELECT id, first_row, size, books FROM run ORDER BY id")
        runs = [_Run(*line) for line in found.fetchall()]
        held = {} if store.alone else _held(store, [run for run in runs if not run.books])
        return Ledgerful(rows, events.head(store), _hits(store, runs, held))


def _held(store: Readable, changing: list[_Run]) -> dict[int, _Held]:
    """The rows of runs that may change, as they are now."""
    if sum(run.size for run in changing) > _MOST_HELD:
        raise Trouble("ledger.changing", Remedy.TRY_LATER)
    return {
        run.number: (
            list(results.lines(store, run.first, run.size)),
            results.persons_words(store, run.first, run.size),
        )
        for run in changing
    }


def _hits(store: Readable, runs: list[_Run], held: dict[int, _Held]) -> Iterator[Hit]:
    for run in runs:
        if run.number in held:
            lines, words = held.pop(run.number)
            yield from results.hits_of(store, run.number, results.rows_of(store, run.first, lines, words))
        else:
            yield from results.hits_of(store, run.number, results.rows_from(store, run.first, run.size))
            _refuse_changed(store, run)


def _refuse_changed(store: Readable, run: _Run) -> None:
    """Trouble where a row has changed while the rows were read: a trigger drops the books then."""
    with store.one_moment():
        (books,) = store.db.execute("SELECT books FROM run WHERE id = ?", (run.number,)).fetchone()
    if not store.alone and books != run.books:
        raise Trouble("ledger.changing", Remedy.TRY_LATER)
