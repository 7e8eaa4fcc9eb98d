"""Adopting a batch that a person names: the rows it may speak of, and what a look proves of them."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.ledger import events, intents, looks, parts, runs, verdicts
from rowpost.ledger.rows import changes, part_of
from rowpost.ledger.sealing import payload_purpose
from rowpost.ledger.store import Readable, Store
from rowpost.model.attempts import Attempt, Found, Look, NewPart, RowChange, RowVerdict, SentRow, Stage
from rowpost.model.targets import Target

_UNSETTLED = "('not_known', 'settling', 'absent')"


def open_attempts(store: Store, name: str) -> tuple[Attempt, ...]:
    """The attempts of a run whose answer was lost, each with its rows that are not settled."""
    found = store.db.execute(
        f"""SELECT DISTINCT attempt FROM row WHERE run = ? AND stage IN {_UNSETTLED}
        AND (SELECT batch_id FROM attempt WHERE attempt.id = row.attempt) = '' ORDER BY attempt""",
        (runs.run_id(store, name),),
    ).fetchall()
    return tuple(intents.load(store, attempt, with_absent=True) for (attempt,) in found)


def waiting_rows(store: Store, name: str) -> tuple[SentRow, ...]:
    """The rows of a run that would be sent next."""
    found = store.db.execute(
        """SELECT row.id, position, invoice_number, source_id, sealed
        FROM row JOIN payload ON payload.row = row.id
        WHERE run = ? AND stage IN ('ready', 'claimed') ORDER BY row.id""",
        (runs.run_id(store, name),),
    )
    return tuple(
        SentRow(row, position, number, source, store.sealer.open(sealed, payload_purpose(source)))
        for row, position, number, source, sealed in found
    )


def note_found(store: Store, attempt: int, found: Sequence[Look]) -> tuple[RowChange, ...]:
    """Accept rows of a lost attempt that a look found equal; other looks are kept and change nothing."""
    with store.writing("found") as db:
        looks.keep(store, attempt, found, 0.0)
        unsettled = {
            row
            for (row,) in db.execute(
                f"SELECT id FROM row WHERE attempt = ? AND stage IN {_UNSETTLED}", (attempt,)
            )
        }
        equal = [look for look in found if look.found is Found.EQUAL and look.row in unsettled]
        verdicts.write_verdicts(
            store,
            attempt,
            [
                RowVerdict(look.row, Stage.ACCEPTED, "row.was_there", "", look.invoice_id, look.case_id)
                for look in equal
            ],
        )
        verdicts.close_if_decided(store, attempt)
        events.note(store, part_of(store, attempt)[1], "found", {"attempt": attempt, "rows": len(equal)})
    return changes(store, [look.row for look in equal])


def set_apart(store: Store, name: str, rows: Sequence[int]) -> int:
    """Put waiting rows into a part of their own; return the part."""
    with store.writing("set apart") as db:
        parts.cut(store, runs.run_id(store, name), [NewPart(tuple(rows))])
        (part,) = db.execute("SELECT part FROM row WHERE id = ?", (rows[0],)).fetchone()
    return int(part)


def note_adopted(store: Store, name: str, batch_id: str, rows: int, who: str) -> None:
    """Write down that a person tied a batch to a run, how many rows it settled, and the run's new books."""
    with store.writing("adoption"):
        events.note(store, name, "batch adopted", {"batch": batch_id, "rows": rows}, who)


def run_of_batch(store: Readable, batch_id: str) -> str:
    """The run that a batch of ours belongs to, '' for none."""
    found = store.db.execute(
        "SELECT name FROM attempt JOIN run ON run.id = attempt.run WHERE batch_id = ?", (batch_id,)
    ).fetchone()
    return found[0] if found else ""


def batches_of_runs(store: Readable, target: Target) -> dict[str, str]:
    """The batches of ours at an organisation, each with its run."""
    return dict(
        store.db.execute(
            """SELECT batch_id, name FROM attempt JOIN run ON run.id = attempt.run
            WHERE batch_id <> '' AND environment = ? AND organization_id = ?""",
            (target.environment, target.organization_id),
        ).fetchall()
    )
