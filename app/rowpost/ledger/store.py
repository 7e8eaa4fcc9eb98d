"""The database file: opened safely, its settings read back, one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rowpost.ledger import places
from rowpost.ledger.sealing import Sealer
from rowpost.model.outside import Clock
from rowpost.model.trouble import Remedy, Trouble

Boundary = Callable[[str], None]
"""Called just before and just after every durable write (tests count them and kill the process there)."""

BUSY_SECONDS = 10.0  # at opening
_PATIENT_SECONDS = 60.0  # of the owner, with those who only look: a commit given up could cost an answer
_LOOKING_SECONDS = 3.0  # of those who only look, with the owner

# name, what to set, what must be read back. TRUNCATE + EXTRA keeps every returned commit through a power
# cut; WAL does not do so safely in the SQLite that Python 3.11 brings.
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("fullfsync", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("cache_size", "-32000", -32000),
)


def no_boundary(_: str) -> None:
    """Pass by."""


class Readable:
    """A connection with its sealer and clock; the rooms of the ledger that only read have it."""

    alone = False  # whether nobody else can write meanwhile

    def __init__(self, db: sqlite3.Connection, sealer: Sealer, clock: Clock) -> None:
        self.db = db
        self.sealer = sealer
        self._clock = clock

    def now(self) -> str:
        """The time of day as it is written down."""
        return self._clock.now().isoformat(timespec="milliseconds")

    def moment(self) -> datetime:
        """The time of day."""
        return self._clock.now()

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Read the ledger as it is at one moment, although another process writes.

        Its commits wait meanwhile, so this must be over in a blink, and nothing slow may happen in it.
        Trouble where it does not come to an end with its own.
        """
        if self.alone or self.db.in_transaction:
            yield
            return
        with _sorted_trouble(_WHILE_LOOKING):
            self.db.execute("BEGIN")
            try:
                yield
            finally:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")


class Store(Readable):
    """The owner's connection; the rooms of the ledger are functions over it."""

    alone = True

    def __init__(self, db: sqlite3.Connection, sealer: Sealer, clock: Clock, boundary: Boundary) -> None:
        super().__init__(db, sealer, clock)
        self._boundary = boundary

    def be_patient(self) -> None:
        """From now on wait longer for those who only look."""
        self.db.execute(f"PRAGMA busy_timeout = {round(_PATIENT_SECONDS * 1000)}")

    @contextmanager
    def writing(self, what: str) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk afterwards, or, after an exception, nothing."""
        with _sorted_trouble():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self._boundary(f"before commit: {what}")
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self._boundary(f"after commit: {what}")


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the file. Trouble where it is no ledger, damaged, locked, or on a network share."""
    if places.on_network_share(path):
        raise Trouble("ledger.network_share", Remedy.FIX_SETTINGS, {"folder": str(path.parent)})
    with _sorted_trouble(_WHILE_LOOKING if read_only else _TROUBLES):
        mode = "ro" if read_only else "rwc"
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=_LOOKING_SECONDS if read_only else BUSY_SECONDS,
            check_same_thread=False,  # one thread at a time: the session sees to that
        )
        try:
            _set_up(db, read_only=read_only)
        except BaseException:
            db.close()
            raise
    if not read_only:
        path.chmod(0o600)
    return db


def _set_up(db: sqlite3.Connection, *, read_only: bool) -> None:
    for name, value, expected in _PRAGMAS:
        if read_only and name == "journal_mode":
            continue
        db.execute(f"PRAGMA {name} = {value}")
        (seen,) = db.execute(f"PRAGMA {name}").fetchone()
        if seen != expected:
            raise Trouble("ledger.unsafe_disk", Remedy.FIX_SETTINGS, {"setting": name})
    if read_only:
        db.execute("PRAGMA query_only = ON")


_TROUBLES = {
    "CORRUPT": "ledger.damaged",
    "NOTADB": "ledger.damaged",
    "FULL": "ledger.disk_full",
    "IOERR": "ledger.disk_full",
    "BUSY": "ledger.in_use",
    "LOCKED": "ledger.in_use",
    "READONLY": "ledger.read_only",
    "CANTOPEN": "ledger.unwritable",
    "PERM": "ledger.unwritable",
}
_BEING_WRITTEN = "ledger.being_written"
# who only looks waits for the owner, or, where the owner died over a page, for the next one to put it back
_WHILE_LOOKING = {**_TROUBLES, "BUSY": _BEING_WRITTEN, "READONLY_ROLLBACK": _BEING_WRITTEN}


@contextmanager
def _sorted_trouble(troubles: Mapping[str, str] = _TROUBLES) -> Iterator[None]:
    """Turn what SQLite says of the disk into Trouble; a refused step stays what it is, a mistake of ours."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_")
        code = troubles.get(name) or troubles.get(name.split("_")[0])
        if code is None:
            raise
        raise Trouble(code, _REMEDIES.get(code, Remedy.FIX_SETTINGS)) from error


_REMEDIES = {"ledger.damaged": Remedy.CALL_FOR_HELP, _BEING_WRITTEN: Remedy.TRY_LATER}
