"""What a batch says of each row. Pure. A row that it does not speak of is not known, never accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rowpost.model.answers import Batch, Word
from rowpost.model.attempts import Attempt, RowVerdict, SentRow, Stage
from rowpost.sending.conclude import rejection
from rowpost.sending.match import Match


@dataclass(frozen=True, slots=True)
class Reading:
    """What a batch says: verdicts (only once it has ended), what was heard so far, or that it is not ours."""

    verdicts: tuple[RowVerdict, ...] = ()
    heard: Mapping[int, bool] | None = None
    foreign: bool = False


def read(attempt: Attempt, batch: Batch) -> Reading:
    """Tie every word to its row by key, and every row to its verdict.

    "An unknown invoice number: stop, the batch is not ours."
    """
    match = Match((*attempt.rows, *attempt.decided))
    said: dict[int, list[Word]] = {}
    for word in batch.words:
        row = match.row(word)
        if row is not None:
            said.setdefault(row, []).append(word)
        elif word.invoice_number or word.source_id:
            return Reading(all_lost(attempt), foreign=True)
    if not batch.state.ended:
        return Reading(heard={row: words[0].accepted for row, words in said.items()})
    return Reading(tuple(_verdict(row, said.get(row.row, ()), attempt.heard) for row in attempt.rows))


def _verdict(row: SentRow, words: Sequence[Word], heard: Mapping[int, bool]) -> RowVerdict:
    accepted = {word.accepted for word in words}
    if row.row in heard:
        accepted.add(heard[row.row])
    raw = "; ".join(dict.fromkeys(word.raw for word in words if word.raw))
    if not words:
        return _lost(row)
    first = words[0]
    if len(accepted) > 1:
        # in both lists, or another verdict than before
        return RowVerdict(row.row, Stage.CONFLICT, "row.contradiction", raw, first.invoice_id, first.case_id)
    if not first.accepted:
        return rejection(row, raw, case_id=first.case_id)
    if len(words) > 1:
        return RowVerdict(row.row, Stage.NOT_KNOWN, "row.repeated", raw)
    return RowVerdict(row.row, Stage.ACCEPTED, "row.accepted", "", first.invoice_id, first.case_id)


def _lost(row: SentRow) -> RowVerdict:
    return RowVerdict(row.row, Stage.NOT_KNOWN, "row.not_mentioned")


def is_batch_of(attempt: Attempt, batch: Batch) -> bool:
    """Whether an ended batch speaks of exactly this attempt's rows, each by key."""
    sent = (*attempt.rows, *attempt.decided)
    match = Match(sent)
    keyed = [word for word in batch.words if word.invoice_number or word.source_id]
    rows = [match.row(word) for word in keyed]
    return batch.state.ended and None not in rows and set(rows) == {row.row for row in sent}


def all_lost(attempt: Attempt) -> tuple[RowVerdict, ...]:
    """The verdicts where the agency no longer knows the batch."""
    return tuple(_lost(row) for row in attempt.rows)
