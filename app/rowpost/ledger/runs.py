"""Runs: made, listed, shown with all their rows."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from heapq import merge
from typing import Any

from rowpost.ledger import books, epoch, events, run_rows
from rowpost.ledger.rows import changes
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Store
from rowpost.model.attempts import STATE_OF, RowChange, RunMeta, Stage
from rowpost.model.books import RowState
from rowpost.model.history import Hit
from rowpost.model.invoices import ReadyInvoice, StayingRow
from rowpost.model.results import PersonsWord, RowResult, RunResult, RunStatus, RunSummary
from rowpost.model.targets import Environment, Target
from rowpost.model.trouble import Remedy, Trouble

Entry = ReadyInvoice | StayingRow
_NAMED = 5  # runs that are named where several are meant
_CONSONANTS, _VOWELS = "bdfghklmnprstv", "aeiou"

_RUN_COLUMNS = (
    *(
        "name",
        "created_at",
        "by_whom",
        "follows",
        "file_name",
        "file_path",
        "file_sha256",
        "sheet",
        "header_row",
    ),
    *("row_count", "amounts", "target", "environment", "organization_id", "organization_name", "api_url"),
    *("token_url", "client_id", "look_first", "size", "first_row"),
)
_INSERT_RUN = f"INSERT INTO run ({', '.join(_RUN_COLUMNS)}) VALUES ({', '.join('?' * len(_RUN_COLUMNS))})"

_INSERT_ROW = """
INSERT INTO row (id, run, position, sheet_rows, row_count, invoice_number, source_id, customer, currency,
    amount, stage, code, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


def create(store: Store, meta: RunMeta, ready: Sequence[ReadyInvoice], staying: Sequence[StayingRow]) -> str:
    """Write a run down, nothing sent yet; return its name. The rows keep the order of the workbook."""
    with store.writing("create run") as db:
        name = _new_name(store)
        (first,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM row").fetchone()
        run = db.execute(
            _INSERT_RUN, _run_values(store, name, meta, len(ready) + len(staying), first)
        ).lastrowid
        db.executemany(
            _INSERT_ROW,
            (
                (first + n, run, n, *_row_values(store, entry))
                for n, entry in enumerate(_in_order(ready, staying))
            ),
        )
        db.executemany("INSERT INTO payload VALUES (?, ?)", _sealed(store, _in_order(ready, staying), first))
        if meta.setup:
            db.execute("INSERT INTO setup VALUES (?, ?)", (run, store.sealer.seal(meta.setup, "setup")))
        data: dict[str, str | int] = {"rows": meta.rows, "ready": len(ready), "file_sha256": meta.file_sha256}
        events.note(store, name, "created", data, meta.by_whom)
    return name


def _in_order(ready: Sequence[ReadyInvoice], staying: Sequence[StayingRow]) -> Iterator[Entry]:
    """Everything in the order of the rows, one by one: a million objects at once would fill the memory."""
    both: tuple[Iterable[Entry], ...] = (ready, staying)
    return merge(*both, key=lambda entry: entry.rows[0])


def _run_values(store: Store, name: str, meta: RunMeta, size: int, first: int) -> tuple[object, ...]:
    target = meta.target
    amounts = json.dumps({currency: str(amount) for currency, amount in meta.amounts.items()})
    return (
        *(name, store.now(), meta.by_whom, meta.follows, meta.file_name, meta.file_path),
        *(meta.file_sha256, meta.sheet, meta.header_row, meta.rows, amounts, target.name, target.environment),
        *(target.organization_id, target.organization_name, target.api_url, target.token_url),
        *(target.client_id, int(epoch.has_amnesia(store)), size, first),
    )


def _row_values(store: Store, entry: ReadyInvoice | StayingRow) -> tuple[object, ...]:
    rows = (",".join(map(str, entry.rows)), len(entry.rows))
    keys = (entry.invoice_number, entry.source_id)
    worth = (entry.currency, str(entry.amount))
    if isinstance(entry, StayingRow):
        return (*rows, *keys, None, *worth, Stage(entry.state), entry.code, None)
    customer = customer_digest(store, entry.customer_number) if entry.customer_number else None
    mac = store.sealer.digest(entry.payload, "payload")
    return (*rows, *keys, customer, *worth, Stage.READY, "row.waiting", mac)


def _sealed(store: Store, entries: Iterable[Entry], first: int) -> Iterator[tuple[int, bytes]]:
    """The rows' payloads, sealed; a row that stays has none."""
    for row, entry in enumerate(entries, start=first):
        if isinstance(entry, ReadyInvoice):
            yield row, store.sealer.seal(entry.payload, payload_purpose(entry.source_id))


def setup(store: Store, name: str) -> bytes:
    """How the workbook of a run was read, as it was handed in; b'' where it is not known (any more)."""
    number = run_id(store, name)
    found = store.db.execute("SELECT sealed FROM setup WHERE run = ?", (number,)).fetchone()
    return store.sealer.open(found[0], "setup") if found else b""


def customer_digest(store: Store, customer_number: str) -> bytes:
    """What a customer number is searched by."""
    return store.sealer.digest(customer_number.strip().casefold().encode(), "customer")


def _new_name(store: Store) -> str:
    """Make a name that can be said on the telephone: bado-47."""
    while True:
        word = "".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2)
        name = f"{word}-{10 + secrets.randbelow(90)}"
        if not store.db.execute("SELECT 1 FROM run WHERE name = ?", (name,)).fetchone():
            return name


def run_id(store: Store, name: str) -> int:
    """Return the number of the run of that name; see `full_name`."""
    by_name = "SELECT id FROM run WHERE name = ?"
    found = store.db.execute(by_name, (name,)).fetchone()
    return int((found or store.db.execute(by_name, (full_name(store, name),)).fetchone())[0])


def full_name(store: Store, said: str) -> str:
    """Return a run's name as it is written, of what was said of it: `BADO` for bado-47.

    Trouble where no run begins so, or several do.
    """
    start = said.strip().lower()
    if store.db.execute("SELECT 1 FROM run WHERE name = ?", (start,)).fetchone():
        return start
    begin_so = "SELECT name FROM run WHERE substr(name, 1, ?) = ? ORDER BY id DESC LIMIT ?"
    names = [name for (name,) in store.db.execute(begin_so, (len(start), start, _NAMED + 1))]
    if not start or not names:
        raise Trouble("ledger.no_such_run", Remedy.FIX_SETTINGS, {"run": said})
    if len(names) == 1:
        return str(names[0])
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    raise Trouble("ledger.several_runs", Remedy.FIX_SETTINGS, {"run": said, "runs": shown})


def summaries(store: Store, where: str = "1", values: Sequence[object] = ()) -> list[RunSummary]:
    """The runs that meet an SQL condition over `run`, the latest first."""
    columns = ", ".join(_SUMMARY)
    found = store.db.execute(f"SELECT {columns} FROM run WHERE {where} ORDER BY id DESC", values)
    lines = [dict(zip(_SUMMARY, line, strict=True)) for line in found.fetchall()]
    heirs = _heirs(store)
    return [_summary(store, line, tuple(heirs.get(line["name"], ()))) for line in lines]


def _heirs(store: Store) -> dict[str, list[str]]:
    """Which runs sent rows of another run again."""
    heirs: dict[str, list[str]] = {}
    for run, heir in store.db.execute("SELECT follows, name FROM run WHERE follows <> '' ORDER BY id"):
        heirs.setdefault(run, []).append(heir)
    return heirs


_SUMMARY = (
    *("id", "name", "created_at", "by_whom", "follows", "file_name", "file_path", "file_sha256", "sheet"),
    *("header_row", "row_count", "amounts", "target", "environment", "organization_id", "organization_name"),
    *("api_url", "token_url", "client_id", "size", "first_row", "status", "cause", "books", "erased_at"),
)


def _summary(store: Store, run: dict[str, Any], heirs: tuple[str, ...]) -> RunSummary:
    cause = json.loads(run["cause"]) if run["cause"] else {}
    return RunSummary(
        run=run["name"],
        created_at=datetime.fromisoformat(run["created_at"]),
        file_name=run["file_name"],
        file_path=run["file_path"],
        file_sha256=run["file_sha256"],
        sheet=run["sheet"],
        header_row=run["header_row"],
        target=_target(run),
        status=RunStatus(run["status"]),
        books=books.of_run(store, run),
        by_whom=run["by_whom"],
        cause=cause.get("code", ""),
        follows=run["follows"],
        followed_by=heirs,
        forgotten_at=datetime.fromisoformat(run["erased_at"]) if run["erased_at"] else None,
    )


def latest(store: Store) -> str:
    """The name of the run that was made last, '' where there is none."""
    found = store.db.execute("SELECT name FROM run ORDER BY id DESC LIMIT 1").fetchone()
    return str(found[0]) if found else ""


def target_of(store: Store, name: str) -> Target:
    """Where a run goes. Trouble if there is no such run."""
    columns = ", ".join(_TARGET)
    where = (run_id(store, name),)
    found = store.db.execute(f"SELECT {columns} FROM run WHERE id = ?", where).fetchone()
    return _target(dict(zip(_TARGET, found, strict=True)))


def invoices_by_state(store: Store, name: str) -> dict[RowState, int]:
    """Count the invoices of a run, or rows that made none, by state. Trouble if there is no such run."""
    first, size = _place(store, run_id(store, name))
    counted: dict[RowState, int] = {}
    for stage, count in store.db.execute(
        "SELECT stage, count(*) FROM row WHERE id >= ? AND id < ? GROUP BY stage", (first, first + size)
    ):
        state = STATE_OF[Stage(stage)]
        counted[state] = counted.get(state, 0) + count
    return counted


def under_way(store: Store, name: str) -> tuple[RowChange, ...]:
    """Return the rows of a run of which something may have left this machine and nothing is decided."""
    first, size = _place(store, run_id(store, name))
    open_ = [stage.value for stage, state in STATE_OF.items() if state is RowState.NOT_KNOWN]
    marks = ", ".join("?" * len(open_))
    found = store.db.execute(
        f"SELECT id FROM row WHERE id >= ? AND id < ? AND stage IN ({marks})", (first, first + size, *open_)
    )
    return changes(store, [row for (row,) in found])


def size_of(store: Store, name: str) -> int:
    """How many rows the result of a run has. Trouble if there is no such run."""
    return _place(store, run_id(store, name))[1]


def _place(store: Store, run: int) -> tuple[int, int]:
    """The first row of a run, and how many there are."""
    first, size = store.db.execute("SELECT first_row, size FROM run WHERE id = ?", (run,)).fetchone()
    return int(first), int(size)


_TARGET = (
    "target",
    "environment",
    "api_url",
    "token_url",
    "organization_id",
    "client_id",
    "organization_name",
)
_ABOUT = (
    *("name", "created_at", "file_name", "by_whom", "erased_at"),
    *_TARGET,
)


def hits_of(store: Store, run: int, rows: Iterable[RowResult]) -> Iterator[Hit]:
    """Set beside rows what is said of their run; its books need not be counted for that."""
    line = store.db.execute(f"SELECT {', '.join(_ABOUT)} FROM run WHERE id = ?", (run,)).fetchone()
    about = dict(zip(_ABOUT, line, strict=True))
    at, target = datetime.fromisoformat(about["created_at"]), _target(about)
    told = (about["name"], at, about["file_name"], about["by_whom"], target, bool(about["erased_at"]))
    for row in rows:
        yield Hit(*told, row)


def _target(run: dict[str, Any]) -> Target:
    return Target(
        name=run["target"],
        environment=Environment(run["environment"]),
        api_url=run["api_url"],
        token_url=run["token_url"],
        organization_id=run["organization_id"],
        client_id=run["client_id"],
        organization_name=run["organization_name"],
    )


_COLUMNS = """sheet_rows, invoice_number, source_id, stage, currency, amount, coalesce(attempt.batch_id, ''),
    invoice_id, case_id, code, reason, decided_at"""
_RESULT = f"""
SELECT {_COLUMNS} FROM row LEFT JOIN attempt ON attempt.id = row.attempt
WHERE row.id >= ? AND row.id < ? ORDER BY row.id"""
_RESULT_WITH_PAYLOAD = f"""
SELECT {_COLUMNS}, sealed
FROM row LEFT JOIN attempt ON attempt.id = row.attempt LEFT JOIN payload ON payload.row = row.id
WHERE row.id >= ? AND row.id < ? ORDER BY row.id"""


def result(store: Store, name: str) -> RunResult:
    """A run with all its rows, in the order of the workbook. Trouble if there is no such run."""
    number = run_id(store, name)
    (summary,) = summaries(store, "id = ?", (number,))
    first, size = _place(store, number)
    lines = store.db.execute(_RESULT_WITH_PAYLOAD, (first, first + size))
    return RunResult(summary, run_rows.gathered(store, first, lines, persons_words(store, first, size)))


def rows(store: Store, name: str) -> Iterable[RowResult]:
    """The rows of a run, one by one. Trouble if there is no such run."""
    return rows_from(store, *_place(store, run_id(store, name)))


def rows_from(store: Store, first: int, size: int) -> Iterable[RowResult]:
    """The rows of a run, given by its first row and how many there are."""
    words = persons_words(store, first, size)
    found = row_results(store, store.db.execute(_RESULT, (first, first + size)))
    for row, result in enumerate(found, start=first):
        yield replace(result, person=words[row]) if row in words else result


_PERSONS_WORDS = """
SELECT row, who, at, reason FROM (
    SELECT row, who, at, reason FROM release UNION ALL SELECT row, who, at, reason FROM closing)
WHERE row >= ? AND row < ? ORDER BY at"""


def persons_words(store: Store, first: int, size: int) -> dict[int, PersonsWord]:
    """What persons last decided of the rows, by row."""
    return {
        row: PersonsWord(who, datetime.fromisoformat(at), reason)
        for row, who, at, reason in store.db.execute(_PERSONS_WORDS, (first, first + size))
    }


def row_results(store: Store, lines: Iterable[tuple[Any, ...]]) -> Iterable[RowResult]:
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
