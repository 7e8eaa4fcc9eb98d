"""Answers: what came back from a POST, and what it means for the part and its rows."""

from __future__ import annotations

from rowpost.ledger import events, parts
from rowpost.ledger.learnt import learn_limit, wait_until
from rowpost.ledger.rows import changes, part_of, rows_in
from rowpost.ledger.store import Store
from rowpost.ledger.verdicts import write_verdicts
from rowpost.model.attempts import Conclusion, Outcome, RowChange, Stage

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


def conclude(store: Store, attempt: int, answer: Conclusion) -> tuple[RowChange, ...]:
    """Write down what the answer to the POST means; replaying it changes nothing."""
    with store.writing("conclusion"):
        if not _close(store, attempt, answer):
            return ()
        rows = rows_in(store, attempt, "intent")
        write_verdicts(store, attempt, answer.verdicts)
        _rest(store, attempt, answer.outcome)
        part, name = part_of(store, attempt)
        if answer.outcome in (Outcome.REFUSED, Outcome.NEVER_SENT):
            parts.put_back(store, part, answer.split)
        if answer.limit:
            learn_limit(store, attempt, answer.limit)
        if answer.wait_until is not None:
            wait_until(store, attempt, answer.wait_until)
        data: dict[str, str | int] = {"attempt": attempt, "outcome": answer.outcome, "status": answer.status}
        code = answer.cause.code if answer.cause else ""
        events.note(store, name, "answer", {**data, "cause": code, "batch": answer.batch_id})
    return changes(store, rows)


def _close(store: Store, attempt: int, answer: Conclusion) -> bool:
    """Write the answer beside the intent; False where one stands there already."""
    unsettled = any(verdict.stage is Stage.NOT_KNOWN for verdict in answer.verdicts)
    done = store.db.execute(
        """UPDATE attempt SET outcome = :outcome, http_status = :status, cause = :cause, batch_id = :batch,
        by_rule = :by_rule, raw = :raw, answered_at = :now, phase = :phase
        WHERE id = :attempt AND outcome IS NULL""",
        {
            "attempt": attempt,
            "outcome": answer.outcome,
            "status": answer.status,
            "cause": answer.cause.code if answer.cause else "",
            "batch": answer.batch_id,
            "by_rule": answer.by_rule,
            "raw": store.sealer.seal_text(answer.raw, "answer"),
            "now": store.now(),
            "phase": "settling" if unsettled else _PHASE_AFTER[answer.outcome],
        },
    )
    return bool(done.rowcount)


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
