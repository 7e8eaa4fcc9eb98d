"""The numbered migrations: each in one transaction; a file from a newer program is not touched."""

from __future__ import annotations

import secrets
import sqlite3
from importlib import resources

from rowpost.ledger.form import verify_form
from rowpost.ledger.sealing import Sealer
from rowpost.ledger.store import Boundary
from rowpost.model.trouble import Remedy, Trouble

APPLICATION_ID = 0x526F7770  # "Rowp"


def migrations() -> list[tuple[int, str]]:
    """Return (number, SQL) in order."""
    folder = resources.files("rowpost.ledger") / "migrations"
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(int(name[:4]), (folder / name).read_text(encoding="utf-8")) for name in files]


def bring_up(db: sqlite3.Connection, sealer: Sealer, boundary: Boundary) -> None:
    """Bring the file to this program's form. Trouble for a newer file, another program's, another key's."""
    verify_ours(db)
    for number, sql in migrations():
        if number > _version(db):
            _apply(db, number, sql, boundary)
    _know_itself(db, sealer, boundary)
    verify_key(db, sealer)


def verify_ours(db: sqlite3.Connection) -> None:
    """Raise Trouble where the file is not ours, newer than this program, or not what its number says."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != APPLICATION_ID:
        raise Trouble("ledger.not_ours", Remedy.FIX_SETTINGS)
    version, known = _version(db), migrations()
    if version > known[-1][0]:
        raise Trouble("ledger.newer", Remedy.FIX_SETTINGS)
    verify_form(db, [sql for number, sql in known if number <= version])


def verify_key(db: sqlite3.Connection, sealer: Sealer) -> None:
    """Raise Trouble where the file was sealed with another key."""
    values = dict(db.execute("SELECT name, value FROM memory"))
    if values.get("key_check") != _key_check(sealer, values.get("ledger_id", "")):
        raise Trouble("ledger.other_key", Remedy.FIX_SETTINGS)


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _apply(db: sqlite3.Connection, number: int, sql: str, boundary: Boundary) -> None:
    boundary(f"before commit: migration {number}")
    script = (
        f"BEGIN IMMEDIATE;\n{sql}\n"
        f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {number};\nCOMMIT;"
    )
    try:
        db.executescript(script)
    except sqlite3.Error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    boundary(f"after commit: migration {number}")


def _know_itself(db: sqlite3.Connection, sealer: Sealer, boundary: Boundary) -> None:
    if db.execute("SELECT 1 FROM memory WHERE name = 'ledger_id'").fetchone():
        return
    ledger_id = secrets.token_hex(16)
    boundary("before commit: ledger id")
    db.execute(
        "INSERT INTO memory VALUES ('ledger_id', ?), ('key_check', ?)",
        (ledger_id, _key_check(sealer, ledger_id)),
    )
    boundary("after commit: ledger id")


def _key_check(sealer: Sealer, ledger_id: str) -> str:
    return sealer.digest(ledger_id.encode(), "key check").hex()
