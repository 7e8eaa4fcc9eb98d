"""What the ledger knows of a run that matters for what to do next; read afresh before every step."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from rowpost.ledger import runs
from rowpost.ledger.store import Store
from rowpost.model.answers import Cause
from rowpost.model.attempts import OpenAttempt, RunFacts, Stage, WaitingPart
from rowpost.model.trouble import Remedy

_STAGE = {"intent": Stage.INTENT, "received": Stage.RECEIVED, "settling": Stage.NOT_KNOWN}
_STREAK = 16  # attempts looked back at


def facts(store: Store, name: str, breaker_rows: int) -> RunFacts:
    """See `RunFacts`. Trouble if there is no such run."""
    run = runs.run_id(store, name)
    size, since, look_first, cause, limit, wait_until, longest = store.db.execute(
        """SELECT size, since, look_first, cause,
            coalesce(part_limit, 0), coalesce(wait_until, ''), coalesce(longest_batch, 0.0)
        FROM run LEFT JOIN agency USING (environment, organization_id) WHERE run.id = ?""",
        (run,),
    ).fetchone()
    loose, unsettled = _waiting(store, run)
    code, streak = _streak(store, run, since)
    decided, same = _commonest(store, run, since, breaker_rows)
    return RunFacts(
        run=name,
        rows=size,
        ahead=_ahead(store, run, since),
        open=_open(store, run),
        held=cause_from(cause),
        look_first=bool(look_first),
        wait_until=datetime.fromisoformat(wait_until) if wait_until else None,
        limit=limit,
        longest_batch=longest,
        streak=streak,
        streak_code=code,
        decided=decided,
        same_cause=same,
        refused=_refused(store, run, since),
        loose=loose,
        unsettled=unsettled,
    )


def cause_from(text: str) -> Cause | None:
    """Read back a cause as it stands in the ledger."""
    if not text:
        return None
    cause = json.loads(text)
    return Cause(cause["code"], Remedy(cause["remedy"]), cause["values"])


def _ahead(store: Store, run: int, since: int) -> WaitingPart | None:
    found = store.db.execute(
        """SELECT id, number, canary, looked, root,
            (SELECT count(*) FROM row WHERE row.part = part.id AND stage IN ('ready', 'claimed'))
        FROM part WHERE run = ? AND state = 'waiting' ORDER BY canary DESC, root, number LIMIT 1""",
        (run,),
    ).fetchone()
    if found is None:
        return None
    part, number, canary, looked, root, rows = found
    (posts,) = store.db.execute(
        "SELECT count(*) FROM attempt WHERE root = ? AND id > ? AND outcome = 'refused'", (root, since)
    ).fetchone()
    return WaitingPart(part, number, rows, bool(canary), bool(looked), posts)


def _open(store: Store, run: int) -> tuple[OpenAttempt, ...]:
    found = store.db.execute(
        """SELECT attempt.id, part.id, number, attempt.size, phase, batch_id, looks, waited, by_rule, canary
        FROM attempt JOIN part ON part.id = attempt.part
        WHERE attempt.run = ? AND phase <> 'over' ORDER BY attempt.id""",
        (run,),
    )
    return tuple(
        OpenAttempt(
            attempt, part, number, size, _STAGE[phase], batch, looks, waited, bool(by_rule), bool(canary)
        )
        for attempt, part, number, size, phase, batch, looks, waited, by_rule, canary in found
    )


def _streak(store: Store, run: int, since: int) -> tuple[str, int]:
    """How many of the latest attempts ended for one and the same cause."""
    causes = [
        cause
        for (cause,) in store.db.execute(
            """SELECT cause FROM attempt WHERE run = ? AND id > ? AND outcome IS NOT NULL
            ORDER BY id DESC LIMIT ?""",
            (run, since, _STREAK),
        )
    ]
    count = 0
    while count < len(causes) and causes[count] and causes[count] == causes[0]:
        count += 1
    return (causes[0], count) if count else ("", 0)


def _commonest(store: Store, run: int, since: int, breaker_rows: int) -> tuple[int, int]:
    """Of the first rows decided: how many, and how many were rejected for the commonest cause."""
    reasons = [
        alike
        for (alike,) in store.db.execute(
            """SELECT row.alike
            FROM (SELECT id FROM attempt WHERE run = ? AND id > ? ORDER BY id LIMIT ?) AS early
            JOIN attempt_row ON attempt_row.attempt = early.id AND verdict IN ('accepted', 'rejected')
            JOIN row ON row.id = attempt_row.row LIMIT ?""",
            (run, since, breaker_rows, breaker_rows),
        )
    ]
    common = Counter(reason for reason in reasons if reason is not None).most_common(1)
    return len(reasons), common[0][1] if common else 0


def _refused(store: Store, run: int, since: int) -> int:
    (count,) = store.db.execute(
        """SELECT count(*)
        FROM attempt JOIN attempt_row ON attempt_row.attempt = attempt.id AND verdict = 'rejected'
        WHERE run = ? AND attempt.id > ? AND outcome = 'refused'""",
        (run, since),
    ).fetchone()
    return int(count)


def _waiting(store: Store, run: int) -> tuple[int, int]:
    """How many rows are in no part yet, and how many wait for a person or a rule."""
    loose, unsettled = store.db.execute(
        """SELECT
            (SELECT count(*) FROM row WHERE run = ?1 AND part IS NULL AND stage IN ('ready', 'claimed')),
            (SELECT count(*) FROM row WHERE run = ?1 AND stage IN ('absent', 'conflict'))""",
        (run,),
    ).fetchone()
    return loose, unsettled
