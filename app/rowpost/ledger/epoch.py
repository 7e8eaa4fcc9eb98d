"""The amnesia guard: a ledger that has forgotten attempts is noticed.

The number of the last attempt is also kept outside the file. If the file knows of fewer, it was
restored from an old copy; if the outside knows no such ledger, it is a new one or a new machine.
Either way what was sent before is not known, so every key is looked up before its first POST,
until a person vouches for the memory.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Protocol

from rowpost.ledger import events
from rowpost.ledger.store import Readable, Store

_FLAG = "amnesia_since"


class Witness(Protocol):
    """Remembers, outside the ledger's file and its folder, how far a ledger had come."""

    def seen(self, ledger_id: str) -> int | None:
        """The last attempt that this ledger was known to have made, None where it is not known."""
        ...

    def note(self, ledger_id: str, attempt: int) -> None:
        """Remember, durably, that this attempt is about to be made."""
        ...


class FileWitness:
    """A small file, best on another disk or at least in another folder than the ledger."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def seen(self, ledger_id: str) -> int | None:
        """See `Witness`; a damaged file knows nothing, which is the careful answer."""
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        number = known.get(ledger_id) if isinstance(known, dict) else None
        return number if isinstance(number, int) else None

    def note(self, ledger_id: str, attempt: int) -> None:
        """See `Witness`."""
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump({ledger_id: attempt}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)


def ledger_id(store: Readable) -> str:
    """The name of this memory, made when it was created."""
    (value,) = store.db.execute("SELECT value FROM memory WHERE name = 'ledger_id'").fetchone()
    return str(value)


def wake_up(store: Store, witness: Witness) -> None:
    """Compare with the witness when the ledger is opened; remember a gap in the ledger itself."""
    known = witness.seen(ledger_id(store))
    (last,) = store.db.execute("SELECT coalesce(max(id), 0) FROM attempt").fetchone()
    if known is not None and known <= last:
        return
    if not has_amnesia(store):
        with store.writing("amnesia") as db:
            db.execute("INSERT INTO memory VALUES (?, ?)", (_FLAG, store.now()))
            events.note(store, "", "amnesia", {"known": -1 if known is None else known, "last": last})
    if known is not None:
        # numbers that were used once are never used again
        with store.writing("amnesia") as db:
            db.execute("DELETE FROM sqlite_sequence WHERE name = 'attempt'")
            db.execute("INSERT INTO sqlite_sequence VALUES ('attempt', ?)", (known,))
    witness.note(ledger_id(store), max(last, known or 0))


def has_amnesia(store: Readable) -> bool:
    """Whether something may have been sent that this ledger does not know of."""
    return store.db.execute("SELECT 1 FROM memory WHERE name = ?", (_FLAG,)).fetchone() is not None


def vouch(store: Store, who: str, reason: str) -> None:
    """A person says that nothing was sent which this ledger does not know."""
    with store.writing("vouch") as db:
        db.execute("DELETE FROM memory WHERE name = ?", (_FLAG,))
        events.note(store, "", "vouched", {"reason": reason}, who)
