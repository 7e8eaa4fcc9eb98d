"""What the agency last said of invoices, and on the day before that it was asked: sealed, kept for a time."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from rowpost.ledger import runs
from rowpost.ledger.store import Readable, Store
from rowpost.model.attempts import Stage
from rowpost.model.followup import Answer, Asked, FollowLine, Seen
from rowpost.model.targets import Target

_encode_seen = msgspec.json.Encoder().encode
_decode_seen = msgspec.json.Decoder(Seen).decode
_encode_whole = msgspec.json.Encoder(decimal_format="number").encode
Whole = tuple[list[Any], list[Any], datetime]

# the rows that are at the agency, or may be
_PERHAPS_THERE = (
    *(Stage.ACCEPTED, Stage.INTENT, Stage.RECEIVED, Stage.NOT_KNOWN, Stage.SETTLING, Stage.ABSENT),
    Stage.CONFLICT,
)
_OF_RUN = f"""
SELECT row.id, sheet_rows, invoice_number, source_id, invoice_id, key, seen_at, seen, before_at, before
FROM row LEFT JOIN follow ON follow.row = row.id
WHERE run = ? AND stage IN ({", ".join("?" * len(_PERHAPS_THERE))}) ORDER BY row.id"""
_BY_KEY = """
SELECT seen_at, seen, before_at, before FROM follow
WHERE environment = ? AND organization_id = ? AND key = ?"""
_KEEP = """
INSERT INTO follow VALUES (:environment, :organization, :key, :row, :now, :seen, :whole, '', NULL)
ON CONFLICT DO UPDATE SET row = coalesce(excluded.row, row), seen_at = excluded.seen_at,
    seen = excluded.seen, whole = excluded.whole,
    before_at = CASE WHEN :another_day THEN seen_at ELSE before_at END,
    before = CASE WHEN :another_day THEN seen ELSE before END"""


def of_run(store: Readable, run: str) -> list[FollowLine]:
    """The rows of a run that are at the agency or may be, each with what was last said of it."""
    found = store.db.execute(_OF_RUN, (runs.run_id(store, run), *_PERHAPS_THERE)).fetchall()
    return [
        _line(
            store,
            Asked(number, source, tuple(map(int, rows.split(","))), row, invoice),
            key or b"",
            (seen_at or "", seen, before_at or "", before),
        )
        for row, rows, number, source, invoice, key, seen_at, seen, before_at, before in found
    ]


def of_keys(store: Readable, target: Target, wanted: Iterable[Asked]) -> list[FollowLine]:
    """What was last said of these invoices."""
    lines = []
    for asked in wanted:
        key = _key(store, asked)
        found = store.db.execute(_BY_KEY, (target.environment, target.organization_id, key)).fetchone()
        lines.append(_line(store, asked, key, found or ("", None, "", None)))
    return lines


def _line(
    store: Readable, asked: Asked, key: bytes, kept: tuple[str, bytes | None, str, bytes | None]
) -> FollowLine:
    seen_at, seen, before_at, before = kept
    return FollowLine(
        asked,
        _open_seen(store, key, seen),
        datetime.fromisoformat(seen_at) if seen_at else None,
        _open_seen(store, key, before),
        datetime.fromisoformat(before_at) if before_at else None,
    )


def keep(store: Store, target: Target, told: Sequence[tuple[Answer, Seen]]) -> None:
    """Keep answers; what was seen on an earlier day stays beside them, for changes to be told from."""
    now = store.moment()
    with store.writing("follow-up") as db:
        for answer, seen in told:
            key = _key(store, answer.asked)
            place = (target.environment, target.organization_id, key)
            known = db.execute(_BY_KEY, place).fetchone()
            another_day = bool(known) and _day(known[0]) != _day(now.isoformat())
            values = {
                "environment": place[0],
                "organization": place[1],
                "key": key,
                "row": answer.asked.row or None,
                "now": store.now(),
                "seen": store.sealer.seal(_encode_seen(seen), _purpose(key, "seen")),
                "whole": store.sealer.seal(_pack(answer), _purpose(key, "whole")),
                "another_day": another_day,
            }
            db.execute(_KEEP, values)


def whole(store: Readable, target: Target, asked: Asked) -> Whole | None:
    """The answers in full, invoices and cases as JSON objects, and when they came; None for none."""
    key = _key(store, asked)
    found = store.db.execute(
        "SELECT whole, seen_at FROM follow WHERE environment = ? AND organization_id = ? AND key = ?",
        (target.environment, target.organization_id, key),
    ).fetchone()
    if found is None:
        return None
    plain = zlib.decompress(store.sealer.open(found[0], _purpose(key, "whole")))
    invoices, cases = json.loads(plain, parse_float=Decimal)
    return invoices, cases, datetime.fromisoformat(found[1])


def forget(store: Store, run: int) -> None:
    """Forget what was said of a run's rows; inside a transaction."""
    store.db.execute("DELETE FROM follow WHERE row IN (SELECT id FROM row WHERE run = ?)", (run,))


def forget_old(store: Store, days: int) -> None:
    """Forget what was said longer than `days` ago, also of invoices that are no rows of ours."""
    before = (store.moment() - timedelta(days=days)).isoformat(timespec="milliseconds")
    if store.db.execute("SELECT 1 FROM follow WHERE seen_at < ? LIMIT 1", (before,)).fetchone():
        with store.writing("forget follow-up") as db:
            db.execute("DELETE FROM follow WHERE seen_at < ?", (before,))


def _pack(answer: Answer) -> bytes:
    documents = [facts.document for facts in answer.found], [case.document for case in answer.cases]
    return zlib.compress(_encode_whole(documents))


def _open_seen(store: Readable, key: bytes, sealed: bytes | None) -> Seen | None:
    return None if sealed is None else _decode_seen(store.sealer.open(sealed, _purpose(key, "seen")))


def _key(store: Readable, asked: Asked) -> bytes:
    return store.sealer.digest(asked.key.encode(), "follow")


def _purpose(key: bytes, what: str) -> str:
    """What a sealed answer is bound to."""
    return f"follow {what} {key.hex()}"


def _day(moment: str) -> str:
    """The day of a moment as people here count days."""
    return str(datetime.fromisoformat(moment).astimezone().date())
