"""The course of a run: a person says go, something holds it, the work on it ends."""

from __future__ import annotations

import json

from rowpost.ledger import books, events
from rowpost.ledger.store import Store
from rowpost.model.answers import Cause
from rowpost.model.results import RunStatus
from rowpost.model.trouble import Remedy, Trouble


def begin(store: Store, run: str, who: str) -> None:
    """A person says go: what held the run is over, and the circuit breaker counts from here."""
    with store.writing("begin") as db:
        changed = db.execute(
            """UPDATE run SET cause = '', status = 'paused',
            since = (SELECT coalesce(max(id), 0) FROM attempt) WHERE name = ?""",
            (run,),
        )
        if not changed.rowcount:
            raise Trouble("ledger.no_such_run", Remedy.FIX_SETTINGS, {"run": run})
        events.note(store, run, "go", {}, who)


def hold(store: Store, run: str, cause: Cause) -> None:
    """Nothing more is sent of this run until a person says go."""
    values = {name: str(value) for name, value in cause.values.items()}
    text = json.dumps({"code": cause.code, "remedy": cause.remedy, "values": values})
    with store.writing("hold") as db:
        db.execute("UPDATE run SET cause = ? WHERE name = ?", (text, run))
        events.note(store, run, "held", {"cause": cause.code})


def finish(store: Store, run: str, status: RunStatus) -> None:
    """Write down how the work on a run ended, and its books."""
    with store.writing("finish") as db:
        db.execute("UPDATE run SET status = ? WHERE name = ?", (status, run))
        books.keep(store, run)
        events.note(store, run, "ended", {"status": status})
