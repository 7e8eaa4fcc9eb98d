"""What the answer to a POST means: the table of the specification, line by line. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rowpost.model.answers import Cause, PostAnswer
from rowpost.model.attempts import Attempt, Conclusion, Outcome, RowVerdict, SentRow, Stage
from rowpost.model.trouble import Remedy
from rowpost.sending.match import Match

CERTAINLY_NOT_TAKEN = {
    401: Cause("sign_in.not_taken", Remedy.SIGN_IN),
    403: Cause("agency.forbidden", Remedy.SIGN_IN),
    404: Cause("agency.no_organization", Remedy.FIX_SETTINGS),
    413: Cause("agency.too_large", Remedy.TRY_LATER),
    429: Cause("agency.too_many", Remedy.TRY_LATER),
    400: Cause("agency.refused", Remedy.CALL_FOR_HELP),
    422: Cause("agency.refused", Remedy.CALL_FOR_HELP),
}


def conclude(attempt: Attempt, answer: PostAnswer) -> Conclusion:
    """Say what became of the attempt and of its rows."""
    status, cause = answer.status, CERTAINLY_NOT_TAKEN.get(answer.status)
    if status == 0 and answer.never_sent:
        return Conclusion(Outcome.NEVER_SENT, 0, answer.cause)
    if status == 202 and answer.batch_id:
        return Conclusion(Outcome.RECEIVED, 202, batch_id=answer.batch_id)
    if cause is None:
        return _not_known(answer)
    if status in (400, 422):
        return _refused(attempt, answer, cause)
    if status == 413:
        return _too_large(attempt, answer, cause)
    return Conclusion(Outcome.REFUSED, status, cause, raw=answer.raw)


def _not_known(answer: PostAnswer) -> Conclusion:
    """408, 409, 5xx, other 2xx, 3xx, no answer: maybe taken. 202 and 409 are never released by rule."""
    cause = answer.cause or Cause("agency.unclear", Remedy.TRY_LATER, {"status": answer.status})
    by_rule = answer.status not in (202, 409)
    return Conclusion(Outcome.NOT_KNOWN, answer.status, cause, by_rule=by_rule, raw=answer.raw)


def _refused(attempt: Attempt, answer: PostAnswer, cause: Cause) -> Conclusion:
    """Take out the rows that the answer names; else cut in halves; a single row is rejected."""
    named = Match(attempt.rows).by_row(answer.words)
    if not named and len(attempt.rows) == 1:
        named = {attempt.rows[0].row: [answer.raw]}
    verdicts = tuple(rejection(row, "; ".join(named[row.row])) for row in attempt.rows if row.row in named)
    split = 0 if named else _half(attempt.rows)
    return Conclusion(Outcome.REFUSED, answer.status, cause, verdicts=verdicts, split=split, raw=answer.raw)


def _too_large(attempt: Attempt, answer: PostAnswer, cause: Cause) -> Conclusion:
    if len(attempt.rows) == 1:
        verdicts = (rejection(attempt.rows[0], answer.raw, "row.too_large"),)
        return Conclusion(Outcome.REFUSED, 413, cause, verdicts=verdicts, raw=answer.raw)
    half = _half(attempt.rows)
    return Conclusion(Outcome.REFUSED, 413, cause, split=half, raw=answer.raw, limit=half)


def rejection(row: SentRow, raw: str, code: str = "row.rejected", case_id: str = "") -> RowVerdict:
    """A refusal; it settles nothing while an earlier attempt of the row was never explained."""
    if row.earlier_open:
        return RowVerdict(row.row, Stage.NOT_KNOWN, "row.refused_but_open", raw, case_id=case_id)
    return RowVerdict(row.row, Stage.REJECTED, code, raw, case_id=case_id)


def _half(rows: Sequence[SentRow]) -> int:
    return (len(rows) + 1) // 2
