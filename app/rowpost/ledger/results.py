"""What became of rows: of a run, with what persons decided of them, and of rows that were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from rowpost.ledger import run_rows
from rowpost.ledger.runs import TARGET_COLUMNS, place, run_id, summaries, target_in
from rowpost.ledger.store import Readable
from rowpost.model.attempts import STATE_OF, Stage
from rowpost.model.books import balance
from rowpost.model.history import Hit
from rowpost.model.results import PersonsWord, RowResult, RunResult

Line = tuple[Any, ...]  # as `_RESULT` selects it
_AT_ONCE = 2000  # rows that are read in one go
_ABOUT = (
    *("name", "created_at", "file_name", "by_whom", "erased_at"),
    *TARGET_COLUMNS,
)


def hits_of(store: Readable, run: int, rows: Iterable[RowResult]) -> Iterator[Hit]:
    """Set beside rows what is said of their run; its books need not be counted for that."""
    with store.one_moment():
        line = store.db.execute(f"SELECT {', '.join(_ABOUT)} FROM run WHERE id = ?", (run,)).fetchone()
    about = dict(zip(_ABOUT, line, strict=True))
    at, target = datetime.fromisoformat(about["created_at"]), target_in(about)
    told = (about["name"], at, about["file_name"], about["by_whom"], target, bool(about["erased_at"]))
    for row in rows:
        yield Hit(*told, row)


_COLUMNS = """sheet_rows, invoice_number, source_id, stage, currency, amount, coalesce(attempt.batch_id, ''),
    invoice_id, case_id, code, reason, decided_at"""
_RESULT = f"""
SELECT {_COLUMNS} FROM row LEFT JOIN attempt ON attempt.id = row.attempt
WHERE row.id >= ? AND row.id < ? ORDER BY row.id"""
_RESULT_WITH_PAYLOAD = f"""
SELECT {_COLUMNS}, sealed
FROM row LEFT JOIN attempt ON attempt.id = row.attempt LEFT JOIN payload ON payload.row = row.id
WHERE row.id >= ? AND row.id < ? ORDER BY row.id"""


def result(store: Readable, name: str) -> RunResult:
    """A run with all its rows, in the order of the workbook. Trouble if there is no such run.

    Where another process writes, its books are those of the rows as they were read here.
    """
    with store.one_moment():
        number = run_id(store, name)
        (summary,) = summaries(store, "id = ?", (number,))
        first, size = place(store, number)
        words = persons_words(store, first, size)
    with_payloads = lines(store, first, size, _RESULT_WITH_PAYLOAD)
    gathered = run_rows.gathered(store, first, with_payloads, words)
    if not store.alone:
        known = summary.books
        books = balance(known.rows, known.amounts, gathered.book_lines())
        summary = replace(summary, books=books)
    return RunResult(summary, gathered)


def lines(store: Readable, first: int, size: int, select: str = _RESULT) -> Iterator[Line]:
    """The rows of a run as they are selected, some at a time: whoever writes never waits for all."""
    end = first + size
    for start in range(first, end, _AT_ONCE):
        with store.one_moment():
            some = store.db.execute(select, (start, min(start + _AT_ONCE, end))).fetchall()
        yield from some


def rows(store: Readable, name: str) -> Iterable[RowResult]:
    """The rows of a run, one by one. Trouble if there is no such run."""
    with store.one_moment():
        first, size = place(store, run_id(store, name))
    return rows_from(store, first, size)


def rows_from(store: Readable, first: int, size: int) -> Iterator[RowResult]:
    """The rows of a run, given by its first row and how many there are."""
    with store.one_moment():
        words = persons_words(store, first, size)
    yield from rows_of(store, first, lines(store, first, size), words)


def rows_of(
    store: Readable, first: int, found: Iterable[Line], words: Mapping[int, PersonsWord]
) -> Iterator[RowResult]:
    """Make rows of the lines of a run, given its first row and what persons decided."""
    for row, result in enumerate(row_results(store, found), start=first):
        yield replace(result, person=words[row]) if row in words else result


_PERSONS_WORDS = """
SELECT row, who, at, reason FROM (
    SELECT row, who, at, reason FROM release UNION ALL SELECT row, who, at, reason FROM closing)
WHERE row >= ? AND row < ? ORDER BY at"""


def persons_words(store: Readable, first: int, size: int) -> dict[int, PersonsWord]:
    """What persons last decided of the rows, by row."""
    return {
        row: PersonsWord(who, datetime.fromisoformat(at), reason)
        for row, who, at, reason in store.db.execute(_PERSONS_WORDS, (first, first + size))
    }


def row_results(store: Readable, lines: Iterable[Line]) -> Iterable[RowResult]:
    """Make results of lines as `_RESULT` selects them."""
    for rows, number, source, stage, currency, amount, batch, invoice, case, code, reason, decided in lines:
        yield RowResult(
            rows=tuple(map(int, rows.split(","))),
            invoice_number=number,
            source_id=source,
            state=STATE_OF[Stage(stage)],
            currency=currency,
            amount=Decimal(amount),
            batch_id=batch,
            invoice_id=invoice,
            case_id=case,
            code=code,
            reason_raw=store.sealer.open_text(reason, "reason"),
            decided_at=datetime.fromisoformat(decided) if decided else None,
        )
