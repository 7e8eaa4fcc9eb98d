"""The event chain: who did what when, each event carrying the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from rowpost.ledger.store import Readable, Store

GENESIS = bytes(32)
PROGRAM = "rowpost"  # who, where no person decided


def note(store: Store, run: str, what: str, data: Mapping[str, str | int], who: str = PROGRAM) -> None:
    """Add an event; to be called inside a transaction."""
    last = store.db.execute("SELECT id, digest FROM event ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    at, text = store.now(), json.dumps(data, sort_keys=True, separators=(",", ":"))
    digest = digest_of(number, at, who, run, what, text, previous)
    store.db.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, at, who, run, what, text, previous, digest),
    )


def digest_of(*fields: int | str | bytes) -> bytes:
    """SHA-256 over the fields, each with its length in front, so that no two events look alike."""
    hasher = hashlib.sha256()
    for field in fields:
        raw = field if isinstance(field, bytes) else str(field).encode()
        hasher.update(len(raw).to_bytes(8, "big") + raw)
    return hasher.digest()


def head(store: Readable) -> str:
    """The chain's head in hexadecimal, '' while nothing has happened."""
    found = store.db.execute("SELECT digest FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return found[0].hex() if found else ""


def broken_at(store: Readable) -> int:
    """The first event that does not fit into the chain, 0 where all do."""
    previous, expected = GENESIS, 1
    for number, *fields, before, digest in store.db.execute("SELECT * FROM event ORDER BY id"):
        if number != expected or before != previous or digest != digest_of(number, *fields, before):
            return int(number)
        previous, expected = digest, expected + 1
    return 0
