"""Writing a run down before anything of it is sent: its rows, their sealed payloads, how it was read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge

from rowpost.ledger import epoch, events
from rowpost.ledger.runs import run_id
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Readable, Store
from rowpost.model.attempts import RunMeta, Stage
from rowpost.model.invoices import ReadyInvoice, StayingRow

Entry = ReadyInvoice | StayingRow
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


def setup(store: Readable, name: str) -> bytes:
    """How the workbook of a run was read, as it was handed in; b'' where it is not known (any more)."""
    number = run_id(store, name)
    found = store.db.execute("SELECT sealed FROM setup WHERE run = ?", (number,)).fetchone()
    return store.sealer.open(found[0], "setup") if found else b""


def customer_digest(store: Readable, customer_number: str) -> bytes:
    """What a customer number is searched by."""
    return store.sealer.digest(customer_number.strip().casefold().encode(), "customer")


def _new_name(store: Store) -> str:
    """Make a name that can be said on the telephone: bado-47."""
    while True:
        word = "".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2)
        name = f"{word}-{10 + secrets.randbelow(90)}"
        if not store.db.execute("SELECT 1 FROM run WHERE name = ?", (name,)).fetchone():
            return name
