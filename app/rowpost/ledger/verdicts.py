"""Verdicts: what a batch, or a look, says of rows; final ones never change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rowpost.ledger import events
from rowpost.ledger.learnt import learn_duration
from rowpost.ledger.rows import changes, part_of, rows_in
from rowpost.ledger.store import Store
from rowpost.model.attempts import RowChange, RowVerdict, Stage

_DECIDED = (Stage.ACCEPTED, Stage.REJECTED, Stage.CONFLICT)


def judge(
    store: Store, attempt: int, verdicts: Sequence[RowVerdict], seconds: float = 0.0
) -> tuple[RowChange, ...]:
    """Write down what a batch says of the attempt's rows. `seconds` is how long it took."""
    with store.writing("verdicts") as db:
        write_verdicts(store, attempt, verdicts)
        close_if_decided(store, attempt)
        _, name = part_of(store, attempt)
        if seconds:
            learn_duration(store, attempt, seconds)
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
        rows = rows_in(store, attempt, "not_known", "settling", "absent")
        db.execute(
            "UPDATE attempt SET outcome = 'received', batch_id = ?, phase = 'received' WHERE id = ?",
            (batch_id, attempt),
        )
        db.execute(
            """UPDATE attempt_row SET verdict = 'open'
            WHERE attempt = ? AND verdict IN ('not_known', 'absent')""",
            (attempt,),
        )
        db.execute(
            """UPDATE row SET stage = 'received', code = ?
            WHERE attempt = ? AND stage IN ('not_known', 'settling', 'absent')""",
            ("row.received", attempt),
        )
        _, name = part_of(store, attempt)
        events.note(store, name, "batch found", {"attempt": attempt, "batch": batch_id})
    return changes(store, rows)


def write_verdicts(store: Store, attempt: int, verdicts: Sequence[RowVerdict]) -> None:
    """Write rows' verdicts and their evidence, inside a transaction."""
    now = store.now()
    raws = [store.sealer.seal_text(verdict.raw, "reason") for verdict in verdicts]
    store.db.executemany(
        """UPDATE row SET stage = ?, code = ?, reason = ?, alike = ?, invoice_id = ?, case_id = ?,
        decided_at = ? WHERE id = ? AND attempt = ?""",
        (
            (
                *(verdict.stage, verdict.code, raw, _alike(store, verdict), verdict.invoice_id),
                *(verdict.case_id, now if verdict.stage in _DECIDED else "", verdict.row, attempt),
            )
            for verdict, raw in zip(verdicts, raws, strict=True)
        ),
    )
    store.db.executemany(
        "UPDATE attempt_row SET verdict = ?, code = ?, raw = ? WHERE attempt = ? AND row = ?",
        (
            (verdict.stage, verdict.code, raw, attempt, verdict.row)
            for verdict, raw in zip(verdicts, raws, strict=True)
        ),
    )


def _alike(store: Store, verdict: RowVerdict) -> bytes | None:
    """What equal causes of rejection have in common: the reason without the values in it."""
    if verdict.stage is not Stage.REJECTED:
        return None
    words = re.sub(r"""["'«“][^"'»”]*["'»”]|\S*\d\S*""", "#", verdict.raw)
    return store.sealer.digest(f"{verdict.code} {words}".encode(), "reason")
