"""The form of a ledger's file: whether it is the one that its version number promises.

A file from before a release can bear the same number over other tables. Used on trust it would end
in an internal error somewhere; so the whole schema is compared with what the migrations make.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache

from rowpost.model.trouble import Remedy, Trouble

Form = frozenset[str]
_COMMENT = re.compile(r"--[^\n]*")
_SQLITES_OWN = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql IS NOT NULL"


def verify_form(db: sqlite3.Connection, migrations: Iterable[str]) -> None:
    """Raise Trouble where the file's schema is not what `migrations`, its own ones, make."""
    if form_of(db) != _made_by(tuple(migrations)):
        raise Trouble("ledger.other_form", Remedy.CALL_FOR_HELP)


def form_of(db: sqlite3.Connection) -> Form:
    """Return every table, index and trigger, without comments and the way the text is laid out."""
    found = db.execute(f"SELECT sql FROM sqlite_schema WHERE {_SQLITES_OWN}")
    return frozenset(" ".join(_COMMENT.sub("", sql).split()) for (sql,) in found)


@lru_cache(maxsize=8)
def _made_by(migrations: tuple[str, ...]) -> Form:
    with closing(sqlite3.connect(":memory:")) as db:
        for sql in migrations:
            db.executescript(sql)
        return form_of(db)
