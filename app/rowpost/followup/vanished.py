"""Asks the agency of invoices that are gone from the sheet, whether they are still open there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rowpost.followup.standing import seen_of, standing_of
from rowpost.followup.tracking import Shelf, track
from rowpost.model.answers import Cause, InvoiceFacts
from rowpost.model.difference import AtAgency, Change, Difference, DifferenceLine
from rowpost.model.followup import Answer, Asked, Standing
from rowpost.model.outside import OnProgress, StopToken

_AT_AGENCY = {
    **dict.fromkeys((Standing.OPEN, Standing.PART), AtAgency.OPEN),
    **dict.fromkeys((Standing.PAID, Standing.CREDITED, Standing.SETTLED), AtAgency.CLOSED),
}


def ask_of_gone(
    difference: Difference, agency: Shelf, now: datetime, *, stop: StopToken, progress: OnProgress
) -> Difference:
    """Return the difference with what the agency says. The first question that fails ends the asking.

    What was not answered stays not known. Stopped once `stop` is set.
    """
    places = [place for place, line in enumerate(difference.lines) if is_asked_of(line)]
    lines, cause = list(difference.lines), None
    wanted = [Asked(line.invoice_number, line.source_id) for line in map(lines.__getitem__, places)]
    for place, tracked in zip(places, track(wanted, agency, stop=stop, progress=progress), strict=False):
        cause = tracked.cause
        if cause is not None:
            break
        lines[place] = told(lines[place], tracked.found)
    return replace(difference, lines=tuple(lines), asked_at=now, cause=cause)


def is_asked_of(line: DifferenceLine) -> bool:
    """Whether only the agency can tell how an invoice stands."""
    return line.change is Change.GONE and line.at_agency is AtAgency.NOT_KNOWN


def not_asked(difference: Difference, cause: Cause) -> Difference:
    """Return the difference with why nobody could be asked."""
    return replace(difference, cause=cause)


def told(line: DifferenceLine, found: Sequence[InvoiceFacts]) -> DifferenceLine:
    """Put what the agency holds beside a line; of several that stand under one key, an open one counts."""
    if not found:
        return replace(line, at_agency=AtAgency.ABSENT)
    facts = min(found, key=lambda one: list(AtAgency).index(standing(one)))
    return replace(
        line,
        at_agency=standing(facts),
        status=facts.status,
        remaining=facts.current_amount,
        case_id=facts.case_id,
    )


def standing(facts: InvoiceFacts) -> AtAgency:
    """Say whether an invoice is open: as the follow-up says it, and closed where the agency names a day."""
    if facts.document.get("closedAt"):
        return AtAgency.CLOSED
    stands = standing_of(seen_of(Answer(Asked("", ""), (facts,))))
    return _AT_AGENCY.get(stands, AtAgency.NOT_KNOWN)
