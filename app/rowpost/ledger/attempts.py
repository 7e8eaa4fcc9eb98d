"""Attempts: the intent before the first byte, the answer after it, the verdicts that follow."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rowpost.ledger import events, parts
from rowpost.ledger.runs import payload_purpose
from rowpost.ledger.store import Store
from rowpost.model.attempts import (
    STATE_OF,
    Attempt,
    Conclusion,
    Outcome,
    RowChange,
    RowVerdict,
    SentRow,
    Stage,
    body_of,
)

_EARLIER_OPEN = """EXISTS (SELECT 1 FROM attempt_row AS earlier WHERE earlier.row = row.id
    AND earlier.attempt <> :attempt AND earlier.verdict IN ('open', 'not_known', 'absent', 'released'))"""

_DECIDED = (Stage.ACCEPTED, Stage.REJECTED, Stage.CONFLICT)


def intend(store: Store, part: int) -> tuple[Attempt | None, tuple[RowChange, ...]]:
    """Claim the part's rows and write down that they are about to be sent, in one transaction.

    None where every row turned out to be claimed by another run.
    """
    with store.writing("intent") as db:
        lost = parts.claim(store, part)
        rows = _payloads(store, part)
        run, name, root, number = db.execute(
            "SELECT run.id, run.name, root, number FROM part JOIN run ON run.id = part.run WHERE part.id = ?",
            (part,),
        ).fetchone()
        if not rows:
            db.execute("UPDATE part SET state = 'over' WHERE id = ?", (part,))
            return None, changes(store, lost)
        digest = hashlib.sha256(body_of(payload for _, payload in rows)).digest()
        uid, now = str(uuid.uuid4()), store.now()
        made = db.execute(
            "INSERT INTO attempt (uid, run, part, root, size, digest, intent_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (uid, run, part, root, len(rows), digest, now),
        ).lastrowid
        assert made is not None  # an INSERT has just made it
        ids = [row for row, _ in rows]
        db.executemany("INSERT INTO attempt_row (attempt, row) VALUES (?, ?)", ((made, row) for row in ids))
        db.execute(
            "UPDATE row SET stage = 'intent', code = 'row.sending', attempt = ? WHERE part = ? AND stage = 'claimed'",
            (made, part),
        )
        db.execute("UPDATE part SET state = 'tried' WHERE id = ?", (part,))
        data = {"attempt": made, "part": number, "rows": len(rows), "sha256": digest.hex()}
        events.note(store, name, "intent", data)
    return load(store, made), changes(store, (*lost, *ids))


def _payloads(store: Store, part: int) -> list[tuple[int, bytes]]:
    found = store.db.execute(
        "SELECT id, source_id, payload FROM row WHERE part = ? AND stage = 'claimed' ORDER BY id", (part,)
    )
    return [(row, store.sealer.open(sealed, payload_purpose(source))) for row, source, sealed in found]


def load(store: Store, attempt: int) -> Attempt:
    """An attempt with those of its rows that are undecided, payloads opened."""
    uid, part, number, batch, intent_at = store.db.execute(
        """SELECT uid, part.id, part.number, batch_id, intent_at FROM attempt
        JOIN part ON part.id = attempt.part WHERE attempt.id = ?""",
        (attempt,),
    ).fetchone()
    found = store.db.execute(
        f"""SELECT row.id, position, invoice_number, source_id, payload, {_EARLIER_OPEN}, heard
        FROM row JOIN attempt_row ON attempt_row.row = row.id AND attempt_row.attempt = :attempt
        WHERE row.attempt = :attempt AND stage IN ('intent', 'received', 'not_known', 'settling') ORDER BY row.id""",
        {"attempt": attempt},
    ).fetchall()
    rows = tuple(
        SentRow(
            row, position, invoice, source, store.sealer.open(sealed, payload_purpose(source)), bool(open_)
        )
        for row, position, invoice, source, sealed, open_, _ in found
    )
    heard = {line[0]: bool(line[-1]) for line in found if line[-1] is not None}
    return Attempt(attempt, uid, part, number, batch, rows, datetime.fromisoformat(intent_at), heard)


def conclude(store: Store, attempt: int, answer: Conclusion) -> tuple[RowChange, ...]:
    """Write down what the answer to the POST means; replaying it changes nothing."""
    with store.writing("conclusion") as db:
        code = answer.cause.code if answer.cause else ""
        phase = _PHASE_AFTER[answer.outcome]
        if any(verdict.stage is Stage.NOT_KNOWN for verdict in answer.verdicts):
            phase = "settling"
        raw = store.sealer.seal_text(answer.raw, "answer")
        changed = db.execute(
            """UPDATE attempt SET outcome = ?, http_status = ?, cause = ?, batch_id = ?, by_rule = ?, raw = ?,
            answered_at = ?, phase = ? WHERE id = ? AND outcome IS NULL""",
            (
                answer.outcome,
                answer.status,
                code,
                answer.batch_id,
                answer.by_rule,
                raw,
                store.now(),
                phase,
                attempt,
            ),
        ).rowcount
        if not changed:
            return ()
        rows = _rows_in(store, attempt, "intent")
        write_verdicts(store, attempt, answer.verdicts)
        _rest(store, attempt, answer.outcome)
        part, name = part_of(store, attempt)
        if answer.outcome in (Outcome.REFUSED, Outcome.NEVER_SENT):
            parts.put_back(store, part, answer.split)
        if answer.limit:
            learn_limit(store, attempt, answer.limit)
        data = {"attempt": attempt, "outcome": answer.outcome, "status": answer.status, "cause": code}
        events.note(store, name, "answer", {**data, "batch": answer.batch_id})
    return changes(store, rows)


_PHASE_AFTER = {
    Outcome.NEVER_SENT: "over",
    Outcome.REFUSED: "over",
    Outcome.RECEIVED: "received",
    Outcome.NOT_KNOWN: "settling",
}

# outcome: the stage and code of rows without a verdict of their own, and what the attempt says of them
_REST = {
    Outcome.NEVER_SENT: (Stage.CLAIMED, "row.waiting", "back"),
    Outcome.REFUSED: (Stage.CLAIMED, "row.waiting", "back"),
    Outcome.RECEIVED: (Stage.RECEIVED, "row.received", "open"),
    Outcome.NOT_KNOWN: (Stage.NOT_KNOWN, "row.not_known", "not_known"),
}


def _rest(store: Store, attempt: int, outcome: Outcome) -> None:
    stage, code, verdict = _REST[outcome]
    store.db.execute(
        """UPDATE attempt_row SET verdict = ? WHERE attempt = ? AND verdict = 'open'
        AND row IN (SELECT id FROM row WHERE attempt = ? AND stage = 'intent')""",
        (verdict, attempt, attempt),
    )
    store.db.execute(
        "UPDATE row SET stage = ?, code = ? WHERE attempt = ? AND stage = 'intent'", (stage, code, attempt)
    )


def lose_intents(store: Store, run: int, name: str) -> tuple[RowChange, ...]:
    """Intents that nobody holds any more: whether they were sent is not known. One transaction for all."""
    open_ = "attempt IN (SELECT id FROM attempt WHERE run = ? AND phase = 'intent')"
    with store.writing("lost intents") as db:
        rows = [
            row for (row,) in db.execute(f"SELECT id FROM row WHERE {open_} AND stage = 'intent'", (run,))
        ]
        db.execute(f"UPDATE attempt_row SET verdict = 'not_known' WHERE {open_}", (run,))
        db.execute(f"UPDATE row SET stage = 'not_known', code = 'row.not_known' WHERE {open_}", (run,))
        lost = db.execute(
            """UPDATE attempt SET outcome = 'not_known', phase = 'settling', by_rule = 1,
            cause = 'send.interrupted', answered_at = ? WHERE run = ? AND phase = 'intent'""",
            (store.now(), run),
        ).rowcount
        events.note(store, name, "intents lost", {"attempts": lost, "rows": len(rows)})
    return changes(store, rows)


def judge(
    store: Store, attempt: int, verdicts: Sequence[RowVerdict], seconds: float = 0.0
) -> tuple[RowChange, ...]:
    """Write down what a batch, or a look, says of the attempt's rows. `seconds` is how long the batch took."""
    with store.writing("verdicts") as db:
        write_verdicts(store, attempt, verdicts)
        close_if_decided(store, attempt)
        _, name = part_of(store, attempt)
        if seconds:
            _learn_duration(store, attempt, seconds)
        counts = {
            str(stage): sum(v.stage is stage for v in verdicts) for stage in {v.stage for v in verdicts}
        }
        events.note(store, name, "verdicts", {"attempt": attempt, **counts})
        db.execute(
            "UPDATE part SET state = 'over' WHERE id = (SELECT part FROM attempt WHERE id = ?)", (attempt,)
        )
    return changes(store, [verdict.row for verdict in verdicts])


def close_if_decided(store: Store, attempt: int) -> None:
    """Set the attempt's phase by what its rows still lack."""
    stages = {
        stage for (stage,) in store.db.execute("SELECT DISTINCT stage FROM row WHERE attempt = ?", (attempt,))
    }
    if Stage.RECEIVED in stages:
        phase = "received"
    elif stages & {Stage.NOT_KNOWN, Stage.SETTLING}:
        phase = "settling"
    else:
        phase = "over"
    store.db.execute("UPDATE attempt SET phase = ? WHERE id = ? AND phase <> ?", (phase, attempt, phase))


def hear(store: Store, attempt: int, heard: Mapping[int, bool]) -> None:
    """Remember what an unfinished batch said first, so that a change of mind is noticed."""
    with store.writing("heard") as db:
        db.executemany(
            "UPDATE attempt_row SET heard = ? WHERE attempt = ? AND row = ? AND heard IS NULL",
            ((int(accepted), attempt, row) for row, accepted in heard.items()),
        )


def adopt(store: Store, attempt: int, batch_id: str) -> tuple[RowChange, ...]:
    """The batch of an attempt whose answer was not read has been found."""
    with store.writing("adopted") as db:
        rows = _rows_in(store, attempt, "not_known", "settling", "absent")
        db.execute(
            "UPDATE attempt SET outcome = 'received', batch_id = ?, phase = 'received' WHERE id = ?",
            (batch_id, attempt),
        )
        db.execute(
            "UPDATE attempt_row SET verdict = 'open' WHERE attempt = ? AND verdict <> 'released'", (attempt,)
        )
        db.execute(
            """UPDATE row SET stage = 'received', code = 'row.received'
            WHERE attempt = ? AND stage IN ('not_known', 'settling', 'absent')""",
            (attempt,),
        )
        _, name = part_of(store, attempt)
        events.note(store, name, "batch found", {"attempt": attempt, "batch": batch_id})
    return changes(store, rows)


def write_verdicts(store: Store, attempt: int, verdicts: Iterable[RowVerdict]) -> None:
    """Write rows' verdicts and their evidence, inside a transaction."""
    sealer, now = store.sealer, store.now()
    for verdict in verdicts:
        alike = sealer.digest(_without_values(verdict), "reason") if verdict.stage is Stage.REJECTED else None
        raw = sealer.seal_text(verdict.raw, "reason")
        store.db.execute(
            """UPDATE row SET stage = ?, code = ?, reason = ?, alike = ?, invoice_id = ?, case_id = ?, decided_at = ?
            WHERE id = ? AND attempt = ?""",
            (verdict.stage, verdict.code, raw, alike, verdict.invoice_id, verdict.case_id)
            + (now if verdict.stage in _DECIDED else "", verdict.row, attempt),
        )
        store.db.execute(
            "UPDATE attempt_row SET verdict = ?, code = ?, raw = ? WHERE attempt = ? AND row = ?",
            (verdict.stage, verdict.code, raw, attempt, verdict.row),
        )


def _without_values(verdict: RowVerdict) -> bytes:
    """What a reason says apart from the values in it, so that equal causes count as equal."""
    return (verdict.code + re.sub(r"""["'«“][^"'»”]*["'»”]|\S*\d\S*""", "#", verdict.raw)).encode()


def _rows_in(store: Store, attempt: int, *stages: str) -> list[int]:
    marks = ", ".join("?" * len(stages))
    found = store.db.execute(
        f"SELECT id FROM row WHERE attempt = ? AND stage IN ({marks})", (attempt, *stages)
    )
    return [row for (row,) in found]


def part_of(store: Store, attempt: int) -> tuple[int, str]:
    """The attempt's part, and the name of its run."""
    part, name = store.db.execute(
        "SELECT part, run.name FROM attempt JOIN run ON run.id = attempt.run WHERE attempt.id = ?", (attempt,)
    ).fetchone()
    return int(part), str(name)


def learn_limit(store: Store, attempt: int, limit: int) -> None:
    """Remember that this target takes no more rows at once, inside a transaction."""
    _learn(
        store,
        attempt,
        "part_limit = iif(part_limit = 0, excluded.part_limit, min(part_limit, excluded.part_limit))",
        limit=limit,
    )


def _learn_duration(store: Store, attempt: int, seconds: float) -> None:
    _learn(store, attempt, "longest_batch = max(longest_batch, excluded.longest_batch)", seconds=seconds)


def _learn(store: Store, attempt: int, how: str, *, limit: int = 0, seconds: float = 0.0) -> None:
    store.db.execute(
        f"""INSERT INTO agency (environment, organization_id, part_limit, longest_batch)
        SELECT environment, organization_id, ?, ? FROM run JOIN attempt ON attempt.run = run.id WHERE attempt.id = ?
        ON CONFLICT DO UPDATE SET {how}""",
        (limit, seconds, attempt),
    )


def changes(store: Store, rows: Sequence[int]) -> tuple[RowChange, ...]:
    """What is known of the rows now, those in the same state for the same code together."""
    groups: dict[tuple[str, str], list[int]] = {}
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        marks = ", ".join("?" * len(some))
        found = store.db.execute(
            f"SELECT position, stage, code FROM row WHERE id IN ({marks}) ORDER BY id", some
        )
        for position, stage, code in found:
            groups.setdefault((stage, code), []).append(position)
    return tuple(
        RowChange(tuple(positions), STATE_OF[Stage(stage)], code)
        for (stage, code), positions in groups.items()
    )
